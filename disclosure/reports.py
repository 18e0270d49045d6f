"""The account of a load as each audience may have it."""

from dataclasses import dataclass

from data.report import TableReport
from data.settings import Disclosure
from disclosure.suppression import say_count


@dataclass(frozen=True)
class ReleasedReport:
    """What became of the rows of one table, in words and figures that may be shown."""

    table: str
    files: tuple[str, ...]
    read: str
    used: str
    not_used: dict[str, str]
    """How many rows were not used, by reason."""
    share_used: float
    """Between 0 and 1, to draw; rounded to a hundredth where the audience has no exact values."""
    columns_not_read: tuple[str, ...]
    notes: tuple[str, ...]
    findings: tuple[str, ...]
    """One sentence each. They name files, rows and columns of the input, so only those who hold the files get them."""


def release_report(report: TableReport, *, exact: bool, rule: Disclosure) -> ReleasedReport:
    """Release the account of one table: every row is accounted for, small numbers of rows in the rule's words."""

    def say(rows: int) -> str:
        return f"{rows:,}" if exact else say_count(rows, rule=rule)

    share = report.used / report.rows_read if report.rows_read else 0.0
    return ReleasedReport(
        table=report.table,
        files=report.files,
        read=say(report.rows_read),
        used=say(report.used),
        not_used={reason: say(rows) for reason, rows in report.not_used.items()},
        share_used=share if exact else round(share, 2),
        columns_not_read=report.columns_not_read,
        notes=report.notes if exact else (),
        findings=tuple(finding.sentence() for finding in report.findings) if exact else (),
    )
