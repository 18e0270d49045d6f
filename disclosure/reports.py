"""The account of a load as each audience may have it."""

from dataclasses import dataclass

import numpy as np

from data.report import Finding, TableReport
from data.settings import Disclosure
from disclosure.suppression import is_suppressed, round_counts, say_count

_ROWS_ARE_WARDS = ("wards", "population", "provision")
"""Tables whose rows are places, not events: how many there are tells nothing of a person."""
_NOT_WANTED = ("not a kept category", "repeated", "totals row")
"""Reasons for which a row was never to be counted."""


@dataclass(frozen=True)
class ReleasedReport:
    """What became of the rows of one table, in words and figures that may be shown."""

    table: str
    files: tuple[str, ...]
    """As `columns_not_read`, `notes` and `findings`: only for those who hold the files."""
    read: str
    used: str
    not_used: dict[str, str]
    """How many rows were not used, by reason."""
    share_used: float
    """Between 0 and 1, to draw; follows from the figures shown where the audience has no exact values."""
    share_placed: float
    """The same of the rows that were to be counted: without other categories, repeats and totals."""
    columns_not_read: tuple[str, ...]
    notes: tuple[str, ...]
    findings: tuple[str, ...]
    """One sentence each. They name files, rows and columns of the input, and count rows."""
    faults: tuple[Finding, ...] = ()
    """The same in their parts, in the order of the files and their rows; for the same people."""


def release_report(report: TableReport, *, exact: bool, rule: Disclosure) -> ReleasedReport:
    """Release the account of one table: every row is accounted for, small numbers of rows in the rule's words."""
    in_full = exact or report.table in _ROWS_ARE_WARDS

    def say(rows: int) -> str:
        return f"{rows:,}" if in_full else say_count(rows, rule=rule)

    return ReleasedReport(
        table=report.table,
        files=report.files if exact else (),
        read=say(report.rows_read),
        used=say(report.used),
        not_used={reason: say(rows) for reason, rows in report.not_used.items()},
        share_used=_share(report.used, of=report.rows_read) if in_full else _coarse_share(report, rule=rule),
        share_placed=_share_placed(report, rule=None if in_full else rule),
        columns_not_read=report.columns_not_read if exact else (),
        notes=report.notes if exact else (),
        findings=tuple(finding.sentence() for finding in report.by_row()) if exact else (),
        faults=tuple(report.by_row()) if exact else (),
    )


def _coarse_share(report: TableReport, *, rule: Disclosure) -> float:
    rows = np.array([report.used, report.rows_read])
    used, read = np.where(is_suppressed(rows, rule=rule), 0, round_counts(rows, rule=rule)).tolist()
    return _share(used, of=read)


def _share_placed(report: TableReport, *, rule: Disclosure | None) -> float:
    lost = [rows for reason, rows in report.not_used.items() if reason not in _NOT_WANTED]
    rows = np.array([report.used, *lost])
    if rule is not None:
        rows = np.where(is_suppressed(rows, rule=rule), 0, round_counts(rows, rule=rule))
    return _share(int(rows[0]), of=int(rows.sum()))


def _share(part: int, *, of: int) -> float:
    return min(part / of, 1.0) if of else 0.0
