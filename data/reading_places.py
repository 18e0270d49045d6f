"""Reading residents of areas finer than wards (output areas, say), as outlines or as points."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from data.errors import RefusedInputError
from data.headings import find_columns
from data.input_guard import check_file
from data.limits_settings import LIMITS, Limits
from data.numbers import parse_numbers
from data.settings import Population
from data.ward_files import GEOJSON, WARD_SUFFIXES, open_wards, read_outlines
from data.ward_shapes import to_grid

_SECTION = "population"
_KINDS = "Use GeoJSON, GeoPackage, a shapefile (zipped too) or GeoParquet."


def read_places(path: Path, settings: Population, *, limits: Limits = LIMITS) -> gpd.GeoDataFrame:
    """Read residents of finer areas. Codes and names are not read: only where the areas lie, and how many live there.

    Parameters
    ----------
    path
        Outlines or points of one layer, with the column that the settings name under `[population] residents`.

    Returns
    -------
    GeoDataFrame
        `residents` (float, zero or more) and a point inside each area, EPSG:27700.

    Raises
    ------
    RefusedInputError
        If it cannot be read, lacks the column, or holds what is no number of people, or no place.
    """
    check_file(path, suffixes=WARD_SUFFIXES, do=_KINDS, limits=limits)
    opened = open_wards(path, layer=None, limits=limits)
    column = opened.columns[
        find_columns(opened.columns, {"residents": settings.residents}, file=path.name, section=_SECTION)["residents"]
    ]
    frame, _ = read_outlines(opened, [column], file=path.name, limits=limits)
    people = parse_numbers(frame[column].astype("str"))
    if not (people >= 0).all():
        raise RefusedInputError(
            f"{path.name}, column '{column}': {int((~(people >= 0)).sum()):,} of {len(people):,} areas have no number of people. "
            "Fill them in at the source."
        )
    if (frame.geometry.isna() | frame.geometry.is_empty).any():
        raise RefusedInputError(f"{path.name}: some areas have no place. Every area needs its outline or its point.")
    on_grid = to_grid(frame.geometry, stated=None, standard=path.suffix.lower() in GEOJSON, file=path.name)
    shapes = np.asarray(on_grid.array, dtype=np.object_)
    inside = shapely.point_on_surface(shapely.make_valid(shapely.force_2d(shapes)))
    return gpd.GeoDataFrame({"residents": people.to_numpy(dtype=float)}, geometry=inside, crs=on_grid.crs)
