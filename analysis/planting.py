"""Where overlaps are planted, to see whether they are found."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from libpysal.graph import Graph
from numpy.typing import NDArray

Places = NDArray[np.intp]

_APART = 3
"""Planted places are at least this many steps from each other, so that none borrows from another's ward or neighbours."""
_POOL = 0.2
"""Share of the wards that count as of the wanted size."""


@dataclass(frozen=True)
class Kind:
    """A kind of place to plant an overlap in."""

    name: str
    size: float
    """Of its wards: the quantile of the expected count of the sparser measure around which they lie."""
    wards: int = 1
    """How many that adjoin each other."""

    @property
    def needed(self) -> int:
        """How many of its wards must be flagged for it to count as found: more than half."""
        return self.wards // 2 + 1


TYPICAL = Kind("a typical ward", 0.5)
KINDS = (
    Kind("a small ward", 0.1),
    TYPICAL,
    Kind("a large ward", 0.9),
    Kind("a group of five adjoining wards", 0.5, wards=5),
)


class Ground:
    """The wards that can be planted on."""

    def __init__(self, *, size: NDArray[np.float64], neighbours: Graph) -> None:
        """Take the size of each ward, (n,), and the neighbourhood in the same order."""
        self._order = np.argsort(size, kind="stable")
        links = sp.csr_array(neighbours.sparse, dtype=np.int64)
        links.setdiag(0)
        links.eliminate_zeros()
        self._links = links

    def choose(self, kinds: Sequence[Kind], *, rng: np.random.Generator) -> list[tuple[Kind, Places]]:
        """Choose a place for as many of the kinds as fit, in their order, far from each other.

        Returns
        -------
        list of (kind, positions of its wards)
            A kind for which there was no place is left out. The first always gets one if the area has one at all.
        """
        free = np.ones(len(self._order), dtype=bool)
        chosen = []
        for kind in kinds:
            place = self._place(kind, free, rng)
            if place is not None:
                chosen.append((kind, place))
                free[self._within(place, _APART - 1)] = False
        return chosen

    def fits(self, kind: Kind) -> bool:
        """Whether the area has a place for this kind anywhere."""
        return any(len(self._around(int(ward), kind.wards)) == kind.wards for ward in self._pool(kind))

    def _pool(self, kind: Kind) -> Places:
        """Positions of the wards of about the wanted size."""
        n = len(self._order)
        width = max(round(_POOL * n), 1)
        first = int(np.clip(round(kind.size * n - width / 2), 0, n - width))
        return self._order[first : first + width]

    def _place(self, kind: Kind, free: NDArray[np.bool_], rng: np.random.Generator) -> Places | None:
        for ward in rng.permutation(self._pool(kind)):
            place = self._around(int(ward), kind.wards)
            if len(place) == kind.wards and free[place].all():
                return place
        return None

    def _around(self, ward: int, wards: int) -> Places:
        """Take a ward and the nearest by steps, in order of position where steps are equal: fewer if it has not so many."""
        reached = np.array([ward], dtype=np.intp)
        while len(reached) < wards:
            wider = self._within(reached, 1)
            if len(wider) == len(reached):
                return reached
            reached = np.concatenate([reached, np.setdiff1d(wider, reached)])
        return reached[:wards]

    def _within(self, place: Places, steps: int) -> Places:
        reached = np.zeros(len(self._order), dtype=bool)
        reached[place] = True
        for _ in range(steps):
            reached |= self._links @ reached.astype(np.int64) > 0
        return np.flatnonzero(reached)
