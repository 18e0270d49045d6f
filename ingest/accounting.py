"""Carries the account of a table on from reading to the join, so that every row read has one outcome."""

from collections.abc import Sequence
from dataclasses import replace

from data.report import USED, Finding, TableReport
from geo.join import JoinReport

FINDINGS_SHOWN = 5


def after_join(
    report: TableReport, *, unmatched: Sequence[tuple[str, int]], join: JoinReport, vintage: int
) -> TableReport:
    """Split the rows that reading passed on by what became of them at the join.

    Parameters
    ----------
    report : TableReport
        Of the reader; its `used` rows are those that were joined.
    unmatched
        File and row of the first rows that are unmatched, at most `FINDINGS_SHOWN`.
    join : JoinReport
        Of the same join.
    """
    rows = {reason: n for reason, n in report.rows.items() if reason != USED}
    for reason in ("unlocated", "outside", "unmatched"):
        rows[reason] = rows.get(reason, 0) + getattr(join, reason)
    rows = {USED: join.used, **rows}
    return replace(
        report,
        rows=rows,
        findings=(
            *report.findings,
            *_unmatched(unmatched, rows=join.unmatched, vintage=vintage),
            *_contradicting(report, join=join),
        ),
        notes=(*report.notes, *_how_joined(join)),
    )


def _unmatched(first: Sequence[tuple[str, int]], *, rows: int, vintage: int) -> list[Finding]:
    findings = [
        Finding(
            file=file,
            row=row,
            what=f"the ward is not among the wards of {vintage}",
            do="Correct its code or name, or load boundaries of the vintage that the file uses.",
        )
        for file, row in first
    ]
    if rows > FINDINGS_SHOWN:
        findings.append(
            Finding(
                file=first[0][0],
                what=f"{rows} rows in all name a ward that is not among the wards of {vintage}",
                do="They are counted as unmatched and used nowhere.",
            )
        )
    return findings


def _contradicting(report: TableReport, *, join: JoinReport) -> list[Finding]:
    if not join.contradictions:
        return []
    return [
        Finding(
            file=report.files[0] if len(report.files) == 1 else f"{len(report.files)} files",
            what=f"in {join.contradictions} rows the ward code says one ward and the name another; the code was used",
            do="Check which is right, and correct the file.",
        )
    ]


def _how_joined(join: JoinReport) -> list[str]:
    parts = {
        "by ward code": join.by_code,
        "by name within the district": join.by_name,
        "by point": join.by_point,
        "to the nearest ward, from just outside the outline": join.nearest,
    }
    said = [f"{n:,} {how}" for how, n in parts.items() if n]
    return [f"Joined to wards: {', '.join(said)}."] if said else []
