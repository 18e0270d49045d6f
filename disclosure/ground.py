"""Which wards of two sets of boundaries are the same ground."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

_SAME_LINE = 1.0
"""Metres: an outline that lies as near as this to another at every corner is the same."""
_SAME_GROUND = 0.02
"""Share of a ward's ground by which two outlines of it may differ and still be the same, drawn more or less finely."""


@dataclass(frozen=True)
class Ground:
    """Each of `n` wards among the wards of another set of boundaries."""

    row: NDArray[np.intp]
    """(n,) row of the same ward there; -1 where there is none."""
    changed: NDArray[np.bool_]
    """(n,) whether its ground lies in other wards there, in part or as a whole."""


def same_ground(wards: gpd.GeoDataFrame, *, other: gpd.GeoDataFrame) -> Ground:
    """Find wards in another set of boundaries, by code and outline.

    Parameters
    ----------
    wards, other : GeoDataFrame
        `ward_code` and outlines, EPSG:27700.
    """
    row = pd.Index(other["ward_code"]).get_indexer(pd.Index(wards["ward_code"]))
    mine, theirs = np.asarray(wards.geometry), np.asarray(other.geometry)
    found = row >= 0
    same = found.copy()
    same[found] = _is_same(mine[found], theirs[row[found]])
    return Ground(row=np.where(same, row, -1), changed=~same & _lies_in(mine, theirs))


def _is_same(mine: NDArray[np.object_], theirs: NDArray[np.object_]) -> NDArray[np.bool_]:
    same = np.array(shapely.equals_exact(mine, theirs, tolerance=_SAME_LINE))
    apart = shapely.area(shapely.symmetric_difference(mine[~same], theirs[~same]))
    same[~same] = apart <= _SAME_GROUND * shapely.area(mine[~same])
    return same


def _lies_in(mine: NDArray[np.object_], theirs: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Whether more of a ward than a border drawn otherwise lies in the others."""
    ward, there = shapely.STRtree(theirs).query(mine, predicate="intersects")
    overlap = shapely.area(shapely.intersection(mine[ward], theirs[there]))
    shared = np.bincount(ward, weights=overlap, minlength=len(mine))
    return np.asarray(shared > _SAME_GROUND * shapely.area(mine))
