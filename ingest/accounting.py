"""Carries the account of a table on from reading to the join, so that every row read has one outcome."""

from dataclasses import replace

import pandas as pd

from data.report import USED, Finding, TableReport
from geo.join import JoinReport

FINDINGS_SHOWN = 5


def after_join(report: TableReport, *, records: pd.DataFrame, join: JoinReport, vintage: int) -> TableReport:
    """Split the rows that reading passed on by what became of them at the join.

    Parameters
    ----------
    report : TableReport
        Of the reader; its `used` rows are those in `records`.
    records : DataFrame
        `JoinResult.records`: with `source_file`, `source_row`, `ward_code`, `joined_by`.
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
        findings=(*report.findings, *_unmatched(records, vintage=vintage), *_contradicting(report, join=join)),
        notes=(*report.notes, *_how_joined(join)),
    )


def _unmatched(records: pd.DataFrame, *, vintage: int) -> list[Finding]:
    lost = records[records["joined_by"] == "unmatched"]
    shown = lost.head(FINDINGS_SHOWN)
    findings = [
        Finding(
            file=file,
            row=row,
            what=f"the ward is not among the wards of {vintage}",
            do="Correct its code or name, or load boundaries of the vintage that the file uses.",
        )
        for file, row in zip(shown["source_file"].tolist(), shown["source_row"].tolist(), strict=True)
    ]
    if len(lost) > FINDINGS_SHOWN:
        findings.append(
            Finding(
                file=str(lost["source_file"].iloc[0]),
                what=f"{len(lost)} rows in all name a ward that is not among the wards of {vintage}",
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
