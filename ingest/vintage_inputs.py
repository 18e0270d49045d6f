"""What a conversion between vintages reads: wards of both, a lookup, residents. Each is checked before anything is computed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.errors import RefusedInputError, UsageError
from data.input_guard import check_file
from data.limits_settings import Limits
from data.queried import InputFile
from data.readers import read_population, read_wards
from data.reading_lookup import Lookup
from data.reading_places import read_places
from data.settings import Settings, Wards
from data.ward_files import WARD_SUFFIXES, open_wards
from geo.ward_names import plain_name
from ingest.population import add_population

_ONS = re.compile(r"(WD|LAD)(\d\d)(CD|NM)", re.IGNORECASE)
_CENTURY = 50
_SHOWN = 8


@dataclass(frozen=True)
class Vintage:
    """Wards of one year."""

    wards: gpd.GeoDataFrame
    year: int
    file: str


def read_new(path: InputFile, settings: Settings) -> Vintage:
    """Read the wards that counts are wanted for: those that the settings are about."""
    read = read_wards(path, settings.wards, limits=settings.limits)
    return Vintage(read.rows, settings.wards.vintage, path.name)


def read_old(path: Path, settings: Settings, *, of_old: Settings | None) -> Vintage:
    """Read the wards that counts were made for.

    Parameters
    ----------
    of_old
        Settings of those years, if there are: they say the columns and the year. Without, headings as the ONS names them are
        found by themselves: where the settings say `WD23CD`, the file may say `WD19CD`, and so says its year.

    Raises
    ------
    UsageError
        If the year cannot be told.
    """
    if of_old is not None:
        return read_new(path, of_old)
    section = _of_another_year(path, settings.wards, limits=settings.limits)
    if section is None:
        raise UsageError(
            f"{path.name}: of which year these wards are cannot be told from its headings. Write settings for it, with its "
            "columns and its vintage under [wards], and name them with --from-settings."
        )
    return Vintage(read_wards(path, section, limits=settings.limits).rows, section.vintage, path.name)


def _of_another_year(path: Path, wards: Wards, *, limits: Limits) -> Wards | None:
    """Rewrite the headings to those of the file, where both are named as the ONS does; none if they are not."""
    check_file(path, suffixes=WARD_SUFFIXES, do="Use GeoJSON, GeoPackage, a shapefile or GeoParquet.", limits=limits)
    there = open_wards(path, layer=wards.layer, limits=limits).columns
    found: dict[str, str] = {}
    years = set()
    for key in ("code", "name", "district"):
        if not (ours := _ONS.fullmatch(getattr(wards, key))):
            return None
        alike = [one for one in map(_ONS.fullmatch, there) if one and _kind(one) == _kind(ours)]
        if len(alike) != 1:
            return None
        found[key] = alike[0][0]
        years.add(alike[0][2])
    if len(years) != 1:
        return None
    year = int(years.pop())
    return wards.model_copy(update={**found, "vintage": year + (2000 if year < _CENTURY else 1900)})


def _kind(match: "re.Match[str]") -> tuple[str, str]:
    return match[1].upper(), match[3].upper()


def read_residents(path: Path, *, new: Vintage, settings: Settings) -> "pd.Series[float] | gpd.GeoDataFrame":
    """Read what wards are divided by: residents of finer areas from a file with places, else residents of the new wards."""
    if path.suffix.lower() in WARD_SUFFIXES:
        return read_places(path, settings.population, limits=settings.limits)
    read = read_population(path, settings.population, limits=settings.limits)
    filled, _ = add_population(new.wards, read, vintage=new.year)
    return pd.Series(filled["residents"].to_numpy(), index=filled["ward_code"].to_numpy(), name="residents")


def narrowed(lookup: Lookup, *, old: Vintage, new: Vintage) -> pd.DataFrame:
    """Take the rows of a lookup that are about the old wards: it may be of the whole country.

    Raises
    ------
    RefusedInputError
        If it is about none of them, or leads one of them to no ward of the new file.
    """
    rows = lookup.rows[lookup.rows["from_code"].isin(old.wards["ward_code"])]
    if rows.empty:
        raise RefusedInputError(f"{lookup.file}: none of its codes is of a ward in {old.file}. Take another lookup.")
    astray = rows.loc[~rows["to_code"].isin(new.wards["ward_code"]), "to_code"].unique().tolist()
    if astray:
        raise RefusedInputError(
            f"{lookup.file}: it leads to wards that are not in {new.file}: {', '.join(astray[:_SHOWN])}. "
            "Take a lookup between these two vintages, and boundaries of the whole area."
        )
    return rows


def say_lookup_names(lookup: Lookup, *, rows: pd.DataFrame, old: Vintage, new: Vintage) -> Iterator[str]:
    """Say where the names in a lookup contradict its codes."""
    for side, vintage in (("from", old), ("to", new)):
        named = vintage.wards.set_index("ward_code")["ward_name"].fillna("")
        said = rows[[f"{side}_code", f"{side}_name"]].dropna().drop_duplicates()
        for code, name in said.itertuples(index=False, name=None):
            if plain_name(str(name)) != plain_name(str(named[code])):
                yield (
                    f"{lookup.file}: the code {code} contradicts its name: the lookup calls it {name}, and {vintage.file} "
                    f"{named[code]}; the code was used"
                )
