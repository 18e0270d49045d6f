"""How far neighbours are alike in the whole area: Moran's I and Lee's L of two measures, one number each."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MORAN_EXPLANATION = (
    "Says how far wards that are high on one measure lie next to wards that are high on the same or on the other: "
    "0 if no more than by chance, towards 1 if nearly always."
)
LEE_EXPLANATION = (
    "Says how far the two measures rise and fall together from neighbourhood to neighbourhood: 0 not at all, towards 1 "
    "together, below 0 one up where the other is down."
)

_BLOCK_VALUES = 1_000_000
"""Shuffled values held at once, which bounds the memory."""


@dataclass(frozen=True)
class AreaAssociation:
    """Two statistics of the whole area; indices are measures. Neither says where, nor that anything overlaps."""

    moran: Floats
    """(2, 2) Moran's I of [the ward's own measure, its neighbours' measure]; not symmetric. Wartenberg (1985)."""
    moran_p: Floats
    """(2, 2) two-sided pseudo p-values, not corrected."""
    lee: Floats
    """(2, 2) Lee's L; the diagonal says how smooth each measure is. Lee (2001), equation 18."""
    lee_p: Floats
    """(2, 2) two-sided pseudo p-values, not corrected."""


def area_association(
    values: Floats, *, weights: sp.csr_array, permutations: int, rng: np.random.Generator
) -> AreaAssociation:
    """Compute both statistics, and compare them with those of shuffled maps.

    A ward's two values are shuffled together, so that their association within wards is no finding.

    Parameters
    ----------
    values : (n, 2) array
        Mean 0 and standard deviation 1 by column (with n - 1), or all 0.
    weights : (n, n) sparse array
        Rows sum to 1, or to 0 where a ward has no neighbour.
    permutations : int
        Number of shuffled maps.
    """
    wards = len(values)
    observed = _statistics(values[None], weights=weights)[0]
    at_least, at_most = np.zeros_like(observed), np.zeros_like(observed)
    block = max(1, _BLOCK_VALUES // wards)
    for start in range(0, permutations, block):
        maps = min(block, permutations - start)
        orders = rng.permuted(np.tile(np.arange(wards), (maps, 1)), axis=1)
        shuffled = _statistics(values[orders], weights=weights)
        at_least += (shuffled >= observed - 1e-12).sum(axis=0)
        at_most += (shuffled <= observed + 1e-12).sum(axis=0)
    p = np.minimum(1, 2 * (1 + np.minimum(at_least, at_most)) / (1 + permutations))
    return AreaAssociation(moran=observed[0], moran_p=p[0], lee=observed[1], lee_p=p[1])


def _statistics(values: Floats, *, weights: sp.csr_array) -> Floats:
    """(maps, 2, 2, 2): Moran's I and Lee's L of each of (maps, n, 2) values."""
    maps, wards, _ = values.shape
    around = (weights @ values.transpose(1, 0, 2).reshape(wards, -1)).reshape(wards, maps, 2).transpose(1, 2, 0)
    degrees_of_freedom = max(wards - 1, 1)
    moran = values.transpose(0, 2, 1) @ around.transpose(0, 2, 1) / degrees_of_freedom
    # values are standardised with n - 1, Lee's L with n
    linked = max(float((weights.sum(axis=1) ** 2).sum()), 1.0)
    lee = around @ around.transpose(0, 2, 1) * wards / degrees_of_freedom / linked
    return np.stack([moran, lee], axis=1)
