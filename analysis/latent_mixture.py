"""The nested Laplace approximation put together: the log density of the hyperparameters, and the mixture of surfaces
it weights."""

import numpy as np
import qdldl
from numpy.typing import NDArray

from analysis.exceedance import LatentMixture
from analysis.field_parameters import LOWER, UPPER, FieldParameters, log_prior
from analysis.hyperparameters import WeightedPoints
from analysis.laplace import LaplaceSolver
from analysis.selected_inverse import SelectedInverse

Floats = NDArray[np.float64]

_AT_ONCE = 32
"""Points whose factors are held together: bounds the memory on a national map."""


class HyperparameterSurface:
    """Log posterior density of `theta` by Laplace's approximation, and the mode of the surfaces at each point asked for.

    A search for a mode starts where a straight line through the modes around the centre of the search leads.
    """

    lower, upper = LOWER, UPPER

    def __init__(self, solver: LaplaceSolver) -> None:
        self._solver = solver
        self._modes: dict[bytes, Floats] = {}
        self._centre: Floats | None = None
        self._origin = solver.start()
        self._slopes = np.zeros((LOWER.size, self._origin.size))

    def log_density(self, theta: Floats) -> float:
        """Evaluate one (4,) point."""
        found = self._solver.approximate(FieldParameters.from_theta(theta), start=self._guess(theta))
        self._modes[theta.tobytes()] = found.mode
        return found.log_evidence + log_prior(theta)

    def mode(self, theta: Floats) -> Floats:
        """Mode of the surfaces, (2 n + 2,), at a point that was asked for."""
        return self._modes[theta.tobytes()]

    def recentre(self, theta: Floats, *, beside: list[tuple[Floats, Floats]]) -> None:
        """Take the modes around a new centre as the guide, and forget the others."""
        self._centre, self._origin = theta, self.mode(theta)
        for axis, (ahead, behind) in enumerate(beside):
            apart = float(ahead[axis] - behind[axis])
            self._slopes[axis] = (self.mode(ahead) - self.mode(behind)) / apart
        self._modes = {theta.tobytes(): self._origin}

    def _guess(self, theta: Floats) -> Floats:
        if self._centre is None:
            return self._origin
        # beyond one unit a straight line is no guide
        return self._origin + np.clip(theta - self._centre, -1, 1) @ self._slopes


def latent_mixture(solver: LaplaceSolver, surface: HyperparameterSurface, points: WeightedPoints) -> LatentMixture:
    """Approximate the surfaces at each weighted point.

    Parameters
    ----------
    points : WeightedPoints
        Points that `surface` was asked for.
    """
    modes = np.column_stack([surface.mode(theta) for theta in points.theta])
    parameters = [FieldParameters.from_theta(theta) for theta in points.theta]
    fitted = np.column_stack([solver.weights(mode) for mode in modes.T])
    variance, covariance = [], []
    inverse: SelectedInverse | None = None
    for first in range(0, len(parameters), _AT_ONCE):
        chosen = range(first, min(first + _AT_ONCE, len(parameters)))
        factors = [_parts(solver.factorise(parameters[m], weights=fitted[:, m])) for m in chosen]
        if inverse is None:
            inverse = SelectedInverse(factors[0][0], factors[0][2])
        within = inverse.ward_covariances(
            np.column_stack([lower.data for lower, _, _ in factors]),
            np.column_stack([pivots for _, pivots, _ in factors]),
        )
        variance.append(within.variance)
        covariance.append(within.covariance)
    return LatentMixture(
        weight=points.weight,
        mode=modes[:-2],
        variance=np.concatenate(variance, axis=1),
        covariance=np.concatenate(covariance, axis=1),
        fitted=fitted,
        tilt=np.zeros_like(fitted),
    )


def _parts(factor: qdldl.Solver) -> tuple[qdldl.Solver, Floats, NDArray[np.intp]]:
    lower, pivots, order = factor.factors()
    return lower, np.asarray(pivots), np.asarray(order, dtype=np.intp)
