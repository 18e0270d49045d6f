"""Records that were fetched, made into tables of wards, and held to what wards are."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.codes import are_ward_codes, clean_codes, clean_texts
from data.in_words import listed
from data.sources.arcgis import GRID, Feature
from data.sources.faults import ServiceError, shown
from data.sources.paging import Fetched

_WEST, _SOUTH, _EAST, _NORTH = -250_000.0, -150_000.0, 850_000.0, 1_400_000.0
"""Metres of the National Grid between which all wards of the United Kingdom lie, with room to spare."""
_DEGREES = 180.0
_Table = TypeVar("_Table", bound=pd.DataFrame)
_AREAS = ("Polygon", "MultiPolygon")


@dataclass(frozen=True)
class Columns:
    """What the columns of a table are called."""

    code: str
    name: str | None = None
    district_code: str | None = None
    district: str | None = None

    @property
    def there(self) -> tuple[str, ...]:
        """Those that there are."""
        return tuple(one for one in (self.code, self.name, self.district_code, self.district) if one)


def read_table(fetched: Fetched) -> pd.DataFrame:
    """Make one table of the records: texts cleaned, one column a field, in the order of their ids."""
    return pd.concat([_values(page, fetched.fields) for page in fetched.pages()], ignore_index=True)


def read_outlines(fetched: Fetched, *, say: Callable[[str], None]) -> gpd.GeoDataFrame:
    """Make one table of the records and their outlines.

    Returns
    -------
    GeoDataFrame
        EPSG:27700, polygons and multipolygons as they came: rings that cross themselves are left as they are.

    Raises
    ------
    ServiceError
        If a record has no outline, or they do not lie in the United Kingdom.
    """
    values, shapes = [], []
    for page in fetched.pages():
        values.append(_values(page, fetched.fields))
        shapes.append(_shapes(page, place=fetched.layer.place))
    outlines = gpd.GeoSeries(np.concatenate(shapes))
    if (np.abs(outlines.total_bounds) <= _DEGREES).all():
        say(
            "The outlines came in degrees and not in metres, as asked: turned into metres here, which moves them by some metres."
        )
        outlines = outlines.set_crs("EPSG:4326").to_crs(f"EPSG:{GRID}")
    west, south, east, north = outlines.total_bounds
    if not (west > _WEST and south > _SOUTH and east < _EAST and north < _NORTH):
        raise ServiceError(
            f"{shown(fetched.layer.place)}: the outlines do not lie in the United Kingdom. Nothing was saved."
        )
    return gpd.GeoDataFrame(pd.concat(values, ignore_index=True), geometry=outlines.to_numpy(), crs=f"EPSG:{GRID}")


def _values(page: Sequence[Feature], fields: Sequence[str]) -> pd.DataFrame:
    table = pd.DataFrame([one["values"] for one in page], columns=list(fields))
    texts = [name for name in fields if any(isinstance(one["values"][name], str) for one in page)]
    return table.assign(**{name: clean_texts(table[name].astype("str")) for name in texts})


def _shapes(page: Sequence[Feature], *, place: str) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    try:
        shapes = shapely.force_2d(shapely.from_geojson(np.array([_polygon(one["shape"]) for one in page])))
    except (shapely.errors.GEOSException, ValueError, TypeError, RecursionError):
        shapes = np.array([shapely.Polygon()])
    # Whether it has an area is asked of the reader, which mends first: the halves of a bow tie cancel out.
    if shapely.is_empty(shapes).any():
        raise ServiceError(f"{shown(place)}: an outline is missing, or is none. Nothing was saved.")
    return shapes


def _polygon(said: object) -> str:
    if not isinstance(said, dict) or said.get("type") not in _AREAS:
        raise ValueError
    return json.dumps({"type": said["type"], "coordinates": said.get("coordinates")})


def check_codes(table: _Table, *, code: str, place: str, also: Sequence[str] = ()) -> _Table:
    """Hold codes of wards to their form, and each to standing once (with the other columns that make a key).

    Raises
    ------
    ServiceError
        If one is not the code of a ward, or stands twice.
    """
    codes = clean_codes(table[code].astype("str"))
    if not are_ward_codes(codes).all():
        raise ServiceError(
            f"{shown(place)}: {int((~are_ward_codes(codes)).sum()):,} of {len(codes):,} records have no code of a ward. "
            "Nothing was saved. Name another service with --service."
        )
    table = table.assign(**{code: codes})
    twice = int(pd.DataFrame(table[[code, *also]]).duplicated().sum())
    if twice:
        raise ServiceError(
            f"{shown(place)}: {twice:,} of {len(table):,} records repeat the code of a ward. Nothing was saved. "
            "Name another service with --service."
        )
    return table


def add_districts(wards: gpd.GeoDataFrame, lookup: pd.DataFrame, *, code: str, own: Columns) -> gpd.GeoDataFrame:
    """Give each ward its district from a lookup of the same vintage.

    Parameters
    ----------
    code
        Column of `wards` with the code.
    own
        Columns of `lookup`.

    Raises
    ------
    ServiceError
        If a ward is not in the lookup: the two are of different months then.
    """
    known = lookup.set_index(own.code)
    missing = int((~wards[code].isin(known.index)).sum())
    if missing:
        raise ServiceError(
            f"{missing:,} of {len(wards):,} wards are not in the lookup to districts: the two are of different vintages. "
            "Give the month with --vintage, e.g. 2023-12, or a service with --service."
        )
    added = [one for one in (own.district_code, own.district) if one]
    return wards.assign(**{name: wards[code].map(known[name]) for name in added})


def cut_areas(table: _Table, areas: Sequence[str], *, columns: Columns) -> _Table:
    """Keep the wards that are named: by their code, or by the code or the name of their district.

    Raises
    ------
    ServiceError
        If one of them is not there.
    """
    if not areas:
        return table
    cells = {name: table[name].astype("str").str.casefold() for name in columns.there if name != columns.name}
    wanted = pd.Series(False, index=table.index)
    unknown = []
    for area in areas:
        found = pd.concat([cell == area.strip().casefold() for cell in cells.values()], axis="columns").any(
            axis="columns"
        )
        wanted |= found
        if not found.any():
            unknown.append(f"'{shown(area)}'")
    if unknown:
        raise ServiceError(
            f"--area: no ward lies in {listed(unknown)}. Give codes of wards or districts, or names of districts as the ONS "
            "writes them. What was fetched is kept for the next try."
        )
    return table[wanted].reset_index(drop=True)
