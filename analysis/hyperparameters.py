"""Where the posterior of the four hyperparameters lies, and weighted points that stand for it.

First Newton steps on differences find the mode and the curvature; then two rounds of quasi-random points with heavy
tails are laid around them, the second where the first found the weight, and each point is weighted by posterior over
proposal (adaptive importance sampling: Cornuet et al. 2012, Scandinavian Journal of Statistics 39:798). Unlike a grid
on the curvature alone this stays right where the posterior is skewed or flat, as it is when counts say little of a
standard deviation or of `lam`.

Nothing here knows the model of the wards: a `surface` gives a log density at a point.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp, stdtrit
from scipy.stats import qmc, t

Floats = NDArray[np.float64]

_FREEDOM = 5.0
_WIDER = 1.3
_SEARCHES = 12
_MOST_ROUNDS = 4
_NARROWEST, _WIDEST = 0.01, 0.4
_FLATTEST = 0.15
"""Least curvature believed: a direction flatter than this is taken to have a standard deviation of 2.6."""


class Surface(Protocol):
    """A log density over points of the hyperparameters."""

    lower: Floats
    upper: Floats

    def log_density(self, theta: Floats) -> float:
        """Evaluate one (d,) point inside the bounds."""

    def recentre(self, theta: Floats, *, beside: list[tuple[Floats, Floats]]) -> None:
        """Be told where the search stands and which pairs of points it looked at on both sides."""


@dataclass(frozen=True)
class WeightedPoints:
    """Points that stand for the posterior."""

    theta: Floats
    """(m, d)."""
    weight: Floats
    """(m,) sums to 1."""

    @property
    def effective(self) -> float:
        """How many equally weighted points these are worth."""
        return float(1 / np.sum(self.weight**2))

    def heaviest(self, share: float) -> "WeightedPoints":
        """Keep the fewest points that hold `share` of the weight."""
        order = np.argsort(-self.weight, kind="stable")
        enough = int(np.searchsorted(np.cumsum(self.weight[order]), share)) + 1
        kept = np.sort(order[:enough])
        return WeightedPoints(theta=self.theta[kept], weight=self.weight[kept] / self.weight[kept].sum())

    def mean(self, values: Floats) -> float:
        """Posterior mean of a quantity given at each point."""
        return float(values @ self.weight)

    def quantiles(self, values: Floats, at: tuple[float, ...]) -> tuple[float, ...]:
        """Posterior quantiles of a quantity given at each point, interpolated between points."""
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(self.weight[order]) - self.weight[order] / 2
        return tuple(float(np.interp(level, reached, values[order])) for level in at)


@dataclass(frozen=True)
class _Stencil:
    """The log density around a centre, by differences."""

    value: float
    gradient: Floats
    curvature: Floats
    """(d, d) minus the second derivatives, made safely positive."""

    @property
    def step(self) -> Floats:
        return np.asarray(np.linalg.solve(self.curvature, self.gradient), dtype=np.float64)

    @property
    def gain(self) -> float:
        return float(self.gradient @ self.step) / 2


def weighted_points(surface: Surface, *, start: Floats, seed: int, size: int) -> WeightedPoints:
    """Lay weighted points over the posterior.

    Parameters
    ----------
    surface : Surface
        The log density.
    start : ndarray
        (d,) where the search starts.
    seed : int
        Of the scrambling of the quasi-random points: the same seed gives the same points.
    size : int
        Points to lay in each round, a power of 2. There are two rounds, and up to two more while the points laid are worth
        less than `size` equally weighted ones.
    """
    centre, curvature = find_mode(surface, start=start)
    sequence = qmc.Sobol(d=centre.size, scramble=True, rng=np.random.default_rng(seed))
    proposals = [_Proposal(centre=centre, covariance=_WIDER**2 * _inverse(curvature))]
    theta, value = np.empty((0, centre.size)), np.empty(0)
    for done in range(_MOST_ROUNDS):
        laid = proposals[-1].place(sequence.random(size))
        theta = np.concatenate([theta, laid])
        value = np.concatenate([value, [_value(surface, point) for point in laid]])
        weighed = _weigh(theta, value, proposals)
        if done > 0 and weighed.effective >= size:
            break
        proposals.append(proposals[0].refitted(weighed))
    return weighed


def find_mode(surface: Surface, *, start: Floats) -> tuple[Floats, Floats]:
    """Find the mode, well enough to lay points around it, and minus the second derivatives there.

    Returns
    -------
    tuple of ndarray
        (d,) and (d, d), the latter positive definite.
    """
    centre, width = start, np.full(start.size, _WIDEST)
    for _ in range(_SEARCHES):
        centre = np.clip(centre, surface.lower + width, surface.upper - width)
        stencil = _stencil(surface, centre, width)
        target = np.clip(0.6 / np.sqrt(np.diag(stencil.curvature)), _NARROWEST, _WIDEST)
        if stencil.gain < 0.05 and np.all(width < 2 * target):
            break
        centre, width = _climb(surface, centre, stencil), target
    return centre, stencil.curvature


def _stencil(surface: Surface, centre: Floats, width: Floats) -> _Stencil:
    axes = np.diag(width)
    value = surface.log_density(centre)
    ahead = np.array([surface.log_density(centre + axis) for axis in axes])
    behind = np.array([surface.log_density(centre - axis) for axis in axes])
    second = np.diag((ahead - 2 * value + behind) / width**2)
    for i, j in combinations(range(centre.size), 2):
        corner = surface.log_density(centre + axes[i] + axes[j])
        second[i, j] = second[j, i] = (corner - ahead[i] - ahead[j] + value) / (width[i] * width[j])
    surface.recentre(centre, beside=[(centre + axis, centre - axis) for axis in axes])
    return _Stencil(value=value, gradient=(ahead - behind) / (2 * width), curvature=_positive(-second))


def _positive(curvature: Floats) -> Floats:
    """Make a symmetric matrix safely positive definite, so that a step always climbs."""
    size, axes = np.linalg.eigh(curvature)
    return np.asarray((axes * np.maximum(np.abs(size), _FLATTEST)) @ axes.T)


def _climb(surface: Surface, centre: Floats, stencil: _Stencil) -> Floats:
    """Take the Newton step, at most 1.5 in any direction, and half of it until it is uphill."""
    step = stencil.step * min(1.0, 1.5 / float(np.abs(stencil.step).max() + 1e-300))
    for _ in range(6):
        there = np.clip(centre + step, surface.lower + _NARROWEST, surface.upper - _NARROWEST)
        if surface.log_density(there) >= stencil.value:
            return there
        step = step / 2
    return centre


@dataclass(frozen=True)
class _Proposal:
    """Independent Student t along the axes of a symmetric root of the covariance."""

    centre: Floats
    covariance: Floats

    @property
    def _root(self) -> Floats:
        size, axes = np.linalg.eigh(self.covariance)
        return np.asarray((axes * np.sqrt(size)) @ axes.T)

    def place(self, uniform: Floats) -> Floats:
        return np.asarray(self.centre + stdtrit(_FREEDOM, uniform) @ self._root)

    def log_density(self, theta: Floats) -> Floats:
        root = self._root
        standard = np.linalg.solve(root, (theta - self.centre).T)
        return np.asarray(t.logpdf(standard, _FREEDOM).sum(axis=0) - np.linalg.slogdet(root)[1])

    def refitted(self, points: WeightedPoints) -> "_Proposal":
        """Fit to weighted points, leaning on this one where they are worth little."""
        mean = points.weight @ points.theta
        away = points.theta - mean
        covariance = (points.weight[:, None] * away).T @ away
        trust = points.effective / (points.effective + 8)
        return _Proposal(
            centre=trust * mean + (1 - trust) * self.centre,
            covariance=trust * covariance + (1 - trust) * self.covariance,
        )


def _inverse(matrix: Floats) -> Floats:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def _value(surface: Surface, theta: Floats) -> float:
    within = bool(np.all((theta >= surface.lower) & (theta <= surface.upper)))
    return surface.log_density(theta) if within else -np.inf


def _weigh(theta: Floats, value: Floats, proposals: list[_Proposal]) -> WeightedPoints:
    """Weight points by posterior over the mixture of the proposals that laid them."""
    mixed = logsumexp([proposal.log_density(theta) for proposal in proposals], axis=0)
    log_weight = value - np.asarray(mixed)
    weight = np.exp(log_weight - logsumexp(log_weight))
    return WeightedPoints(theta=theta, weight=weight / weight.sum())
