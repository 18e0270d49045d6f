"""Invented referrals for real wards, as a file that says of itself that it is invented."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.demo.referrals import invent_referrals
from data.errors import UsageError
from data.readers import read_population, read_wards
from data.settings import Referrals, Settings
from data.spreadsheet_text import harmless_table
from ingest.population import add_population

_COLUMNS = ("ward_code", "ward_name", "district", "quarter", "category", "sector", "count")


def write_invented_referrals(
    path: Path,
    *,
    settings: Settings,
    wards: Path,
    population: Path | None,
    per_year: int,
    quarters: int,
    last_quarter: str,
    seed: int,
) -> int:
    """Invent referrals for the wards of a boundaries file, for `quarters` quarters to `last_quarter`; give the number of rows.

    Every row carries `provenance` = `invented`, which travels into the snapshot and onto every screen and file.

    Raises
    ------
    UsageError
        If the file cannot be written, or the area gives the generator nothing to go by.
    RefusedInputError
        If the wards or the population cannot be used.
    """
    outlines = read_wards(wards, settings.wards, limits=settings.limits).rows
    people: pd.DataFrame | None = None
    if population is not None:
        read = read_population(population, settings.population, limits=settings.limits)
        people, _ = add_population(outlines, read, vintage=settings.wards.vintage)
    rows = invent_referrals(
        outlines, people, per_year=per_year, quarters=quarters, last_quarter=last_quarter, seed=seed
    )
    _write(path, _as_settings_name_it(rows, outlines=outlines, names=settings.referrals))
    return len(rows)


def _as_settings_name_it(rows: pd.DataFrame, *, outlines: gpd.GeoDataFrame, names: Referrals) -> pd.DataFrame:
    """Give the table the columns that the settings say a file of referrals has, by the names that they give them."""
    wards = pd.DataFrame(outlines[["ward_code", "ward_name", "district"]])
    whole = rows.merge(wards, on="ward_code", how="left", validate="m:1")
    headings = {one: heading for one in _COLUMNS if (heading := getattr(names, one))}
    return whole[[*headings, "provenance"]].rename(columns=headings)


def _write(path: Path, rows: pd.DataFrame) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        harmless_table(rows).to_csv(path, index=False, lineterminator="\n")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}). Check the folder, its permissions and the space left."
        ) from error
