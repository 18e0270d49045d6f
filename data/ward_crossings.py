"""How often an outline crosses itself: mending takes time and memory for every crossing, and there can be a million millions."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

_PAIRS_AT_ONCE = 4_000_000
"""Pairs of edges looked at in one step, at most: what bounds the memory."""


def are_tangled(shapes: gpd.GeoSeries, *, most: int) -> "pd.Series[bool]":
    """Tell which outlines cross themselves more often than `most` times. Only broken ones are looked at."""
    flat = shapes.to_numpy()
    tangled = np.zeros(len(flat), dtype=np.bool_)
    for place in np.flatnonzero(~shapely.is_valid(flat) & ~shapely.is_missing(flat)):
        tangled[place] = _crosses_more_than(flat[place], most=most)
    return pd.Series(tangled, index=shapes.index)


def _crosses_more_than(shape: BaseGeometry, *, most: int) -> bool:
    edges = _edges(shape)
    tree = shapely.STRtree(edges)
    step = max(1, _PAIRS_AT_ONCE // max(1, len(edges)))
    found = 0
    for first in range(0, len(edges), step):
        asked, _ = tree.query(edges[first : first + step], predicate="crosses")
        found += len(asked)
        if found > 2 * most:  # every crossing is found from both edges
            return True
    return False


def _edges(shape: BaseGeometry) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    rings = shapely.get_rings(shapely.get_parts(shape))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    within = ring[:-1] == ring[1:]
    ends = np.stack([points[:-1][within], points[1:][within]], axis=1)
    return np.asarray(shapely.linestrings(ends), dtype=np.object_)
