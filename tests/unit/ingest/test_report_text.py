from types import SimpleNamespace

from data.report import Finding, TableReport
from ingest.report_text import report_lines


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
    findings = tuple(Finding("a.csv", "odd", "Look.", row=row) for row in range(40))
    said = lines(TableReport("wards", ("a.csv",), 1, {"used": 1}, findings=findings))
    assert sum(line.startswith("  ! a.csv") for line in said) == 30
    assert "  ! and 10 more findings, all stored with the snapshot" in said


def test_input_that_is_stored_already_is_said_to_be():
    assert lines(new=False) == ["The very same input is stored already, as snapshot:"]
