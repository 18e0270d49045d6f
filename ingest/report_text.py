"""The account of an ingest as lines of text."""

from collections.abc import Iterator

from data.reasons import say_reason
from data.report import TableReport
from ingest.pipeline import Ingested

FINDINGS_SHOWN = 30


def report_lines(done: Ingested) -> Iterator[str]:
    """Say what was read, what was used and why the rest was not, table by table."""
    for report in done.reports:
        yield from table_lines(report)
        yield ""
    yield "Stored as a new snapshot:" if done.new else "The very same input is stored already, as snapshot:"


def table_lines(report: TableReport, *, kept: str = "stored with the snapshot") -> Iterator[str]:
    """Say it of one table: faults by row, in the order of the file, then what is of no single row; `kept` is where all are."""
    files = report.files[0] if len(report.files) == 1 else f"{len(report.files)} files"
    yield f"{report.table} ({files}): {report.rows_read:,} rows read, {report.used:,} used"
    for reason, rows in report.not_used.items():
        yield f"  {rows:>9,}  {say_reason(reason, table=report.table)}"
    if report.columns_not_read:
        yield f"  columns not read: {', '.join(report.columns_not_read)}"
    for note in report.notes:
        yield f"  {note}"
    for finding in report.by_row()[:FINDINGS_SHOWN]:
        yield f"  ! {finding.sentence()}"
    if len(report.findings) > FINDINGS_SHOWN:
        yield f"  ! and {len(report.findings) - FINDINGS_SHOWN} more findings, all {kept}"
