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
    covering = _covering(places, outlines)
    near = _near(places, outlines, asked=np.flatnonzero(covering == NOWHERE), tolerance=tolerance)
    ward[known] = np.where(covering == NOWHERE, near, covering)[which]
    nearest[known] = (near != NOWHERE)[which]
    return Located(ward=ward, nearest=nearest)


def _covering(places: NDArray[np.float64], outlines: NDArray[np.object_]) -> NDArray[np.intp]:
    """Find the first outline that covers each place; the places are sorted by x, as `distinct` gives them.

    One outline after another, and only on the places in its box that have no ward yet: the first then wins by itself,
    and no geometry is made for any place. Half the time of asking a tree of outlines for every point (bench/join.py).
    """
    x, y = np.ascontiguousarray(places[:, 0]), np.ascontiguousarray(places[:, 1])
    boxes = shapely.bounds(outlines)
    first, last = np.searchsorted(x, boxes[:, 0], side="left"), np.searchsorted(x, boxes[:, 2], side="right")
    ward = np.full(len(places), NOWHERE, dtype=np.intp)
    for outline in np.flatnonzero(first < last):
        span = slice(first[outline], last[outline])
        low, high = boxes[outline, 1], boxes[outline, 3]
        asked = first[outline] + np.flatnonzero((ward[span] == NOWHERE) & (y[span] >= low) & (y[span] <= high))
        if len(asked):
            shapely.prepare(outlines[outline])
            ward[asked[shapely.intersects_xy(outlines[outline], x[asked], y[asked])]] = outline
    return ward


def _near(
    places: NDArray[np.float64], outlines: NDArray[np.object_], *, asked: NDArray[np.intp], tolerance: float
) -> NDArray[np.intp]:
    """Find the first of the nearest outlines to each place that was asked for, within the tolerance."""
    ward = np.full(len(places), NOWHERE, dtype=np.intp)
    if not len(asked):
        return ward
    points = np.asarray(shapely.points(places[asked]), dtype=np.object_)
    tree = shapely.STRtree(outlines)
    # Asked a little wider than wanted: `dwithin` and `distance` need not round alike, and one of them must decide.
    point, outline = tree.query(points, predicate="dwithin", distance=tolerance + _SAME_DISTANCE)
    distance = shapely.distance(points[point], outlines[outline])
    within = distance <= tolerance
    point, outline, distance = point[within], outline[within], distance[within]
    least = np.full(len(asked), np.inf)
    np.minimum.at(least, point, distance)
    closest = distance <= least[point] + _SAME_DISTANCE
    beyond = len(outlines)
    chosen = np.full(len(asked), beyond, dtype=np.intp)
    np.minimum.at(chosen, point[closest], outline[closest])
    ward[asked] = np.where(chosen == beyond, NOWHERE, chosen)
    return ward
