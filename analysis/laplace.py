"""Laplace approximation of the two log relative-risk surfaces at one point of the hyperparameters.

The log posterior of the surfaces is concave (negative-binomial likelihood, Gaussian field), so a damped Newton search from any
start ends at its one mode. Source: Rue, Martino and Chopin (2009), Journal of the Royal Statistical Society B 71:319.
"""

from dataclasses import dataclass

import numpy as np
import qdldl
from numpy.typing import NDArray

from analysis.count_likelihood import CountShape, OverdispersedCounts
from analysis.field_precision import FieldPrecision
from analysis.model_parameters import ModelParameters
from analysis.overlap_inputs import OverlapData

Floats = NDArray[np.float64]

_ENOUGH = 1e-7
_STEPS = 200
_HALVINGS = 60
_NEAR = 0.5
"""Change of a log relative risk within which the factor at hand still points the right way."""
_POLISHING_STEPS = 10


@dataclass(frozen=True)
class LatentApproximation:
    """The Gaussian approximation at one point: its mode, its factor and the evidence for the point."""

    mode: Floats
    """(2 n + 2,) log relative risks, ward-major, then the two intercepts."""
    log_evidence: float
    """Log of the data's probability at this point, up to a constant in the data."""


class LaplaceSolver:
    """Finds modes for one data set; keeps the ordering and the pattern of the factor from call to call."""

    def __init__(self, data: OverlapData) -> None:
        self._counts = data.counts.ravel()
        self._expected = data.expected.ravel()
        self._ceiling = np.log((self._counts + 1) / self._expected) + 5
        self._likelihood = OverdispersedCounts(self._counts, expected=self._expected)
        self._field = FieldPrecision(data.adjacency)
        self._factor: qdldl.Solver | None = None

    def start(self) -> Floats:
        """Give a first guess of the mode, (2 n + 2,): each ward's own ratio, drawn to the whole area's."""
        counts, expected = self._counts.reshape(-1, 2), self._expected.reshape(-1, 2)
        overall = (counts.sum(axis=0) + 0.5) / (expected.sum(axis=0) + 0.5)
        own = np.log((counts + overall) / (expected + 1.0))
        return np.concatenate([own.ravel(), np.log(overall)])

    def approximate(self, parameters: ModelParameters, *, start: Floats) -> LatentApproximation:
        """Find the mode from `start`, (2 n + 2,), and the Laplace approximation there."""
        # From far above a count's own ratio Newton's method comes down by one a step: begin nearer.
        x = np.concatenate([np.minimum(start[:-2], self._ceiling), start[-2:]])
        value, pull = self._log_posterior(x, parameters)
        for _ in range(_STEPS):
            factor = self.factorise(parameters, weights=self.shape(x, parameters).curvature)
            step, gain = self._newton_step(x, pull, factor, parameters)
            if gain < _ENOUGH * max(1.0, abs(value)) ** 0.5:
                break
            moved = self._search(x, step, parameters, value=value, gain=gain)
            if moved is None:
                break
            x, value, pull = moved
            if float(np.abs(step).max()) < _NEAR:
                x, value, pull = self._polish(x, value, pull, factor, parameters)
        pivots = np.asarray(factor.factors()[1])
        # half of `gain` is what the last, untaken step would still add
        volume = 0.5 * (self._field.log_determinant(parameters.field) - float(np.log(pivots).sum()))
        evidence = value + 0.5 * gain + volume + self._likelihood.constant(size=parameters.size)
        return LatentApproximation(mode=x, log_evidence=evidence)

    def factorise(self, parameters: ModelParameters, *, weights: Floats) -> qdldl.Solver:
        """Factorise the precision with `weights`, (2 n,), added to its diagonal. The next call reuses the object."""
        matrix = self._field.matrix(parameters.field, weights=weights)
        if self._factor is None:
            self._factor = qdldl.Solver(matrix, upper=True)
        else:
            self._factor.update(matrix, upper=True)
        return self._factor

    def shape(self, mode: Floats, parameters: ModelParameters) -> CountShape:
        """Give the shape of the log likelihood, (2 n,), around a mode."""
        return self._likelihood.shape(mode[:-2], size=parameters.size)

    def _newton_step(
        self, x: Floats, pull: Floats, factor: qdldl.Solver, parameters: ModelParameters
    ) -> tuple[Floats, float]:
        """Give the step to the mode by a factor, and twice what it should gain."""
        slope = self._likelihood.slope(x[:-2], size=parameters.size)
        gradient = np.concatenate([slope, np.zeros(2)]) - pull
        step = np.asarray(factor.solve(gradient))
        return step, float(gradient @ step)

    def _polish(
        self, x: Floats, value: float, pull: Floats, factor: qdldl.Solver, parameters: ModelParameters
    ) -> tuple[Floats, float, Floats]:
        """Come nearer by steps with the factor at hand, which costs far less than a new one, while each gains less."""
        last = np.inf
        for _ in range(_POLISHING_STEPS):
            step, gain = self._newton_step(x, pull, factor, parameters)
            if gain < _ENOUGH or gain > 0.5 * last:
                break
            reached, there = self._log_posterior(x + step, parameters)
            if reached < value:
                break
            x, value, pull, last = x + step, reached, there, gain
        return x, value, pull

    def _log_posterior(self, x: Floats, parameters: ModelParameters) -> tuple[float, Floats]:
        pull = self._field.times(parameters.field, x)
        likelihood = self._likelihood.log_likelihood(x[:-2], size=parameters.size)
        return likelihood - 0.5 * float(x @ pull), pull

    def _search(
        self, x: Floats, step: Floats, parameters: ModelParameters, *, value: float, gain: float
    ) -> tuple[Floats, float, Floats] | None:
        """Halve the Newton step until it gains what a concave function must; None if rounding leaves none."""
        length = 1.0
        for _ in range(_HALVINGS):
            there = x + length * step
            reached, pull = self._log_posterior(there, parameters)
            if reached >= value + 1e-4 * length * gain:
                return there, reached, pull
            length /= 2
        return None
