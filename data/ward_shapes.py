"""Ward outlines brought to the British National Grid (EPSG:27700) and mended."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry.base import BaseGeometry

from data.errors import RefusedInputError, UsageError

GRID = "EPSG:27700"
_POLYGONS = ("Polygon", "MultiPolygon")
# The grid with room around it: outlines may reach out to sea.
_GRID_BOUNDS = (-200_000.0, -200_000.0, 900_000.0, 1_400_000.0)


def to_grid(shapes: gpd.GeoSeries, *, stated: str | None, standard: bool, file: str) -> gpd.GeoSeries:
    """Convert outlines to EPSG:27700.

    Parameters
    ----------
    shapes
        Outlines with the file's coordinate reference system, if it names one.
    stated
        The system that the settings name, for a file that names none.
    standard
        Whether the system is only the one its format implies (GeoJSON: EPSG:4326), so that coordinates that cannot be degrees
        contradict it.
    file
        Name of the file, for messages.

    Raises
    ------
    RefusedInputError
        If no system is known, or the outlines then do not lie in Great Britain.
    UsageError
        If the settings name a system that does not exist.
    """
    implied_wrong = standard and shapes.crs is not None and shapes.crs.is_geographic and not _are_degrees(shapes)
    if implied_wrong and stated is None:
        raise RefusedInputError(
            f"{file}: GeoJSON is in degrees by its standard, but these coordinates are not. Say under [wards] crs what they are "
            "(for metres on the National Grid: EPSG:27700), or export the file in EPSG:4326."
        )
    if shapes.crs is None or implied_wrong:
        shapes = shapes.set_crs(_stated(stated, file=file), allow_override=True)
    system = shapes.crs.name if shapes.crs else ""
    try:
        on_grid = shapes.to_crs(GRID)
    except ProjError:
        raise RefusedInputError(
            f"{file}: there is no way from the coordinate reference system '{system}' to the National Grid. "
            "Export the file in EPSG:27700 or EPSG:4326."
        ) from None
    low_x, low_y, high_x, high_y = on_grid.total_bounds
    if not (
        _GRID_BOUNDS[0] <= low_x
        and _GRID_BOUNDS[1] <= low_y
        and high_x <= _GRID_BOUNDS[2]
        and high_y <= _GRID_BOUNDS[3]
    ):
        raise RefusedInputError(
            f"{file}: read as {system}, these wards do not lie in Great Britain. The coordinate reference system is wrong: "
            "correct it in the file, or in [wards] crs where the file names none."
        )
    return on_grid


def _stated(stated: str | None, *, file: str) -> CRS:
    if stated is None:
        raise RefusedInputError(
            f"{file}: the file does not say its coordinate reference system. Say it under [wards] crs in the settings "
            "(for metres on the National Grid: EPSG:27700; for longitude and latitude: EPSG:4326)."
        )
    try:
        return CRS.from_user_input(stated)
    except CRSError:
        raise UsageError(
            f"[wards] crs: '{stated}' is not a coordinate reference system. Write it as EPSG:27700."
        ) from None


def _are_degrees(shapes: gpd.GeoSeries) -> bool:
    low_x, low_y, high_x, high_y = shapes.total_bounds
    return bool(low_x >= -180 and high_x <= 180 and low_y >= -90 and high_y <= 90)


def are_shapeless(shapes: gpd.GeoSeries) -> "pd.Series[bool]":
    """Tell which outlines are missing, empty or hold a number that is none."""
    points, owners = shapely.get_coordinates(shapes.to_numpy(), return_index=True)
    shapeless = (shapes.isna() | shapes.is_empty).to_numpy(copy=True)
    shapeless[owners[~np.isfinite(points).all(axis=1)]] = True
    return pd.Series(shapeless, index=shapes.index)


def mend(shapes: gpd.GeoSeries) -> "tuple[gpd.GeoSeries, pd.Series[bool]]":
    """Make outlines valid and flat: rings that cross themselves are untangled, and only areas are kept.

    Returns
    -------
    GeoSeries, Series of bool
        Polygons and multipolygons (empty or missing where nothing has an area), and which of them had to be mended.
    """
    flat = shapely.force_2d(shapes.to_numpy())
    broken = ~shapely.is_valid(flat) & ~shapely.is_missing(flat)
    mended = flat.copy()
    mended[broken] = shapely.make_valid(flat[broken], method="structure", keep_collapsed=False)
    areas = np.array([_areas(shape) for shape in mended], dtype=object)
    return gpd.GeoSeries(areas, index=shapes.index, crs=shapes.crs), pd.Series(broken, index=shapes.index)


def _areas(shape: BaseGeometry | None) -> BaseGeometry | None:
    """Keep what has an area: a mended outline can come with the line or point it hung on."""
    if shape is None or shape.geom_type in _POLYGONS:
        return shape
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type in _POLYGONS])
