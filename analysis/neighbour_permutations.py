"""How unusual the surroundings of each ward are: pseudo p-values by drawing other wards in their place.

All local statistics of `familiar_statistics` share one set of draws. esda's own permutations are not used, for reasons
seen in esda 2.9: without its optional compiler they reseed NumPy's global generator (Lee's statistic uses it unseeded),
so that what one user gets depends on what another runs at that moment; they keep every simulated value where a two-sided
p-value is wanted; and a false-discovery rate over many wards needs far more draws than they make in a moment.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_BLOCK = 10_000
"""Draws made at once, which bounds the memory."""
_TIE = 1e-9
"""Sums this close, relative to the range of the values, are equal: the order of adding must not break a tie."""


@dataclass(frozen=True)
class NeighbourPValues:
    """Two-sided pseudo p-values of `n` wards. They are 1 where a ward has no neighbour."""

    around: Floats
    """(n, 2) of the sum of each measure over the neighbours, given the ward: local Moran, bivariate local Moran."""
    product: Floats
    """(n,) of the product of the two measures' sums over the neighbours, given the ward: local Lee."""
    together: Floats
    """(n, 2) of the sum of each measure over the ward and its neighbours: Gi*."""


def neighbour_p_values(
    values: Floats, *, adjacency: sp.csr_array, permutations: int, rng: np.random.Generator
) -> NeighbourPValues:
    """Compare the surroundings of each ward with those it would have if the wards were shuffled.

    Parameters
    ----------
    values : (n, 2) array
        Centred on 0 by column. The two values of a ward are drawn together.
    adjacency : (n, n) sparse array
        Binary, zero diagonal, no stored zeros.
    permutations : int
        Number of draws. No p-value is below 2 / (permutations + 1).

    Notes
    -----
    A draw is a random sequence of wards without repeats. For ward i with k neighbours its first k wards that are not i
    are a random choice of k others (conditional permutation, Anselin 1995), and its first k + 1 a random choice of k + 1
    of all. So one draw serves every ward, and only the wards that are in it need a step of their own.

    A p-value is twice the smaller tail, at most 1; a tail is (1 + draws at least as extreme) / (1 + draws). This never
    favours a finding, ties included. (The two-sided p-value of esda 2.9 is smaller by 1 / (1 + draws).)
    """
    degrees = np.diff(adjacency.indptr).astype(np.int64)
    around = np.asarray(adjacency @ values)
    observed = np.vstack([around.T, around.prod(axis=1), (around + values).T])
    tails = np.zeros((2, *observed.shape))
    for start in range(0, permutations, _BLOCK):
        draws = min(_BLOCK, permutations - start)
        drawn = draw_wards(len(values), size=int(degrees.max()) + 1, draws=draws, rng=rng)
        tails += _tails(values, drawn=drawn, degrees=degrees, observed=observed)
    p = np.minimum(1, 2 * (1 + tails.min(axis=0)) / (1 + permutations))
    p[:, degrees == 0] = 1
    return NeighbourPValues(around=p[:2].T, product=p[2], together=p[3:].T)


def draw_wards(wards: int, *, size: int, draws: int, rng: np.random.Generator) -> Integers:
    """Draw `size` different wards `draws` times: (size, draws) positions, each column a random sequence."""
    if 2 * size > wards:
        # most wards are wanted: shuffle all rather than draw until each is new
        return rng.permuted(np.tile(np.arange(wards), (draws, 1)), axis=1)[:, :size].T
    drawn = np.empty((size, draws), dtype=np.int64)
    for place in range(size):
        again = np.arange(draws)
        while again.size:
            new = rng.integers(wards, size=again.size)
            drawn[place, again] = new
            again = again[(drawn[:place, again] == new).any(axis=0)]
    return drawn


def _tails(values: Floats, *, drawn: Integers, degrees: Integers, observed: Floats) -> Floats:
    """(2, 5, n) how many draws are at least, and how many at most, what was observed."""
    sums = _running_sums(values, drawn=drawn)
    low, high = _with_ties(observed, values=values)
    ordered = np.sort(sums, axis=2)
    tails = np.zeros((2, *observed.shape))
    for degree in np.unique(degrees):
        same = degrees == degree
        for row, reference in enumerate([*ordered[:, degree], *ordered[:2, degree + 1]]):
            tails[0, row, same] = reference.size - np.searchsorted(reference, low[row, same], side="left")
            tails[1, row, same] = np.searchsorted(reference, high[row, same], side="right")
    tails[:, :3] += _correction(values, sums=sums, drawn=drawn, degrees=degrees, low=low, high=high)
    return tails


def _running_sums(values: Floats, *, drawn: Integers) -> Floats:
    """(3, size + 1, draws) sums of each measure over the first wards of each draw, none at first, and their product."""
    size, draws = drawn.shape
    sums = np.zeros((3, size + 1, draws))
    for measure in range(2):
        np.cumsum(values[drawn, measure], axis=0, out=sums[measure, 1:])
    sums[2] = sums[0] * sums[1]
    return sums


def _with_ties(observed: Floats, *, values: Floats) -> tuple[Floats, Floats]:
    """What is observed, a little lower and a little higher."""
    first, second = _TIE * np.ptp(values, axis=0)
    slack = np.array([first, second, first * second / _TIE, first, second])[:, None]
    return observed - slack, observed + slack


def _correction(
    values: Floats, *, sums: Floats, drawn: Integers, degrees: Integers, low: Floats, high: Floats
) -> Floats:
    """(2, 3, n) what to add to the tails: where a ward was drawn as its own neighbour, the next ward takes its place."""
    place, draw = np.nonzero(np.arange(len(drawn))[:, None] < degrees[drawn])
    ward = drawn[place, draw]
    wrong = sums[:, degrees[ward], draw]
    right = sums[:2, degrees[ward] + 1, draw] - values[ward].T
    right = np.vstack([right, right[0] * right[1]])
    change = np.zeros((2, 3, len(values)))
    for row in range(3):
        at_least = (right[row] >= low[row, ward]).astype(float) - (wrong[row] >= low[row, ward])
        at_most = (right[row] <= high[row, ward]).astype(float) - (wrong[row] <= high[row, ward])
        change[0, row] = np.bincount(ward, at_least, minlength=len(values))
        change[1, row] = np.bincount(ward, at_most, minlength=len(values))
    return change
