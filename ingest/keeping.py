"""Tables of a snapshot as parts of the next one: as they stand, or with the rows of new files added to them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import pandas as pd

from data.errors import RefusedInputError, UsageError
from data.manifest import SourceFile
from data.provision_settings import provision_as_read
from data.report import TableReport
from data.settings import Incidents, Settings
from data.snapshots import Snapshot

Frame = TypeVar("Frame", bound=pd.DataFrame)

EVENTS = ("referrals", "incidents")
PROVISION = "provision"
_BEFORE = " before"
"""Ends the role of a file of which only a part is in the snapshot, or which was read for an earlier one and added to."""
_MEANING = ("keep", "tolerance_metres", "stand_in")
"""Settings of incidents that say what they are: the old and the new must agree in them."""
_INVENTED_AS = {"population": "populations"}
_TIMES_NAMED = 6


@dataclass(frozen=True)
class Part(Generic[Frame]):
    """One table of a snapshot in the making."""

    rows: Frame
    report: TableReport
    """Of every row that was ever read for it."""
    invented: bool
    read: TableReport | None = None
    """Of the rows that were read now; none if the table stays as it was."""
    sources: tuple[SourceFile, ...] = ()
    """Files that it was made from besides those that were read now."""


def check_whole(given: Collection[str], *, added: Collection[str], settings: Settings, before: Snapshot | None) -> None:
    """Refuse files that do not make a whole, by themselves or with the snapshot before.

    Parameters
    ----------
    given
        Tables for which there are files.
    added
        Those of them that are added to what was loaded before.

    Raises
    ------
    UsageError
        Saying what is missing, or what has to be loaded anew.
    """
    missing = [table for table in ("wards", "population", *EVENTS) if table not in given]
    if before is None:
        if missing:
            raise UsageError(f"A first load needs files of all four kinds. Not given: {', '.join(missing)}. Add them.")
        return
    if not given:
        raise UsageError("No file was given. Choose the files to load.")
    if PROVISION in before.manifest.rows and PROVISION not in given:
        missing = [*missing, PROVISION]
    if "wards" in given and (missing or added):
        raise UsageError(
            "New ward boundaries need everything anew, since what was loaded before was joined to the old ones. Give the "
            "population, all referrals and all incidents too, and what is provided if that was loaded before, or leave the "
            "boundaries out."
        )
    if "wards" not in given:
        _check_same_meaning(settings, before=before, kept={*missing, *added})


def keep(table: str, *, before: Snapshot) -> Part[pd.DataFrame]:
    """Take a table as it stands in a snapshot. `population` stands in the wards."""
    (report,) = [one for one in before.manifest.reports if one.table == table]
    rows = before.wards() if table in ("wards", "population") else before.table(table)
    return Part(
        rows,
        report,
        invented=_INVENTED_AS.get(table, table) in before.manifest.invented,
        sources=tuple(one for one in before.manifest.sources if one.role in (table, table + _BEFORE)),
    )


def add_to(before: Snapshot, new: Part[pd.DataFrame], *, table: str) -> Part[pd.DataFrame]:
    """Add rows to a table of a snapshot; refused where both have rows of one time, which would count twice.

    Raises
    ------
    RefusedInputError
        Naming the months or quarters that both have.
    """
    old = keep(table, before=before)
    if twice := times_of_both(old.rows, new.rows):
        more = f" and {len(twice) - _TIMES_NAMED} more" if len(twice) > _TIMES_NAMED else ""
        raise RefusedInputError(
            f"{', '.join(new.report.files)}: it has {table} of {', '.join(twice[:_TIMES_NAMED])}{more}, and so has what was "
            f"loaded before: together they would count twice. Load a file with all {table} in place of what was loaded, or take "
            "those rows out of the file."
        )
    stored = before.manifest.files[f"{table}.parquet"]
    return Part(
        pd.concat([old.rows, new.rows[list(old.rows.columns)]], ignore_index=True),
        _sum(old.report, new.report, of=before.id),
        invented=old.invented or new.invented,
        read=new.report,
        sources=(
            *(replace(one, role=f"{table}{_BEFORE}") for one in old.sources),
            SourceFile(f"{table}{_BEFORE}", before.id, stored.sha256, stored.bytes),
        ),
    )


def _sum(old: TableReport, new: TableReport, *, of: str) -> TableReport:
    reasons = dict.fromkeys([*old.rows, *new.rows])
    note = f"{new.used:,} rows were added to the {old.used:,} of snapshot {of}. What was found in its files stands with it."
    return replace(
        new,
        files=(*old.files, *new.files),
        rows_read=old.rows_read + new.rows_read,
        rows={reason: old.rows.get(reason, 0) + new.rows.get(reason, 0) for reason in reasons},
        notes=(note, *new.notes),
    )


def times_of_both(old: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """Name the months that both have; the quarters, where either has rows of which only the quarter is known."""
    months = sorted(_months(old) & _months(new))
    quarters = sorted((_undated(old) & {*new["quarter"]}) | (_undated(new) & {*old["quarter"]}))
    return [f"{month:%B %Y}" for month in months] + quarters


def _months(rows: pd.DataFrame) -> set[pd.Period]:
    return set(rows["date"].dropna().dt.to_period("M")) if "date" in rows else set()


def _undated(rows: pd.DataFrame) -> set[str]:
    return {*(rows.loc[rows["date"].isna(), "quarter"] if "date" in rows else rows["quarter"])}


def _check_same_meaning(settings: Settings, *, before: Snapshot, kept: Collection[str]) -> None:
    """What is kept was read under other settings; where these say what it is, they must be the same."""
    if before.manifest.vintage != settings.wards.vintage:
        raise UsageError(
            f"The settings name boundaries of {settings.wards.vintage}, and those of snapshot {before.id} are of "
            f"{before.manifest.vintage}. Load all files anew."
        )
    if PROVISION in kept:
        _check_same_costs(settings, before=before)
    if "incidents" not in kept:
        return
    earlier = Incidents.model_validate(before.manifest.settings["incidents"], strict=False)
    changed = [name for name in _MEANING if getattr(earlier, name) != getattr(settings.incidents, name)]
    if changed:
        raise UsageError(
            f"[incidents] {', '.join(changed)} in the settings changed since snapshot {before.id}, so its incidents do not mean "
            "the same. Load all incidents anew."
        )


def _check_same_costs(settings: Settings, *, before: Snapshot) -> None:
    if provision_as_read(before.manifest.settings).costs_are != settings.provision.costs_are:
        raise UsageError(
            f"[provision] costs_are in the settings changed since snapshot {before.id}, so the costs kept from it do not mean "
            "the same. Load the file of what is provided too."
        )
