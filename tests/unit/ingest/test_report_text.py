from types import SimpleNamespace

import pandas as pd

from data.remarks import Remark
from data.report import Finding, TableReport
from ingest.report_text import report_lines
from ingest.unused_rows import UnusedRows, unused_rows


def lines(*reports, new=True):
    return list(report_lines(SimpleNamespace(reports=reports, new=new)))


def test_every_number_of_the_account_is_said():
    report = TableReport(
        "incidents",
        ("a.csv", "b.csv"),
        1_240,
        {"used": 1_234, "outside": 6, "unlocated": 0},
        findings=(Finding("a.csv", "odd", "Look.", row=3),),
        columns_not_read=("Crime ID", "Context"),
        notes=("A note.",),
    )
    assert lines(report) == [
        "incidents (2 files): 1,240 rows read, 1,234 used",
        "          6  the place lies outside this area",
        "  columns not read: Crime ID, Context",
        "  A note.",
        "  ! a.csv, row 3: odd. Look.",
        "",
        "Stored as a new snapshot:",
    ]


def test_many_findings_are_cut_short_with_their_number():
    findings = tuple(Finding("a.csv", f"odd {row}", "Look.", row=row) for row in range(40))
    said = lines(TableReport("wards", ("a.csv",), 1, {"used": 1}, findings=findings))
    assert sum(line.startswith("  ! a.csv") for line in said) == 30
    assert "  ! and 10 more findings, all stored with the snapshot" in said


def test_what_is_found_in_several_rows_is_one_line_with_the_first_of_them_and_does_not_bury_the_rest():
    odd = [Finding("a.csv", "no place", "Fill it in.", row=row, column="x") for row in range(3, 20)]
    others = [
        Finding("a.csv", "no place", "Fill it in.", row=4, column="y"),
        Finding("b.csv", "no place", "Fill it in.", row=5, column="x"),
        Finding("b.csv", "no place", "Fill it in.", row=7, column="x"),
        Finding("a.csv", "all is odd", "Look."),
    ]
    said = lines(TableReport("incidents", ("a.csv", "b.csv"), 1, {"used": 1}, findings=(*odd, *others)))
    assert [line for line in said if line.startswith("  ! ")] == [
        "  ! a.csv, rows 3, 4, 5, 6, 7 and 12 more, column x: no place. Fill it in.",
        "  ! a.csv, row 4, column y: no place. Fill it in.",
        "  ! b.csv, rows 5, 7, column x: no place. Fill it in.",
        "  ! a.csv: all is odd. Look.",
    ]


def test_where_a_finding_says_how_many_rows_there_are_the_line_of_the_first_gives_no_other_number():
    places = pd.DataFrame({"source_file": "a.csv", "source_row": range(2, 402)})
    found = Remark.of(places, what="no place", do="Fill it in.", column=None).findings()
    said = lines(TableReport("incidents", ("a.csv",), 1, {"used": 1}, findings=tuple(found)))
    assert [line for line in said if line.startswith("  ! ")] == [
        "  ! a.csv, rows 2, 3, 4, 5, 6 and more: no place. Fill it in.",
        "  ! a.csv: no place (in 400 rows altogether). Fill it in.",
    ]


def test_a_table_that_lost_more_than_one_row_in_twenty_is_warned_of_however_many_rows_others_have():
    most = TableReport("incidents", ("a.csv",), 10_000, {"used": 9_900, "unlocated": 100})
    few = TableReport("provision", ("p.csv",), 32, {"used": 28, "unmatched": 4})
    (warning,) = [line for line in lines(most, few) if "one in twenty" in line]
    assert warning.startswith("Provision: 4 of 32 rows are not used. That is more than one in twenty")
    assert lines(most, few)[-1] == "Stored as a new snapshot:"
    fine = TableReport("provision", ("p.csv",), 32, {"used": 27, "outside": 4, "unmatched": 1})
    assert not [line for line in lines(most, fine) if "one in twenty" in line]
    assert unused_rows((most, fine)) == UnusedRows("101 of 10,032 rows are not used.", "")
    assert unused_rows((TableReport("wards", ("w",), 40, {"used": 20, "outside": 20}),)) is None


def test_input_that_is_stored_already_is_said_to_be():
    assert lines(new=False) == ["The very same input is stored already, as snapshot:"]
