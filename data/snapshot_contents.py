"""What goes into a snapshot, and the form in which it is stored."""

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd
from pydantic import JsonValue

from data.manifest import SourceFile
from data.provision_settings import OF_A_THING
from data.report import TableReport
from data.settings import Settings

COLUMNS = {
    "wards": ("ward_code", "ward_name", "district", "residents", "workday", "geometry"),
    "outlines": ("ward_code", "ward_name", "district", "geometry"),
    "referrals": ("ward_code", "quarter", "category", "sector", "count"),
    "incidents": ("ward_code", "quarter", "date", "category", "count", "easting", "northing"),
    "provision": ("ward_code", "provision", *OF_A_THING, "easting", "northing"),
}
"""The tables of a snapshot, and all that is stored of each: no other column comes in by accident."""


@dataclass(frozen=True)
class SnapshotContents:
    """What goes into a snapshot: tables with at least the columns of `COLUMNS`, and the account of them."""

    wards: gpd.GeoDataFrame
    """EPSG:27700."""
    outlines: gpd.GeoDataFrame
    """EPSG:4326; the same wards."""
    referrals: pd.DataFrame
    incidents: pd.DataFrame
    """Like the referrals, only records that were joined to a ward."""
    reports: tuple[TableReport, ...]
    sources: tuple[SourceFile, ...]
    settings: Settings
    invented: tuple[str, ...] = ()
    """Tables that are invented."""
    provision: pd.DataFrame | None = None
    """What is provided, a row for each thing and ward of it; may be left out."""
    provision_as_at: date | None = None
    """Of which day that is."""

    @property
    def reading_settings(self) -> dict[str, JsonValue]:
        """The settings that decide what is read, without those left at their default.

        So a setting that a later version adds changes no id as long as nobody uses it.
        """
        decide = {"partnership", "wards", "population", "referrals", "incidents"}
        decide |= {"provision"} if self.provision is not None else set()
        return dict(
            self.settings.model_dump(mode="json", include=decide, exclude={"wards": {"credit"}}, exclude_defaults=True)
        )

    @property
    def stand_in(self) -> tuple[str, ...]:
        """Sentences about data that stands in for other data."""
        note = self.settings.incidents.stand_in
        return (note,) if note else ()


def stored_tables(contents: SnapshotContents) -> dict[str, pd.DataFrame]:
    """Give the tables as they are stored: the columns of `COLUMNS` and no other, sorted, so that bytes follow from data.

    Raises
    ------
    ValueError
        If they do not fit together; that is a mistake of the caller, not of the data.
    """
    wards = _only(contents.wards, "wards").sort_values("ward_code", ignore_index=True)
    outlines = _only(contents.outlines, "outlines").sort_values("ward_code", ignore_index=True)
    if wards["ward_code"].duplicated().any() or list(wards["ward_code"]) != list(outlines["ward_code"]):
        raise ValueError("a snapshot has one outline for each ward, and each ward once")
    tables = {"wards": wards, "outlines": outlines}
    given = {"referrals": contents.referrals, "incidents": contents.incidents}
    for name, table in (given | ({} if contents.provision is None else {"provision": contents.provision})).items():
        stored = _only(table, name)
        if not stored["ward_code"].isin(wards["ward_code"]).all():
            raise ValueError(f"{name} of a snapshot are in its wards")
        tables[name] = stored.sort_values(list(COLUMNS[name]), ignore_index=True)
    return tables


def _only(table: pd.DataFrame, name: str) -> pd.DataFrame:
    missing = [column for column in COLUMNS[name] if column not in table.columns]
    if missing:
        raise ValueError(f"{name} of a snapshot need the columns {', '.join(missing)}")
    return table[list(COLUMNS[name])]
