"""What is provided, row by row, onto the wards: a row may name several, and is used for those that are found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import geopandas as gpd
import pandas as pd

from data.name_dates import dates_in_name
from data.provision_people import SEVERAL
from data.queried import InputFile
from data.readers import read_provision
from data.remarks import Remark
from data.report import USED, Finding, NothingUsedError, TableReport
from data.settings import Settings
from data.snapshot_contents import COLUMNS
from data.snapshots import Snapshot
from data.tables import Table
from geo.join import join_to_wards
from ingest.keeping import PROVISION, Part, keep

__all__ = ["PROVISION", "Provided", "as_at", "join_provision", "provided"]


@dataclass(frozen=True)
class Provided:
    """What is provided, and of which day that is."""

    part: Part[pd.DataFrame]
    as_at: date | None


def provided(
    file: InputFile | None,
    *,
    settings: Settings,
    wards: gpd.GeoDataFrame,
    before: Snapshot | None,
    progress: Callable[[str], None],
) -> Provided | None:
    """Read what is provided, or take it from the snapshot before; nothing if there is none in either.

    Raises
    ------
    RefusedInputError
        If the file cannot be used as it stands.
    """
    if file is None:
        if before is None or before.provision() is None:
            return None
        return Provided(keep(PROVISION, before=before), before.manifest.provision_as_at)
    progress("Reading what is provided")
    table = read_provision(file, settings.provision, limits=settings.limits)
    rows, report = join_provision(table, wards=wards, settings=settings)
    return Provided(Part(rows, report, invented=table.invented, read=report), as_at(file))


def join_provision(
    table: Table[pd.DataFrame], *, wards: gpd.GeoDataFrame, settings: Settings
) -> tuple[pd.DataFrame, TableReport]:
    """Give every row its wards, and carry the account on.

    Codes come first, then names within the district, then the point; where most codes contradict the names, names alone.

    Returns
    -------
    DataFrame
        One row for each thing that is provided and each ward of it, as it is stored; `provision` numbers the things in the order
        of the file.
    TableReport
        Every row of the file is used, or stands under why none of its wards is this area's.

    Raises
    ------
    NothingUsedError
        If no row belongs to a ward.
    """
    pieces = _pieces(table.rows)
    joined = join_to_wards(pieces, wards, tolerance=settings.incidents.tolerance_metres)
    doubtful = joined.report.codes_doubtful
    if doubtful:
        pieces = pieces.assign(ward_code=pd.Series(pd.NA, index=pieces.index, dtype="str"))
        joined = join_to_wards(pieces, wards, tolerance=settings.incidents.tolerance_metres)
    found = joined.records.assign(found=joined.records["ward_code"].notna())
    report = _account(table.report, found, settings=settings, doubtful=doubtful)
    if not report.used:
        raise NothingUsedError(
            f"{report.files[0]}: no row names a ward of this area, or a place in it. Check that the file is of this area, and of "
            f"its wards of {settings.wards.vintage}.",
            report=report,
        )
    kept = found[found["found"]].drop_duplicates(["provision", "ward_code"])
    return kept[list(COLUMNS[PROVISION])].reset_index(drop=True), report


def as_at(file: InputFile) -> date:
    """Tell of which day a file is: the last one that its name says, else today."""
    named, today = dates_in_name(file.name), datetime.now(UTC).date()
    return min(max(one.last for one in named), today) if named else today


def _pieces(rows: pd.DataFrame) -> pd.DataFrame:
    """Take rows apart by the wards that they name."""
    parts: list[_Ward] = []
    for at, (codes, names) in enumerate(zip(rows["ward_code"], rows["ward_name"], strict=True)):
        parts += _wards_of(at, _split(codes), _split(names))
    apart = rows.iloc[[part.row for part in parts]].reset_index(drop=True)
    return apart.assign(
        provision=[part.row + 1 for part in parts],
        ward_code=pd.Series([part.code for part in parts], dtype="str"),
        ward_name=pd.Series([part.name for part in parts], dtype="str"),
    )


@dataclass(frozen=True)
class _Ward:
    row: int
    code: str | None
    name: str | None


def _wards_of(row: int, codes: Sequence[str], names: Sequence[str]) -> list[_Ward]:
    """Pair codes with names where there are as many of both; else codes alone where there are any, for they say more."""
    if len(codes) == len(names):
        return [_Ward(row, code, name) for code, name in zip(codes, names, strict=True)] or [_Ward(row, None, None)]
    return [_Ward(row, code, None) for code in codes] or [_Ward(row, None, name) for name in names]


def _split(text: object) -> list[str]:
    return text.split(SEVERAL) if isinstance(text, str) else []


def _account(read: TableReport, found: pd.DataFrame, *, settings: Settings, doubtful: bool) -> TableReport:
    used = found.groupby("provision")["found"].transform("any")
    lost = found[~used].drop_duplicates("provision")
    partly = found[used & ~found["found"]].drop_duplicates("provision")
    reasons = {str(reason): int(n) for reason, n in lost["joined_by"].value_counts().sort_index().items()}
    rows = {reason: n for reason, n in read.rows.items() if reason != USED}
    for reason, n in reasons.items():
        rows[reason] = rows.get(reason, 0) + n
    what = f"is not among this area's wards of {settings.wards.vintage}"
    do = "Correct it at the source, or load the boundaries of the year that the file uses."
    findings = [
        *_named(lost[lost["joined_by"] == "unmatched"], f"the ward {what}", do=do, reason="unmatched"),
        *_named(
            lost[lost["joined_by"] == "outside"],
            "the place lies outside this area",
            do="Correct it at the source, if it should lie in it.",
            reason="outside",
        ),
        *_named(partly, f"of the wards of the row one or more {what}; it is used for the others", do=do),
    ]
    return replace(
        read,
        rows={USED: int(found.loc[used, "provision"].nunique()), **rows},
        findings=(*read.findings, *findings, *(_doubt(read) if doubtful else ())),
        notes=(*read.notes, f"They stand in {found.loc[found['found'], 'ward_code'].nunique():,} wards."),
    )


def _named(rows: pd.DataFrame, what: str, *, do: str, reason: str | None = None) -> list[Finding]:
    if rows.empty:
        return []
    return Remark.of(
        rows[["source_file", "source_row"]], what=what, do=do, column=None, reason=reason, each=None
    ).findings()


def _doubt(read: TableReport) -> list[Finding]:
    what = "in most rows the ward code says one ward and the name another; no code was used, every ward was joined by its name"
    return [Finding(read.files[0], what, "Have the codes corrected at the source.")]
