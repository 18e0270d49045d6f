"""Wards' outlines from their cells: shared borders roughened once, so that neighbours share them exactly."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from data.demo import plan
from data.demo.cells import Cells, Integers
from data.demo.ground import Array

STEP_SHARE = 1 / 140
"""Length of a border's straight pieces, as a share of the shorter perimeter beside it."""
ROUGHNESS = 0.17
"""How far the middle of a straight piece moves aside (standard deviation, share of its length)."""

CLEARANCE = 0.7
"""Metres that a corner may move by without a border touching another: rounding to six decimals of a degree is safe."""


@dataclass(frozen=True)
class Arc:
    """A border between two junctions, with the wards on its sides."""

    points: Array
    """(k, 2) metres, EPSG:27700."""
    step: float
    """Metres: pieces longer than this are divided."""


def make_outlines(cells: Cells, ward: Integers, rng: np.random.Generator) -> NDArray[np.object_]:
    """Draw each ward.

    Parameters
    ----------
    ward
        (n,) ward of each cell, -1 outside.

    Returns
    -------
    numpy.ndarray
        (wards,) shapely polygons, EPSG:27700, whole metres; a valid coverage.
    """
    arcs = _arcs(cells, ward)
    lines = _roughened(arcs, rng)
    faces = shapely.get_parts(shapely.polygonize(lines))
    return _by_ward(faces, cells, ward)


def _arcs(cells: Cells, ward: Integers) -> list[Arc]:
    sides = ward[cells.pairs]
    border = sides[:, 0] != sides[:, 1]
    ends, sides = cells.ends[border], sides[border]
    perimeter = _perimeters(sides, cells.lengths[border])
    corners = cells.corners * 1000 + np.asarray(plan.ORIGIN)
    arcs = []
    for chain, first in _chains(ends):
        beside = sides[first]
        shortest = min(perimeter[side] for side in beside if side >= 0)
        arcs.append(Arc(corners[chain], step=1000 * shortest * STEP_SHARE))
    return arcs


def _perimeters(sides: Integers, lengths: Array) -> Array:
    total = np.zeros(sides.max() + 1)
    for column in (0, 1):
        inside = sides[:, column] >= 0
        total += np.bincount(sides[inside, column], weights=lengths[inside], minlength=len(total))
    return total


def _chains(ends: Integers) -> list[tuple[list[int], int]]:
    """String edges together between junctions; each chain comes with one of its edges."""
    at: dict[int, list[int]] = {}
    for edge, pair in enumerate(ends.tolist()):
        for corner in pair:
            at.setdefault(corner, []).append(edge)
    junctions = {corner for corner, edges in at.items() if len(edges) != 2}
    unused = set(range(len(ends)))
    chains = []
    for start in sorted(junctions):
        for edge in at[start]:
            if edge in unused:  # following a chain uses its edges up
                chain = _followed(start, edge, ends, at, junctions, unused)
                chains.append((chain, edge))
    while unused:
        edge = min(unused)
        chains.append((_followed(int(ends[edge, 0]), edge, ends, at, junctions, unused), edge))
    return chains


def _followed(
    start: int, edge: int, ends: Integers, at: dict[int, list[int]], junctions: set[int], unused: set[int]
) -> list[int]:
    chain, here = [start], start
    while True:
        unused.discard(edge)
        here = int(ends[edge].sum()) - here
        chain.append(here)
        onward = [other for other in at[here] if other in unused]
        if here in junctions or not onward:
            return chain
        edge = onward[0]


def _roughened(arcs: list[Arc], rng: np.random.Generator) -> NDArray[np.object_]:
    """Roughen every border, more gently where one would touch another, and not at all if need be."""
    seeds = rng.integers(2**63, size=len(arcs))
    roughness = np.full(len(arcs), ROUGHNESS)
    for _ in range(7):
        lines = np.array([_line(arc, float(r), int(s)) for arc, r, s in zip(arcs, roughness, seeds, strict=True)])
        wrong = _touching(lines)
        if not len(wrong):
            return lines
        roughness[wrong] = np.where(roughness[wrong] > 0.03, roughness[wrong] / 2, 0.0)
    raise RuntimeError("borders of the invented county cross: try another seed")


def _line(arc: Arc, roughness: float, seed: int) -> shapely.LineString:
    """Divide the pieces of a border until none is long, moving each new middle aside."""
    rng = np.random.Generator(np.random.PCG64(seed))
    points = arc.points
    while True:
        along = np.diff(points, axis=0)
        length = np.hypot(*along.T)
        divide = length > arc.step * 1.4
        if not divide.any():
            return shapely.LineString(_whole_metres(points))
        aside = np.column_stack([-along[:, 1], along[:, 0]])
        shift = np.clip(rng.normal(scale=roughness, size=len(along)), -2 * roughness, 2 * roughness)
        middle = points[:-1] + along / 2 + aside * shift[:, None]
        where = np.flatnonzero(divide)
        points = np.insert(points, where + 1, middle[where], axis=0)


def _whole_metres(points: Array) -> Array:
    rounded = np.rint(points)
    moved = np.concatenate([[True], (np.diff(rounded, axis=0) != 0).any(axis=1)])
    kept = rounded[moved]
    return kept if len(kept) > 1 else rounded[:2]


def _touching(lines: NDArray[np.object_]) -> Integers:
    """Number the lines that (all but) cross themselves, or meet another anywhere but at a shared end."""
    crossed = np.flatnonzero(~shapely.is_simple(lines) | (shapely.minimum_clearance(lines) < CLEARANCE))
    first, second = shapely.STRtree(lines).query(lines, predicate="intersects")
    apart = first < second
    first, second = first[apart], second[apart]
    shared = shapely.intersection(lines[first], lines[second])
    ends = shapely.intersection(shapely.boundary(lines[first]), shapely.boundary(lines[second]))
    together = shapely.multilinestrings(
        lines[np.column_stack([first, second])].ravel(), indices=np.repeat(np.arange(len(first)), 2)
    )
    wrong = ~shapely.equals(shared, ends) | (shapely.minimum_clearance(together) < CLEARANCE)
    return np.unique(np.concatenate([crossed, first[wrong], second[wrong]]))


def _by_ward(faces: NDArray[np.object_], cells: Cells, ward: Integers) -> NDArray[np.object_]:
    """Put faces in ward order: a face is the ward that most cells in it belong to."""
    inside = ward >= 0
    points = shapely.points(cells.sites[inside] * 1000 + np.asarray(plan.ORIGIN))
    face, point = shapely.STRtree(points).query(faces, predicate="contains")
    wards = np.empty(ward.max() + 1, dtype=object)
    for number, polygon in enumerate(faces):
        votes = ward[inside][point[face == number]]
        if len(votes):
            wards[int(np.bincount(votes).argmax())] = shapely.normalize(polygon)
    if any(polygon is None for polygon in wards):
        raise RuntimeError("a ward of the invented county has no outline: try another seed")
    return wards
