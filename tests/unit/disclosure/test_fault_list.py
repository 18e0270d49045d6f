"""What was wrong with an input as a file: in the order of its rows, marked, harmless to a spreadsheet, for exact readers."""

import csv
import io

from data.report import Finding, TableReport
from data.settings import Disclosure
from disclosure.fault_list import fault_csv
from disclosure.marking import make_marking
from disclosure.reports import release_report

MARKING = make_marking(handling="Do not forward.", invented=("wards",), partnership="Sixwards")
REPORT = TableReport(
    "referrals",
    ("=r.csv",),
    rows_read=3,
    rows={"used": 1, "bad count": 2},
    findings=(
        Finding("=r.csv", "of no single row", "Look."),
        Finding("=r.csv", "the count is negative", "Correct it.", row=9, column="+No.", reason="bad count"),
        Finding("=r.csv", "the category is blank", "Fill it in.", row=3, column="Type"),
    ),
)


def test_faults_are_listed_by_row_and_marked():
    released = release_report(REPORT, exact=True, rule=Disclosure())
    rows = list(csv.DictReader(io.StringIO(fault_csv(released, marking=MARKING))))
    assert [(one["row"], one["column"], one["used"]) for one in rows] == [
        ("3", "Type", "yes"),
        ("9", "'+No.", "no"),
        ("", "", ""),
    ]
    assert {one["file"] for one in rows} == {"'=r.csv"}
    assert all(one["marking"] == "OFFICIAL-SENSITIVE. Sixwards. Do not forward. " + MARKING.warnings[0] for one in rows)


def test_who_has_no_exact_values_has_no_faults():
    assert release_report(REPORT, exact=False, rule=Disclosure()).faults == ()
