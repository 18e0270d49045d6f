import pytest

from data.report import TableReport
from geo.join import JoinReport
from ingest.accounting import after_join


def join(**counts):
    names = ("read", "used", "unlocated", "outside", "unmatched", "by_code", "by_name", "by_point", "nearest")
    others = ("contradictions", "code_and_name", "unknown_codes")
    return JoinReport(**{name: counts.get(name, 0) for name in (*names, *others)})


def test_what_reading_set_aside_and_what_the_join_did_add_up():
    read = TableReport("incidents", ("a.csv",), 9, {"used": 5, "no date": 3, "unlocated": 1})
    report = after_join(
        read,
        unmatched=[("a.csv", 6)],
        join=join(read=5, used=2, by_point=2, unlocated=1, outside=1, unmatched=1),
        vintage=2023,
    )
    assert report.rows == {"used": 2, "no date": 3, "unlocated": 2, "outside": 1, "unmatched": 1}
    assert report.rows_read == 9
    assert [one.row for one in report.findings] == [6]


def test_an_account_that_loses_rows_cannot_be_made():
    read = TableReport("incidents", ("a.csv",), 5, {"used": 5})
    with pytest.raises(ValueError, match="5 rows read but 4 accounted for"):
        after_join(read, unmatched=[], join=join(read=4, used=4, by_point=4), vintage=2023)


def test_contradictions_of_several_files_name_how_many_files():
    read = TableReport("incidents", ("a.csv", "b.csv"), 2, {"used": 2})
    report = after_join(read, unmatched=[], join=join(read=2, used=2, by_code=2, contradictions=1), vintage=2023)
    assert report.findings[0].file == "2 files"
    assert report.notes == ("Joined to wards: 2 by ward code.",)
