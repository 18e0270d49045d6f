"""Points to wards: point in polygon with exactly one answer, and the nearest ward for points just outside."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.record_points import distinct

NOWHERE = -1
_SAME_DISTANCE = 1e-6
"""Metres. Distances that differ by less are the same: the difference is rounding, not geography."""


@dataclass(frozen=True)
class Located:
    """Which ward each point belongs to.

    Attributes
    ----------
    ward : (n,) int array
        Position of the ward; -1 where there is none.
    nearest : (n,) bool array
        True where the point is outside every ward, but close enough to one.
    """

    ward: NDArray[np.intp]
    nearest: NDArray[np.bool_]


def locate(xy: NDArray[np.float64], outlines: NDArray[np.object_], *, tolerance: float) -> Located:
    """Give every point one ward, or none.

    A point belongs to the ward that covers it, border included. Where several do (a shared border, a corner, an
    overlap) the first of them wins. A point that none covers (outside the area, or in a gap between two wards) goes
    to the nearest ward not further than `tolerance`, the first of those equally near. So the caller decides ties by
    the order of `outlines`, and the order of the points has no part in it.

    Parameters
    ----------
    xy : (n, 2) array
        Metres; a row that is not finite has no location and no ward.
    outlines : (m,) array of valid Polygon or MultiPolygon
        In the same CRS.
    tolerance
        Metres.
    """
    ward = np.full(len(xy), NOWHERE, dtype=np.intp)
    nearest = np.zeros(len(xy), dtype=np.bool_)
    known = np.isfinite(xy).all(axis=1)
    if not known.any() or not len(outlines):
        return Located(ward=ward, nearest=nearest)
    places, which = distinct(xy[known])
    points = np.asarray(shapely.points(places), dtype=np.object_)
    tree = shapely.STRtree(outlines)
    covering = _covering(points, tree)
    near = _near(points, tree, outlines, where=covering == NOWHERE, tolerance=tolerance)
    ward[known] = np.where(covering == NOWHERE, near, covering)[which]
    nearest[known] = ((covering == NOWHERE) & (near != NOWHERE))[which]
    return Located(ward=ward, nearest=nearest)


def _covering(points: NDArray[np.object_], tree: shapely.STRtree) -> NDArray[np.intp]:
    point, outline = tree.query(points, predicate="intersects")
    return _first(point, outline, count=len(points))


def _near(
    points: NDArray[np.object_],
    tree: shapely.STRtree,
    outlines: NDArray[np.object_],
    *,
    where: NDArray[np.bool_],
    tolerance: float,
) -> NDArray[np.intp]:
    asked = np.flatnonzero(where)
    near, outline = tree.query(points[asked], predicate="dwithin", distance=tolerance)
    point = asked[near]
    distance = shapely.distance(points[point], outlines[outline])
    least = np.full(len(points), np.inf)
    np.minimum.at(least, point, distance)
    closest = distance <= least[point] + _SAME_DISTANCE
    return _first(point[closest], outline[closest], count=len(points))


def _first(point: NDArray[np.intp], outline: NDArray[np.intp], *, count: int) -> NDArray[np.intp]:
    beyond = np.iinfo(np.intp).max
    first = np.full(count, beyond, dtype=np.intp)
    np.minimum.at(first, point, outline)
    return np.where(first == beyond, NOWHERE, first)
