"""Cells put together into wards: each district, town by town and bank by bank, into pieces that hang together."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from data.demo import plan
from data.demo.cells import Cells, Integers
from data.demo.ground import Array, Ground, warped

Flags = NDArray[np.bool_]
OUTSIDE = -1
SHORTEST_SHARED_EDGE_KM = 0.06
"""Cells that share less than this do not count as joined: a ward must not hang by a thread."""


CENTRE_REACH_KM = 1.3
"""How far round its middle a town is more densely peopled, and its wards smaller."""


@dataclass(frozen=True)
class Piece:
    """Cells of one kind that are divided into wards among themselves: a town, or the country of a district."""

    district: str
    code: str
    town: str | None
    centre: plan.Point
    wards: int


@dataclass(frozen=True)
class Partition:
    """Which ward each cell belongs to, and which piece each ward."""

    ward: Integers
    """(n,) ward of each cell, `OUTSIDE` for sea and neighbouring counties."""
    pieces: tuple[Piece, ...]
    """One per ward."""


def make_partition(cells: Cells, ground: Ground, rng: np.random.Generator) -> Partition:
    """Divide the county's cells into districts, towns and wards.

    Returns
    -------
    Partition
        Wards are numbered piece by piece; each is one connected set of cells.
    """
    group, pieces = _group_cells(cells, ground, rng)
    group = _connected(group, cells, fixed=len(pieces))
    bent = warped(cells.sites, amplitude=0.5, wavelength=3.0, rng=rng)
    fine = warped(bent, amplitude=0.10, wavelength=0.8, rng=rng)
    ward = np.full(len(cells.sites), OUTSIDE)
    of_ward: list[Piece] = []
    for number, piece in enumerate(pieces):
        members = np.flatnonzero(group == number)
        ward[members] = len(of_ward) + _balanced_clusters(fine[members], piece, rng)
        of_ward += [piece] * piece.wards
    within = np.array([pieces.index(piece) for piece in of_ward])
    return Partition(_connected(ward, cells, fixed=len(of_ward), within=within), tuple(of_ward))


def _group_cells(cells: Cells, ground: Ground, rng: np.random.Generator) -> tuple[Integers, list[Piece]]:
    """Give each cell of the county its piece: the country of a district, then the towns in it, the city, the island."""
    sites = cells.sites
    side = np.where(shapely.contains_xy(ground.north_bank, *sites.T), plan.NORTH, plan.SOUTH)
    side[~shapely.contains_xy(ground.mainland, *sites.T)] = OUTSIDE
    parts = [*_country(sites, side, rng), *_built_up(sites, side, rng), _island(sites, ground)]
    group = np.full(len(sites), OUTSIDE)
    for number, (_, members) in enumerate(parts):
        group[members] = number
    return group, [piece for piece, _ in parts]


def _country(sites: Array, side: Integers, rng: np.random.Generator) -> Iterator[tuple[Piece, Flags]]:
    district = _nearest_district(warped(sites, amplitude=0.75, wavelength=5.0, rng=rng), side)
    for number, place in enumerate(plan.DISTRICTS):
        piece = Piece(place.name, place.code, None, place.centre, place.country_wards)
        yield piece, (district == number) & (side == place.side)


def _built_up(sites: Array, side: Integers, rng: np.random.Generator) -> Iterator[tuple[Piece, Flags]]:
    """Give the towns, and the city on each bank; what comes later takes cells from what came before."""
    bent = warped(sites, amplitude=0.3, wavelength=2.2, rng=rng)
    for place in plan.DISTRICTS:
        for town in place.towns:
            piece = Piece(place.name, place.code, town.name, town.centre, town.wards)
            yield piece, (side == place.side) & _within(bent, town)
    bent = warped(bent, amplitude=0.85, wavelength=5.5, rng=rng)
    for bank in (plan.NORTH, plan.SOUTH):
        piece = Piece(plan.CITY_DISTRICT, plan.CITY_CODE, plan.CITY.name, plan.CITY.centre, plan.CITY.wards // 2)
        yield piece, (side == bank) & _within(bent, plan.CITY)


def _island(sites: Array, ground: Ground) -> tuple[Piece, Flags]:
    place = next(place for place in plan.DISTRICTS if place.name == plan.ISLAND_DISTRICT)
    inside = np.asarray(shapely.contains_xy(ground.island, *sites.T))
    return Piece(place.name, place.code, None, plan.ISLAND[0], 1), inside


def _nearest_district(points: Array, side: Integers) -> Integers:
    centres = np.array([place.centre for place in plan.DISTRICTS])
    reach = np.array([place.reach for place in plan.DISTRICTS])
    sides = np.array([place.side for place in plan.DISTRICTS])
    distance = np.hypot(*(points[:, None, :] - centres[None]).transpose(2, 0, 1)) / reach
    distance[side[:, None] != sides[None]] = np.inf
    return np.asarray(distance.argmin(axis=1))


def _within(points: Array, town: plan.Town) -> Flags:
    return np.asarray(np.hypot(*(points - np.asarray(town.centre)).T) < town.radius)


def _balanced_clusters(points: Array, piece: Piece, rng: np.random.Generator, *, rounds: int = 40) -> Integers:
    """Divide points into clusters of not too unequal population (Lloyd's method with additive weights)."""
    number = piece.wards
    centres = points[rng.choice(len(points), size=number, replace=False)]
    area = _areas(points)
    if piece.town:
        area = area * (1 + 2.5 * np.exp(-np.hypot(*(points - np.asarray(piece.centre)).T) / CENTRE_REACH_KM))
    target = area.sum() / number * np.exp(rng.normal(scale=0.25, size=number))
    target *= area.sum() / target.sum()
    weight = np.zeros(number)
    label = np.zeros(len(points), dtype=np.int64)
    for _ in range(rounds):
        squared = ((points[:, None, :] - centres[None]) ** 2).sum(axis=2)
        label = (squared - weight).argmin(axis=1)
        size = np.bincount(label, weights=area, minlength=number)
        filled = size > 0
        mean = np.column_stack([np.bincount(label, weights=area * axis, minlength=number) for axis in points.T])
        centres = np.where(filled[:, None], mean / np.where(filled, size, 1)[:, None], centres)
        weight = weight + 0.12 * (target - size)
    return label


def _areas(points: Array) -> Array:
    """Stand in for the area of each cell: the square of the distance to its third neighbour."""
    distance, _ = cKDTree(points).query(points, k=4)
    return np.asarray(distance)[:, -1] ** 2


def _connected(label: Integers, cells: Cells, *, fixed: int, within: Integers | None = None) -> Integers:
    """Give every stray part of a group to the neighbouring group that it borders most.

    With `within`, strays stay in groups of the same piece where they border one.
    """
    label = label.copy()
    joined = cells.lengths > SHORTEST_SHARED_EDGE_KM
    pairs, lengths = cells.pairs[joined], cells.lengths[joined]
    for _ in range(50):
        part = _parts(label, pairs)
        size = np.bincount(part)
        home = np.full(fixed, -1)
        if np.bincount(label[label != OUTSIDE], minlength=fixed).min() == 0:
            raise RuntimeError("a part of the invented county has no cells left: try another seed")
        for number in range(fixed):
            home[number] = part[label == number][size[part[label == number]].argmax()]
        stray = (label != OUTSIDE) & (part != home[label])
        if not stray.any():
            return _holes_filled(label, pairs)
        label = _given_away(label, part, stray, pairs, lengths, within)
    raise RuntimeError("the invented county could not be divided into connected wards: try another seed")


def _parts(label: Integers, pairs: Integers) -> Integers:
    same = pairs[label[pairs[:, 0]] == label[pairs[:, 1]]]
    shape = (len(label), len(label))
    graph: csr_array = coo_array((np.ones(len(same)), (same[:, 0], same[:, 1])), shape=shape).tocsr()
    return np.asarray(connected_components(graph, directed=False)[1])


def _given_away(
    label: Integers, part: Integers, stray: Flags, pairs: Integers, lengths: Array, within: Integers | None
) -> Integers:
    """Move the stray parts, each to the settled neighbour it shares most edge with."""
    new = label.copy()
    both = np.vstack([pairs, pairs[:, ::-1]])
    twice = np.concatenate([lengths, lengths])
    for number in np.unique(part[stray]):
        here = part[both[:, 0]] == number
        there = both[here, 1]
        settled = (part[there] != number) & ~stray[there] & (label[there] != OUTSIDE)
        if not settled.any():
            new[part == number] = OUTSIDE
            continue
        share = np.bincount(label[there[settled]], weights=twice[here][settled])
        if within is not None:
            own = within[label[part == number][0]]
            share = share * np.where(within[: len(share)] == own, 1.0, 1e-6)
        new[part == number] = int(share.argmax())
    return new


def _holes_filled(label: Integers, pairs: Integers) -> Integers:
    """Give cells outside the county that are shut in by it to a neighbour: a county has no pinholes."""
    new = label.copy()
    outside = _parts(label, pairs)
    sea = np.bincount(outside[label == OUTSIDE]).argmax()
    for cell in np.flatnonzero((label == OUTSIDE) & (outside != sea)):
        touching = np.concatenate([pairs[pairs[:, 0] == cell, 1], pairs[pairs[:, 1] == cell, 0]])
        inside = label[touching][label[touching] != OUTSIDE]
        if len(inside):
            new[cell] = np.bincount(inside).argmax()
    return new
