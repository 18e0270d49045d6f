"""What every spatial step asks of a table of wards before it starts."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.errors import RefusedInputError

WARD_COLUMNS = ("ward_code", "ward_name", "district")
_SHOWN = 5


def check_wards(wards: gpd.GeoDataFrame) -> None:
    """Check that wards can be computed with: their columns, codes, CRS (projected, in metres) and outlines.

    Raises
    ------
    RefusedInputError
        What is wrong, with which wards, and what to do. Ward codes are public, so they are named.
    """
    _check_columns(wards)
    _check_crs(wards)
    _check_codes(wards["ward_code"])
    _check_outlines(wards)


def _check_columns(wards: gpd.GeoDataFrame) -> None:
    missing = [column for column in WARD_COLUMNS if column not in wards.columns]
    if missing:
        raise RefusedInputError(
            f"The wards have no column {', '.join(missing)}. "
            "Say in the settings, under [wards], which columns hold the code, the name and the district."
        )


def _check_crs(wards: gpd.GeoDataFrame) -> None:
    cure = "Convert the wards to EPSG:27700 (British National Grid, metres) with wards.to_crs('EPSG:27700')."
    if wards.crs is None:
        raise RefusedInputError(
            "The wards do not say which coordinate reference system they are in; expected a projected one in metres, "
            "such as EPSG:27700. State it under [wards] crs in the settings."
        )
    if not wards.crs.is_projected or any(axis.unit_conversion_factor != 1 for axis in wards.crs.axis_info):
        raise RefusedInputError(
            f"The wards are in {crs_name(wards.crs)}; expected a projected system in metres, such as EPSG:27700. {cure}"
        )


def _check_codes(codes: "pd.Series[str]") -> None:
    stripped = codes.astype("str").str.strip()
    blank = int((stripped.isna() | (stripped == "")).sum())
    if blank:
        raise RefusedInputError(f"{blank} of {len(codes)} wards have no ward code. Complete the boundaries file.")
    repeated = stripped[stripped.duplicated()].unique()
    if len(repeated):
        raise RefusedInputError(
            f"Ward codes must be unique, but {_some(repeated)} come more than once. "
            "Merge the parts of each ward, or remove the second vintage from the boundaries file."
        )


def _check_outlines(wards: gpd.GeoDataFrame) -> None:
    outlines = outlines_of(wards)
    absent = wards.geometry.isna() | wards.geometry.is_empty
    unlike = ~absent & ~wards.geometry.geom_type.isin(["Polygon", "MultiPolygon"])
    broken = ~absent & ~unlike & ~shapely.is_valid(outlines)
    for wrong, what in (
        (absent, "no outline"),
        (unlike, "an outline that is not an area"),
        (broken, "a broken outline"),
    ):
        if wrong.any():
            raise RefusedInputError(
                f"Wards with {what}: {_some(wards.loc[wrong.to_numpy(), 'ward_code'])}. "
                "Correct the boundaries file, or read it with read_wards, which repairs broken outlines."
            )


def outlines_of(wards: gpd.GeoDataFrame) -> NDArray[np.object_]:
    """Give the outlines as the array that shapely works on."""
    return np.asarray(wards.geometry.array, dtype=np.object_)


def crs_name(crs: object) -> str:
    """Name a coordinate reference system as people know it, e.g. `WGS 84 (EPSG:4326)`."""
    name, authority = getattr(crs, "name", str(crs)), getattr(crs, "to_authority", lambda: None)()
    return f"{name} ({':'.join(authority)})" if authority else str(name)


def _some(codes: object) -> str:
    listed = [str(code) for code in codes]  # type: ignore[attr-defined]
    more = len(listed) - _SHOWN
    return ", ".join(listed[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
