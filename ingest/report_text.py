"""The account of an ingest as lines of text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data.reasons import say_reason
from data.report import Finding, TableReport
from ingest.pipeline import Ingested
from ingest.unused_rows import unused_rows

FINDINGS_SHOWN = 30
"""Lines; what says the same of several rows is one."""
ROWS_NAMED = 5
"""Of a line."""


def report_lines(done: Ingested) -> Iterator[str]:
    """Say what was read, what was used and why the rest was not, table by table."""
    for report in done.reports:
        yield from table_lines(report)
        yield ""
    unused = unused_rows(done.reports)
    if unused and unused.advice:
        yield from (f"{unused.sentence} {unused.advice} It is stored all the same: `withdraw` takes it back.", "")
    yield "Stored as a new snapshot:" if done.new else "The very same input is stored already, as snapshot:"


def table_lines(report: TableReport, *, kept: str = "stored with the snapshot") -> Iterator[str]:
    """Say it of one table: faults in the order of the file, then what is of no single row; `kept` is where all are."""
    files = report.files[0] if len(report.files) == 1 else f"{len(report.files)} files"
    yield f"{report.table} ({files}): {report.rows_read:,} rows read, {report.used:,} used"
    for reason, rows in report.not_used.items():
        yield f"  {rows:>9,}  {say_reason(reason, table=report.table)}"
    if report.columns_not_read:
        yield f"  columns not read: {', '.join(report.columns_not_read)}"
    for note in report.notes:
        yield f"  {note}"
    groups = list(_alike(report.by_row()).values())
    for group in groups[:FINDINGS_SHOWN]:
        yield f"  ! {_together(group, all_named=not _has_total(group[0], groups))}"
    if left := sum(map(len, groups[FINDINGS_SHOWN:])):
        yield f"  ! and {left} more findings, all {kept}"


def _alike(findings: Sequence[Finding]) -> dict[Finding, list[Finding]]:
    """Put findings together that say the same of several rows of a file."""
    groups: dict[Finding, list[Finding]] = {}
    for one in findings:
        groups.setdefault(replace(one, row=None if one.row is None else 0), []).append(one)
    return groups


def _has_total(one: Finding, groups: Sequence[Sequence[Finding]]) -> bool:
    """Whether only the first of its rows are named, and another finding says how many there are."""
    total = f"{one.what} (in "
    return any(first.row is None and first.what.startswith(total) and first.do == one.do for first, *_ in groups)


def _together(group: Sequence[Finding], *, all_named: bool) -> str:
    """Say in one line what is found in several rows, with the first of them."""
    first, *more = group
    if not more:
        return first.sentence()
    rows = ", ".join(str(one.row) for one in group[:ROWS_NAMED])
    left = f" and {len(group) - ROWS_NAMED} more" if len(group) > ROWS_NAMED else ""
    rest = left if all_named else " and more"
    return replace(first, file=f"{first.file}, rows {rows}{rest}", row=None).sentence()
