"""Where records say they are: coordinates in the wards' system, missing where there is no usable location."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from data.errors import RefusedInputError
from geo.ward_checks import crs_name

GRID = pyproj.CRS("EPSG:27700")
"""What columns called easting and northing are in."""


def record_points(records: pd.DataFrame, *, crs: pyproj.CRS) -> NDArray[np.float64]:
    """Give each record's coordinates in the wards' system.

    The points of a GeoDataFrame are used where it has them, otherwise `easting` and `northing` (EPSG:27700, metres).
    Without the national grid-shift file a conversion from longitude and latitude is good to a few metres.

    Parameters
    ----------
    records : (n,) DataFrame or GeoDataFrame
    crs
        System to convert to.

    Returns
    -------
    (n, 2) array
        x and y; NaN in both where either is absent or not finite.

    Raises
    ------
    RefusedInputError
        If a GeoDataFrame does not say its CRS, or holds anything but points.
    """
    if isinstance(records, gpd.GeoDataFrame) and records.active_geometry_name is not None:
        return _converted(_geometry_xy(records, crs=crs), given=pyproj.CRS(records.crs), wanted=crs)
    if {"easting", "northing"} <= set(records.columns):
        return _converted(_column_xy(records), given=GRID, wanted=crs)
    return np.full((len(records), 2), np.nan)


def _geometry_xy(records: gpd.GeoDataFrame, *, crs: pyproj.CRS) -> NDArray[np.float64]:
    if records.crs is None:
        raise RefusedInputError(
            "The points do not say which coordinate reference system they are in, and the wards are in "
            f"{crs_name(crs)}. State it with records.set_crs(...), e.g. EPSG:4326 for longitude and latitude."
        )
    shapes = np.asarray(records.geometry.array, dtype=object)
    other = int((shapely.get_type_id(shapes) > 0).sum())
    if other:
        raise RefusedInputError(
            f"{other} of {len(records)} records are not points. Give one point for each record, or a ward code."
        )
    # By index rather than x and y of each: a missing or empty point has no coordinates.
    coordinates, row = shapely.get_coordinates(shapes, return_index=True)
    xy = np.full((len(shapes), 2), np.nan)
    xy[row] = coordinates
    return xy


def _column_xy(records: pd.DataFrame) -> NDArray[np.float64]:
    # Coercing rather than casting: a cast that fails would put the cell's value into its message.
    columns = [pd.to_numeric(records[name], errors="coerce") for name in ("easting", "northing")]
    return np.column_stack([column.to_numpy(dtype=np.float64, na_value=np.nan) for column in columns])


def _converted(xy: NDArray[np.float64], *, given: pyproj.CRS, wanted: pyproj.CRS) -> NDArray[np.float64]:
    known = np.isfinite(xy).all(axis=1)
    out = np.full(xy.shape, np.nan)
    if given.equals(wanted, ignore_axis_order=True):
        out[known] = xy[known]
        return out
    places, which = distinct(xy[known])
    move = pyproj.Transformer.from_crs(given, wanted, always_xy=True)
    moved = np.column_stack(move.transform(places[:, 0], places[:, 1]))
    moved[~np.isfinite(moved).all(axis=1)] = np.nan
    out[known] = moved[which]
    return out


def distinct(xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Give the different places among coordinates (sorted by x, then y), and which of them each row is.

    Recorded crime is snapped to street points: 210,000 real rows stand on 20,000 places.
    """
    places, which = np.unique(np.ascontiguousarray(xy).view(np.complex128).ravel(), return_inverse=True)
    return np.column_stack([places.real, places.imag]), which
