"""One read table onto the wards: by code; by name throughout where the codes cannot be right; by point."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from data.remarks import SHOWN_PER_KIND
from data.report import Finding, NothingUsedError, TableReport
from data.tables import Table
from geo.join import JoinReport, join_to_wards
from ingest.accounting import after_join
from ingest.no_ward import Places, why_none_belongs

_NAME_SETTING = {"population": "name"}
"""Setting that maps the ward's name, where it is not `ward_name`."""


def join_table(
    table: Table[pd.DataFrame],
    *,
    wards: gpd.GeoDataFrame,
    vintage: int,
    tolerance: float = 50.0,
    columns: Mapping[str, str | None] | None = None,
) -> tuple[pd.DataFrame, TableReport]:
    """Join the rows of a table to wards, and carry its account on.

    Codes come first. Where most of the codes that can be checked against a name are contradicted by it, the code column is
    wrong as a whole (it happens in published files): then no code is used, and the report says so.

    Parameters
    ----------
    columns
        Headings of `ward_code` and `ward_name` in the file, to be named in what is said of it.

    Returns
    -------
    DataFrame
        The rows that belong to a ward, with its code in `ward_code`.
    TableReport
        With every row that was read.

    Raises
    ------
    NothingUsedError
        If there are rows and none belongs to a ward.
    """
    rows, joined = join_rows(table.rows, wards=wards, tolerance=tolerance)
    doubted = joined.report if joined.report.codes_doubtful else None
    if doubted:
        rows, joined = join_rows(table.rows, wards=wards, tolerance=tolerance, trust_codes=False)
    places = Places(table.rows, wards=wards, columns=columns or {})
    return rows, settle_join(table.report, joined, doubted=doubted, vintage=vintage, places=places)


@dataclass(frozen=True)
class Joined:
    """What became of rows at the join, as facts that add up from block to block."""

    report: JoinReport
    swapped: int
    """Rows outside whose point would lie in the area's box were easting and northing exchanged."""
    unmatched: tuple[tuple[str, int], ...]
    """File and row of the first that are unmatched."""
    unlocated: tuple[tuple[str, int], ...] = ()
    """The same of those that name no ward and no place."""

    def plus(self, other: "Joined") -> "Joined":
        """Add those of rows further on."""
        unmatched = (self.unmatched + other.unmatched)[:SHOWN_PER_KIND]
        unlocated = (self.unlocated + other.unlocated)[:SHOWN_PER_KIND]
        return Joined(self.report.plus(other.report), self.swapped + other.swapped, unmatched, unlocated)


def join_rows(
    rows: pd.DataFrame, *, wards: gpd.GeoDataFrame, tolerance: float, trust_codes: bool = True
) -> tuple[pd.DataFrame, Joined]:
    """Join rows, all or a block of them; give those that belong to a ward, and what became of all."""
    if not trust_codes:
        rows = rows.assign(ward_code=pd.Series(pd.NA, index=rows.index, dtype="str"))
    joined = join_to_wards(rows, wards, tolerance=tolerance)
    unmatched, unlocated = (_first(joined.records, outcome) for outcome in ("unmatched", "unlocated"))
    said = Joined(joined.report, _swapped(joined.records, wards=wards), unmatched, unlocated)
    return joined.records[joined.records["ward_code"].notna()], said


def _first(records: pd.DataFrame, outcome: str) -> tuple[tuple[str, int], ...]:
    first = records.loc[records["joined_by"] == outcome, ["source_file", "source_row"]].head(SHOWN_PER_KIND)
    return tuple(zip(first["source_file"].astype(str).tolist(), first["source_row"].tolist(), strict=True))


def settle_join(
    read: TableReport, joined: Joined, *, doubted: JoinReport | None, vintage: int, places: Places | None = None
) -> TableReport:
    """Carry the account of a table on, when all of its rows are joined.

    Parameters
    ----------
    read
        Of the reader.
    joined
        Of all rows.
    doubted
        The account of a join by codes that was given up, if one was.
    places
        What the rows say of where they are, if all of them are at hand: to tell why none belongs to a ward.

    Raises
    ------
    NothingUsedError
        If there are rows and none belongs to a ward. What was found in them besides goes with it.
    """
    if doubted:
        read = replace(read, findings=(*read.findings, _say_doubtful(read, doubted)))
    if joined.swapped:
        read = replace(read, findings=(*read.findings, _say_swapped(read, joined.swapped)))
    column = places.column if places else None
    report = after_join(
        read,
        unmatched=joined.unmatched,
        unlocated=joined.unlocated,
        join=joined.report,
        vintage=vintage,
        column=column,
    )
    if joined.report.used == 0 and joined.report.read > 0:
        raise NothingUsedError(
            why_none_belongs(read, swapped=joined.swapped, vintage=vintage, places=places), report=report
        )
    return report


def _swapped(records: pd.DataFrame, *, wards: gpd.GeoDataFrame) -> int:
    """Count the rows outside whose point would lie in the area's box were easting and northing exchanged."""
    outside = records[records["joined_by"] == "outside"]
    if outside.empty:
        return 0
    west, south, east, north = wards.total_bounds
    exchanged = outside["northing"].between(west, east) & outside["easting"].between(south, north)
    return int(exchanged.sum())


def _say_swapped(report: TableReport, rows: int) -> Finding:
    return Finding(
        file=report.files[0] if len(report.files) == 1 else f"{len(report.files)} files",
        what=f"{rows:,} of the rows outside the area would lie in it if easting and northing were exchanged",
        do="Have them corrected at the source, or exchange the two columns if it is the whole file.",
    )


def _say_doubtful(report: TableReport, join: JoinReport) -> Finding:
    name = _NAME_SETTING.get(report.table, "ward_name")
    return Finding(
        file=report.files[0] if len(report.files) == 1 else f"{len(report.files)} files",
        what=(
            f"in {join.contradictions:,} of the {join.code_and_name:,} rows whose code and name are both known, the ward code "
            "says one ward and the name another; no ward code of this table was used, every row was joined by its name"
        ),
        do=(
            "Look some rows up. If the names are right, have the codes corrected at the source; if the codes are right, "
            f"take {name} out of [{report.table}] in the settings and ingest again."
        ),
    )
