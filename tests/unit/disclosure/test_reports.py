import pytest

from data.report import Finding, TableReport
from data.settings import Disclosure
from disclosure.reports import release_report

RULE = Disclosure()


def report(table="incidents", **rows):
    rows = {reason.replace("_", " "): n for reason, n in rows.items()}
    return TableReport(
        table,
        ("a.csv",),
        sum(rows.values()),
        rows,
        findings=(Finding("a.csv", "in 3 rows something is odd", "Look.", row=4, column="Date"),),
        columns_not_read=("Crime ID",),
        notes=("Joined to wards: 3 by point.",),
    )


def test_the_analyst_gets_every_number_and_sentence():
    said = release_report(report(used=1_234, outside=3), exact=True, rule=RULE)
    assert (said.read, said.used, said.not_used) == ("1,237", "1,234", {"outside": "3"})
    assert said.findings == ("a.csv, row 4, column Date: in 3 rows something is odd. Look.",)
    assert (said.files, said.notes, said.columns_not_read) == (
        ("a.csv",),
        ("Joined to wards: 3 by point.",),
        ("Crime ID",),
    )
    assert said.share_used == pytest.approx(1_234 / 1_237)


def test_other_audiences_get_rounded_numbers_and_no_sentence_that_counts():
    said = release_report(report(used=1_234, outside=3), exact=False, rule=RULE)
    assert (said.read, said.used, said.not_used) == ("1,235", "1,235", {"outside": "7 or fewer"})
    assert (said.files, said.notes, said.findings, said.columns_not_read) == ((), (), (), ())


@pytest.mark.parametrize("rows", [(1, 3), (4, 0), (2, 5)])
def test_small_accounts_are_told_apart_by_no_part_of_a_release(rows):
    used, outside = rows
    first = release_report(report(used=used, outside=outside or 1), exact=False, rule=RULE)
    second = release_report(report(used=2, outside=2), exact=False, rule=RULE)
    assert first == second


def test_the_share_follows_from_the_figures_that_are_shown():
    said = release_report(report(used=93, outside=8), exact=False, rule=RULE)
    assert said.share_used == int(said.used) / int(said.read)


@pytest.mark.parametrize("table", ["wards", "population"])
def test_how_many_wards_there_are_is_no_secret(table):
    said = release_report(report(table, used=176), exact=False, rule=RULE)
    assert (said.read, said.used, said.share_used) == ("176", "176", 1.0)


def test_a_table_without_rows_has_no_share():
    assert release_report(report(used=0), exact=True, rule=RULE).share_used == 0.0


def test_rows_that_were_never_to_be_counted_do_not_lower_the_share_that_was_placed():
    rows = {"used": 900, "not a kept category": 9_000, "repeated": 100, "no location": 100}
    told = TableReport(table="incidents", files=("i.csv",), rows_read=10_100, rows=rows)
    assert release_report(told, exact=True, rule=RULE).share_placed == 0.9
    coarse = release_report(told, exact=False, rule=RULE)
    lost = int(coarse.not_used["no location"].replace(",", ""))
    assert coarse.share_placed == 900 / (900 + lost)
