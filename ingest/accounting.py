"""Carries the account of a table on from reading to the join, so that every row read has one outcome."""

from collections.abc import Sequence
from dataclasses import replace

from data.remarks import Remark
from data.report import USED, Finding, TableReport
from geo.join import JoinReport


def after_join(
    report: TableReport,
    *,
    unmatched: Sequence[tuple[str, int]],
    join: JoinReport,
    vintage: int,
    unlocated: Sequence[tuple[str, int]] = (),
    column: str | None = None,
) -> TableReport:
    """Split the rows that reading passed on by what became of them at the join.

    Parameters
    ----------
    report : TableReport
        Of the reader; its `used` rows are those that were joined.
    unmatched, unlocated
        File and row of the first rows that are so, at most `data.remarks.SHOWN_PER_KIND`.
    join : JoinReport
        Of the same join.
    column
        Heading of the column that names the ward, if known.
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
            *_unlocated(report, unlocated, rows=join.unlocated),
            # Where no row belongs to a ward that is said of the whole file, and would hide what else is wrong with some rows.
            *(_unmatched(unmatched, rows=join.unmatched, vintage=vintage, column=column) if join.used else ()),
            *_contradicting(report, join=join),
        ),
        notes=(*report.notes, *_how_joined(join)),
    )


def _unlocated(report: TableReport, first: Sequence[tuple[str, int]], *, rows: int) -> list[Finding]:
    """Name the rows without a place, unless reading has named them already: where a ward is the only place there is."""
    if any(one.reason == "unlocated" for one in report.findings):
        return []
    what, do = "no ward is named, and no place that can be used", "Fill in one of them at the source."
    return _findings(first, rows=rows, what=what, do=do, reason="unlocated")


def _unmatched(first: Sequence[tuple[str, int]], *, rows: int, vintage: int, column: str | None) -> list[Finding]:
    what = f"the ward is not among this area's wards of {vintage}"
    do = "Correct it at the source, or load the boundaries of the year that the file uses."
    return _findings(first, rows=rows, what=what, do=do, reason="unmatched", column=column)


def _findings(
    first: Sequence[tuple[str, int]], *, rows: int, what: str, do: str, reason: str, column: str | None = None
) -> list[Finding]:
    files = tuple(dict.fromkeys(file for file, _ in first))
    return (
        Remark(what, do, column, rows=rows, first=tuple(first), files=files, reason=reason).findings() if rows else []
    )


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
