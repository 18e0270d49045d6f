"""A candidate: the product's field with negative-binomial reporting, the overdispersion being a fifth hyperparameter.

Each count is Poisson around risk times a gamma factor of mean 1 and variance `s**2`, independent from ward to ward and
measure to measure: what shows in one measure of one ward alone can be reporting, what both measures or neighbours
share must be risk. `s` has an exponential prior with 5 % above 0.5 (a penalised-complexity prior towards Poisson).

The log likelihood stays concave below, and its curvature positive everywhere, so the search is unchanged. A limit:
the skewness corrections of `analysis.count_margins` are those of a Poisson count of the same curvature.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import gammaln

from analysis.count_margins import skewness_of_counts
from analysis.exceedance import LatentMixture, summarise
from analysis.field_parameters import LOWER, SD_RATE, UPPER, FieldParameters
from analysis.hyperparameters import WeightedPoints, weighted_points
from analysis.laplace import LaplaceSolver
from analysis.latent_mixture import HyperparameterSurface, latent_mixture
from analysis.overlap_inputs import OverlapData
from bench.overlap.verdicts import Floats
from bench.overlap.worlds import THRESHOLD, Map

SPREAD_RATE = -np.log(0.05) / 0.5
"""Rate of the exponential prior of the standard deviation of reporting: 5 % of it is above 0.5."""
_START = np.array([np.log(0.7), np.log(0.7), 0.3, 1.0, np.log(0.15)])
_LOG_PRIOR_SCALE = float(2 * np.log(SD_RATE) + np.log(SPREAD_RATE) + np.log(12))
"""What the prior densities leave out: they need only be right up to a constant elsewhere."""
_LEAST, _MOST = np.log(0.01), np.log(2.0)


class ReportingSolver(LaplaceSolver):
    """Laplace's approximation with gamma-Poisson counts; `size` is the gamma factor's shape, `1 / s**2`."""

    size = 1e6

    def __init__(self, data: OverlapData) -> None:
        super().__init__(data)
        self._size_at: dict[bytes, float] = {}

    def at(self, theta: Floats) -> None:
        """Take the overdispersion of a (5,) point."""
        self.size = float(np.exp(-2 * theta[4]))

    def remember(self, mode: Floats) -> None:
        """Note with which overdispersion a mode was found."""
        self._size_at[mode.tobytes()] = self.size

    def weights(self, mode: Floats) -> Floats:
        """Curvature of the log likelihood, (2 n,)."""
        size = self._size_at.get(np.ascontiguousarray(mode).tobytes(), self.size)
        fitted = self._expected * np.exp(mode[:-2])
        return np.asarray((self._counts + size) * size * fitted / (size + fitted) ** 2)

    def _newton_step(self, x: Floats, pull: Floats, factor: object) -> tuple[Floats, float]:
        fitted = self._expected * np.exp(x[:-2])
        slope = (self._counts - fitted) * self.size / (self.size + fitted)
        gradient = np.concatenate([slope, np.zeros(2)]) - pull
        step = np.asarray(factor.solve(gradient))  # type: ignore[attr-defined]
        return step, float(gradient @ step)

    def _log_posterior(self, x: Floats, parameters: FieldParameters) -> tuple[float, Floats]:
        pull = self._field.times(parameters, x)
        y, s = self._counts, self.size
        with np.errstate(over="ignore"):
            fitted = self._expected * np.exp(x[:-2])
        shape = gammaln(y + s) - gammaln(s) - y * np.log(s)
        total = float((shape + y * x[:-2] - (y + s) * np.log1p(fitted / s)).sum())
        return total - 0.5 * float(x @ pull), pull


class ReportingSurface(HyperparameterSurface):
    """The log posterior density of the five hyperparameters."""

    lower, upper = np.append(LOWER, _LEAST), np.append(UPPER, _MOST)

    def __init__(self, solver: ReportingSolver) -> None:
        super().__init__(solver)
        self._reporting = solver
        self._slopes = np.zeros((5, self._origin.size))
        self.values: dict[bytes, float] = {}

    def log_density(self, theta: Floats) -> float:
        """Evaluate one (5,) point."""
        self._reporting.at(theta)
        value = super().log_density(theta)
        self._reporting.remember(self.mode(theta))
        value += float(theta[4] - SPREAD_RATE * np.exp(theta[4]))
        self.values[theta.tobytes()] = value
        return value


@dataclass(frozen=True)
class ReportingFit:
    """What the model says of one map."""

    both: Floats
    """(n,) probability that both relative risks are above the threshold."""
    log_evidence: float
    """Log of the counts' probability, without the factors that hold no risk."""


@lru_cache(maxsize=1024)
def reporting_fit(drawn: Map, *, size: int = 32) -> ReportingFit:
    """Fit the model."""
    data = OverlapData(counts=drawn.counts.astype(float), expected=drawn.expected, adjacency=drawn.area.adjacency)
    solver = ReportingSolver(data)
    surface = ReportingSurface(solver)
    points = weighted_points(surface, start=_START, seed=0, size=size).heaviest(0.999)
    mixture = latent_mixture(solver, surface, points)
    return ReportingFit(
        both=summarise(mixture, threshold=THRESHOLD).both, log_evidence=_log_evidence(surface, points, mixture)
    )


def _log_evidence(surface: ReportingSurface, points: WeightedPoints, mixture: LatentMixture) -> float:
    """Laplace's approximation over the hyperparameters, by the points' own covariance: good to about one unit."""
    pull, own = skewness_of_counts(mixture.variance, fitted=mixture.fitted)
    better = own.sum(axis=0) + 0.5 * (pull * mixture.tilt * mixture.variance).sum(axis=0)
    values = np.array([surface.values[theta.tobytes()] for theta in points.theta]) + better
    away = points.theta - mixture.weight @ points.theta
    covariance = (mixture.weight[:, None] * away).T @ away
    width = 0.5 * float(np.linalg.slogdet(2 * np.pi * covariance)[1])
    return float(values.max()) + width + _LOG_PRIOR_SCALE


def reporting_probability(drawn: Map) -> Floats:
    """(n,) probability that both relative risks are above the threshold."""
    return reporting_fit(drawn).both
