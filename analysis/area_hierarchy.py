"""Wards into compact pieces of enough residents, district by district: no event is looked at here."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from sklearn.cluster import AgglomerativeClustering

from analysis.patchwork import Piece, merge_short
from analysis.ward_land import WardLand


def pieces_by_residents(land: WardLand, *, least_residents: float) -> list[Piece]:
    """Put the wards of each district into compact, contiguous pieces of at least so many residents.

    For each district (each of its parts, where it is not in one piece) the wards are merged into a hierarchy: Ward's
    linkage of their centroids, only ever along a border (`sklearn.cluster.AgglomerativeClustering` with the contiguity
    as connectivity). It is cut as finely as it can be, at a different height in each branch: a branch is divided as
    long as at least one of its two halves has enough residents. Halves that have not are then merged with the best
    neighbour in their district. A district with too few residents in all is one piece.

    Returns
    -------
    list of lists of int
        Rows of wards: every ward in exactly one piece.
    """
    residents = land.residents[:, None]
    needed = np.array([least_residents])
    pieces: list[Piece] = []
    for part in _parts_of_districts(land):
        cut = _cut_finely(part, land=land, least_residents=least_residents)
        pieces += merge_short(cut, land=land, amounts=residents, needed=needed)
    return sorted(pieces)


def _parts_of_districts(land: WardLand) -> Iterator[NDArray[np.intp]]:
    pairs = land.borders.tocoo()
    within = land.district[pairs.row] == land.district[pairs.col]
    links = csr_array((np.ones(within.sum()), (pairs.row[within], pairs.col[within])), shape=pairs.shape)
    parts, part = connected_components(links, directed=False)
    return (np.flatnonzero(part == number) for number in range(parts))


def _cut_finely(part: NDArray[np.intp], *, land: WardLand, least_residents: float) -> list[Piece]:
    if len(part) == 1:
        return [part.tolist()]
    halves = _hierarchy(part, land=land)
    wards = len(part)
    residents = np.concatenate([land.residents[part], np.zeros(len(halves))])
    for number, (one, other) in enumerate(halves):
        residents[wards + number] = residents[one] + residents[other]
    pieces, branches = [], [wards + len(halves) - 1]
    while branches:
        branch = branches.pop()
        if branch >= wards and residents[halves[branch - wards]].max() >= least_residents:
            branches.extend(halves[branch - wards].tolist())
        else:
            pieces.append(part[_leaves(branch, halves=halves, wards=wards)].tolist())
    return pieces


def _hierarchy(part: NDArray[np.intp], *, land: WardLand) -> NDArray[np.intp]:
    """(wards - 1, 2) the two halves of each branch: a ward if below the number of wards, else an earlier branch."""
    touching = land.borders[part][:, part].copy()
    touching.data = np.ones_like(touching.data)  # a shared corner is a link too, though its border is 0 m long
    model = AgglomerativeClustering(n_clusters=None, distance_threshold=0, linkage="ward", connectivity=touching)
    return np.asarray(model.fit(land.centres[part]).children_, dtype=np.intp)


def _leaves(branch: int, *, halves: NDArray[np.intp], wards: int) -> list[int]:
    found, branches = [], [branch]
    while branches:
        branch = branches.pop()
        if branch < wards:
            found.append(branch)
        else:
            branches.extend(halves[branch - wards].tolist())
    return sorted(found)
