import pytest

from data.report import Finding, TableReport


def test_a_report_that_does_not_add_up_is_a_fault() -> None:
    with pytest.raises(ValueError, match="3 rows read but 2 accounted for"):
        TableReport(table="referrals", files=("r.csv",), rows_read=3, rows={"used": 2})


def test_used_and_not_used_are_told_apart() -> None:
    report = TableReport(table="referrals", files=(), rows_read=3, rows={"used": 2, "repeated": 1, "bad count": 0})
    assert report.used == 2
    assert report.not_used == {"repeated": 1}


def test_a_finding_says_where_what_and_what_to_do() -> None:
    finding = Finding("r.csv", "the count is blank", "Fill it in.", row=1, column="n")
    assert finding.sentence() == "r.csv, row 1, column n: the count is blank. Fill it in."
    assert Finding("r.csv", "the total differs", "Check it.").sentence() == "r.csv: the total differs. Check it."
