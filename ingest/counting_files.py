"""Counts of points as a file that an ordinary load reads, and the account of every row beside it."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from data.durable import write_file, write_text
from data.errors import UsageError, unwritable
from data.headings import PROVENANCE
from data.report import TableReport
from data.row_checks import INVENTED
from data.settings import Settings
from data.spreadsheet_text import harmless_table
from data.version import software_version
from ingest.counting_points import PointCounts

COUNT_SUFFIXES = (".csv", ".parquet")


def check_out(path: Path, *, suffixes: Sequence[str] = COUNT_SUFFIXES) -> None:
    """Refuse a place for the counts before anything is counted.

    Raises
    ------
    UsageError
        If the file would be of another kind, or cannot be written there.
    """
    if path.suffix.lower() not in suffixes:
        raise UsageError(f"{path.name}: counts are written as {' or '.join(suffixes)}. Give the file such an ending.")
    if path.is_dir() or account_file(path).is_dir():
        raise UsageError(f"{path}: there is a folder of this name. Give the file another one.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    if not os.access(path.parent, os.W_OK):
        raise UsageError(f"{path.parent}: this account may not write here. Name another place.")


def account_file(path: Path) -> Path:
    """Name the account that stands beside counts."""
    return path.with_suffix(".account.json")


def write_counts(path: Path, counted: PointCounts, *, settings: Settings) -> None:
    """Write counts, for their owner alone, and the account; each whole or not at all.

    A CSV is harmless to spreadsheets: a category that one could run has an apostrophe before it, as in every export.

    Raises
    ------
    UsageError
        If they cannot be written, as on a full disk.
    """
    table = counted.counts.assign(**({PROVENANCE: INVENTED} if counted.invented else {}))
    writers: dict[str, Callable[[Path], None]] = {
        ".csv": lambda to: harmless_table(table).to_csv(to, index=False, lineterminator="\n"),
        ".parquet": lambda to: table.to_parquet(to, index=False),
    }
    try:
        write_file(path, writers[path.suffix.lower()])
        write_text(account_file(path), _account(counted, settings=settings))
    except OSError as error:
        raise unwritable(path, error) from error


def _account(counted: PointCounts, *, settings: Settings) -> str:
    content = {
        "software_version": software_version(),
        "partnership": settings.partnership.name,
        "vintage": settings.wards.vintage,
        "invented": counted.invented,
        "stand_in": settings.incidents.stand_in,
        "incidents": int(counted.counts["count"].sum()),
        "rows_of_counts": len(counted.counts),
        **_report(counted.report),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _report(report: TableReport) -> dict[str, object]:
    said = asdict(report)
    return {**said, "findings": [finding.sentence() for finding in report.findings]}


def settings_to_load(counts: pd.DataFrame) -> str:
    """Give the lines of `[incidents]` with which an ordinary load reads the counts."""
    category = 'category = "category"\n' if counts["category"].notna().any() else ""
    return f'[incidents]\nward_code = "ward_code"\nquarter = "quarter"\n{category}count = "count"'
