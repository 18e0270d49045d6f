"""The nested Laplace approximation put together: the log density of the hyperparameters, and the mixture of surfaces
it weights."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from analysis.count_likelihood import CountShape
from analysis.count_margins import skewness_of_counts
from analysis.exceedance import LatentMixture
from analysis.hyperparameters import WeightedPoints
from analysis.laplace import LaplaceSolver
from analysis.model_parameters import LOWER, UPPER, ModelParameters, log_prior
from analysis.selected_inverse import SelectedInverse

Floats = NDArray[np.float64]

_AT_ONCE = 32
"""Points whose factors are held together: bounds the memory on a national map."""


class HyperparameterSurface:
    """Log posterior density of `theta` by Laplace's approximation, and the mode of the surfaces at each point.

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
        """Evaluate one (5,) point."""
        found = self._solver.approximate(ModelParameters.from_theta(theta), start=self._guess(theta))
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
    """Approximate the surfaces at each weighted point, and weigh the points again by the better evidence.

    Parameters
    ----------
    points : WeightedPoints
        Points that `surface` was asked for.
    """
    inverse: SelectedInverse | None = None
    parts, shapes_of_all = [], []
    for first in range(0, points.weight.size, _AT_ONCE):
        chosen = points.theta[first : first + _AT_ONCE]
        modes = np.column_stack([surface.mode(theta) for theta in chosen])
        parameters = [ModelParameters.from_theta(theta) for theta in chosen]
        shapes = [solver.shape(mode, point) for mode, point in zip(modes.T, parameters, strict=True)]
        shape = CountShape(
            total=np.column_stack([one.total for one in shapes]), share=np.column_stack([one.share for one in shapes])
        )
        factors = _factors(solver, parameters, shape.curvature)
        inverse = inverse or SelectedInverse(factors.pattern, factors.order)
        within = inverse.ward_covariances(factors.lower, factors.pivots)
        tilt, log_ratio = _skewness(solver, parameters, shape=shape, variance=within.variance)
        shapes_of_all.append(shape)
        parts.append((log_ratio, modes[:-2], within.variance, within.covariance, tilt))
    log_ratio, mode, variance, covariance, tilt = (np.concatenate(part, axis=-1) for part in zip(*parts, strict=True))
    weight = points.weight * np.exp(log_ratio - log_ratio.max())
    return LatentMixture(
        log_evidence=points.log_total + float(log_ratio.max() + np.log(weight.sum())),
        weight=weight / weight.sum(),
        mode=mode,
        variance=variance,
        covariance=covariance,
        shape=CountShape.joined(shapes_of_all),
        tilt=tilt,
    )


@dataclass(frozen=True)
class _Factors:
    """Factors at several points, of one pattern."""

    pattern: sp.csc_matrix
    order: NDArray[np.intp]
    lower: Floats
    pivots: Floats


def _factors(solver: LaplaceSolver, parameters: list[ModelParameters], weights: Floats) -> _Factors:
    found = [
        solver.factorise(point, weights=column).factors() for point, column in zip(parameters, weights.T, strict=True)
    ]
    return _Factors(
        pattern=found[0][0],
        order=np.asarray(found[0][2], dtype=np.intp),
        lower=np.column_stack([lower.data for lower, _, _ in found]),
        pivots=np.column_stack([pivots for _, pivots, _ in found]),
    )


def _skewness(
    solver: LaplaceSolver, parameters: list[ModelParameters], *, shape: CountShape, variance: Floats
) -> tuple[Floats, Floats]:
    """Tilt of every margin, (2 n, m), and log of the better evidence over Laplace's, (m,).

    Each count's skewness moves its own ward, which is undone in `count_margins`, and through the field all other
    wards: the tilt. It is one step of expectation propagation from the Laplace approximation (Cseke and Heskes 2011).
    """
    pull, own_ratio = skewness_of_counts(variance, shape=shape)
    moved = np.empty_like(pull)
    weights = shape.curvature
    for m, point in enumerate(parameters):
        factor = solver.factorise(point, weights=weights[:, m])
        moved[:, m] = np.asarray(factor.solve(np.concatenate([pull[:, m], np.zeros(2)])))[:-2]
    # One step is a correction, not a fit: where all counts of a measure are 0 it would run away with the intercept.
    most = np.sqrt(variance)
    by_others = np.clip(moved - variance * pull, -most, most)
    log_ratio = own_ratio.sum(axis=0) + 0.5 * (pull * by_others).sum(axis=0)
    return by_others / variance, log_ratio
