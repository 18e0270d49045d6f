"""Other wards for the same values, so that what was smooth over the map stays about as smooth.

A plain shuffle would scatter what lies together, and two scattered surfaces coincide otherwise than two smooth ones.
Here the values are laid, by rank, on a random map of the right smoothness: so every value is kept, and what changes is
where it lies.

Viladomat, Mazumder, McInturff, McCauley and Hastie (2014), Biometrics 70:409.
"""

import numpy as np
import scipy.sparse as sp
from libpysal.graph import Graph
from numpy.typing import NDArray
from scipy.sparse.linalg import splu

Floats = NDArray[np.float64]

_SMOOTHEST = 0.99
_TRIES = 16
_HALVINGS = 7


class SmoothShuffle:
    """Shuffles `n` values over wards, with about the spatial autocorrelation that they have."""

    def __init__(self, values: Floats, *, neighbours: Graph, rng: np.random.Generator) -> None:
        """Find the smoothness at which shuffled values have on average the Moran's I of `values`, (n,).

        It is sought between none and very smooth; a surface that is rougher than by chance is shuffled plainly.
        """
        self._order = np.argsort(values, kind="stable")
        self._average = _averages_over_neighbours(neighbours)
        noise = rng.standard_normal((len(values), _TRIES))
        low, high = 0.0, _SMOOTHEST
        sought = moran(values, average=self._average)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            moved = [values[self._place(column)] for column in self._smoothed(noise, middle).T]
            reached = np.mean([moran(surface, average=self._average) for surface in moved])
            low, high = (middle, high) if reached < sought else (low, middle)
        self.smoothness = low
        """Between 0 and 1: the autoregressive coefficient of the random maps."""

    def __call__(self, rng: np.random.Generator) -> NDArray[np.intp]:
        """Draw which ward's value each ward gets, (n,): a permutation."""
        return self._place(self._smoothed(rng.standard_normal((len(self._order), 1)), self.smoothness)[:, 0])

    def _smoothed(self, noise: Floats, smoothness: float) -> Floats:
        """Draw from a simultaneous autoregression on the neighbours' averages."""
        system = sp.csc_array(sp.eye_array(noise.shape[0]) - smoothness * self._average)
        return np.asarray(splu(system).solve(noise))

    def _place(self, template: Floats) -> NDArray[np.intp]:
        source = np.empty(len(template), dtype=np.intp)
        source[np.argsort(template, kind="stable")] = self._order
        return source


def moran(values: Floats, *, average: sp.csr_array) -> float:
    """Moran's I with row-standardised weights, as the slope of the neighbours' averages on the values; 0 if all are equal."""
    apart = values - values.mean()
    return float(apart @ (average @ apart) / max(float(apart @ apart), np.finfo(float).tiny))


def _averages_over_neighbours(neighbours: Graph) -> sp.csr_array:
    """Row-standardised weights, (n, n); an island's row is empty."""
    links = sp.csr_array(neighbours.sparse, dtype=np.float64)
    return sp.csr_array(sp.diags_array(1 / np.maximum(links.sum(axis=1), 1.0)) @ links)
