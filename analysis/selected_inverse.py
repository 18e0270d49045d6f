"""The few entries of an inverse that a map needs, from a sparse factor, for many matrices of one pattern at once.

The whole inverse would be dense. Its entries on the pattern of the factor follow from the factor alone, from the last
column to the first (Takahashi, Fagan and Chen 1973; Erisman and Tinney 1975, Communications of the ACM 18:177). Every
point of the hyperparameters has the same pattern, so each step of the recursion is done for all points in one array
operation.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WardCovariances:
    """Posterior covariance of the two log relative risks within each ward, at `m` points."""

    variance: Floats
    """(2 n, m), ward-major."""
    covariance: Floats
    """(n, m) between the two measures of one ward."""


class SelectedInverse:
    """The recursion for one pattern.

    Parameters
    ----------
    lower : csc_matrix
        (N, N) strictly lower factor of any matrix of the pattern; `N = 2 n + 2`.
    order : ndarray
        (N,) the unknown that stands at each place of the factor.
    """

    def __init__(self, lower: sp.csc_matrix, order: NDArray[np.intp]) -> None:
        size = int(lower.shape[0])
        self._start = np.asarray(lower.indptr)
        self._rows = [np.asarray(lower.indices[self._start[j] : self._start[j + 1]]) for j in range(size)]
        # The first row below the diagonal is the column's parent in the elimination tree (Liu 1990).
        self._parent = [int(rows[0]) if rows.size else -1 for rows in self._rows]
        self._children = np.bincount([p for p in self._parent if p >= 0], minlength=size)
        self._places = [self._within_parent(j) for j in range(size)]
        place = np.empty(size, dtype=np.intp)
        place[order] = np.arange(size)
        self._place = place[:-2]
        self._set_partners()

    def _within_parent(self, column: int) -> NDArray[np.intp] | None:
        """Where the column's rows stand in its parent's front; None where they are the whole of it."""
        rows, parent = self._rows[column], self._parent[column]
        if parent < 0 or rows.size == self._rows[parent].size + 1:
            return None
        return np.concatenate([[0], 1 + np.searchsorted(self._rows[parent], rows[1:])]).astype(np.intp)

    def _set_partners(self) -> None:
        """Which entry of which column holds the covariance of a ward's two measures."""
        pairs = self._place.reshape(-1, 2)
        earlier, later = pairs.min(axis=1), pairs.max(axis=1)
        self._ward_at = {
            int(j): (ward, int(np.searchsorted(self._rows[j], k)))
            for ward, (j, k) in enumerate(zip(earlier, later, strict=True))
        }

    def ward_covariances(self, lower: Floats, pivots: Floats) -> WardCovariances:
        """Covariances within each ward.

        Parameters
        ----------
        lower : ndarray
            (entries of the pattern, m) stored values of the factor, one column a matrix.
        pivots : ndarray
            (N, m) the diagonal of the factorisation.
        """
        size, points = pivots.shape
        fronts: dict[int, Floats] = {}
        waiting = self._children.copy()
        diagonal = np.empty((size, points))
        covariance = np.empty((len(self._ward_at), points))
        for j in range(size - 1, -1, -1):
            below = self._parent_front(j, fronts)
            values = lower[self._start[j] : self._start[j + 1]]
            column = -np.einsum("abm,bm->am", below, values)
            diagonal[j] = 1 / pivots[j] - np.einsum("am,am->m", values, column)
            if j in self._ward_at:
                ward, row = self._ward_at[j]
                covariance[ward] = column[row]
            if self._children[j]:
                fronts[j] = _bordered(below, column, diagonal[j])
            self._release(j, fronts, waiting)
        return WardCovariances(variance=diagonal[self._place], covariance=covariance)

    def _parent_front(self, column: int, fronts: dict[int, Floats]) -> Floats:
        parent, places = self._parent[column], self._places[column]
        if parent < 0:
            return np.empty((0, 0, 1))
        front = fronts[parent]
        return front if places is None else front[places[:, None], places[None, :]]

    def _release(self, column: int, fronts: dict[int, Floats], waiting: NDArray[np.intp]) -> None:
        """Forget the parent's front once its last child is done: only a path of the tree is held."""
        parent = self._parent[column]
        if parent >= 0:
            waiting[parent] -= 1
            if not waiting[parent]:
                del fronts[parent]


def _bordered(below: Floats, column: Floats, corner: Floats) -> Floats:
    size = column.shape[0]
    front = np.empty((size + 1, size + 1, corner.size))
    front[0, 0] = corner
    front[0, 1:] = front[1:, 0] = column
    front[1:, 1:] = below
    return front
