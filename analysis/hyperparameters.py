"""Weighted points that stand for the posterior of the hyperparameters.

Rounds of quasi-random points with heavy tails are laid around the mode (`mode_search`), each where those before found
the weight, and each point is weighted by posterior over
proposal (adaptive importance sampling: Cornuet et al. 2012, Scandinavian Journal of Statistics 39:798). Unlike a grid
on the curvature alone this stays right where the posterior is skewed or flat, as it is when counts say little of a
standard deviation or of `lam`.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp, stdtrit
from scipy.stats import qmc, t

from analysis.mode_search import Surface, find_mode

Floats = NDArray[np.float64]

_FREEDOM, _FREEDOM_LATER = 3.0, 6.0
_WIDER = 1.8
"""The first round is laid wide and with heavy tails: a tail that is missed there is not found later."""
_MOST_ROUNDS = 4


@dataclass(frozen=True)
class WeightedPoints:
    """Points that stand for the posterior."""

    theta: Floats
    """(m, d)."""
    weight: Floats
    """(m,) sums to 1."""
    log_total: float = 0.0
    """Log of the integral of the surface's density, where the points were laid by `weighted_points`."""

    @property
    def effective(self) -> float:
        """How many equally weighted points these are worth."""
        return float(1 / np.sum(self.weight**2))

    def heaviest(self, share: float) -> "WeightedPoints":
        """Keep the fewest points that hold `share` of the weight."""
        order = np.argsort(-self.weight, kind="stable")
        enough = int(np.searchsorted(np.cumsum(self.weight[order]), share)) + 1
        kept = np.sort(order[:enough])
        held = float(self.weight[kept].sum())
        return replace(self, theta=self.theta[kept], weight=self.weight[kept] / held)

    def mean(self, values: Floats) -> float:
        """Posterior mean of a quantity given at each point."""
        return float(values @ self.weight)

    def quantiles(self, values: Floats, at: tuple[float, ...]) -> tuple[float, ...]:
        """Posterior quantiles of a quantity given at each point, interpolated between points."""
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(self.weight[order]) - self.weight[order] / 2
        return tuple(float(np.interp(level, reached, values[order])) for level in at)


def weighted_points(surface: Surface, *, start: Floats, other_start: Floats, seed: int, size: int) -> WeightedPoints:
    """Lay weighted points over the posterior.

    Parameters
    ----------
    surface : Surface
        The log density.
    start, other_start : ndarray
        (d,) where the search for the mode starts, and where it starts again if it ends at a bound.
    seed : int
        Of the scrambling of the quasi-random points: the same seed gives the same points.
    size : int
        Points to lay in each round, a power of 2. There are two rounds, and up to two more while the points laid are worth
        less than `size` equally weighted ones.
    """
    mode = find_mode(surface, start=start, other_start=other_start)
    sequence = qmc.Sobol(d=mode.at.size, scramble=True, rng=np.random.default_rng(seed))
    proposals = [_Proposal(centre=mode.at, covariance=_WIDER**2 * _inverse(mode.curvature))]
    theta, value = np.empty((0, mode.at.size)), np.empty(0)
    for done in range(_MOST_ROUNDS):
        laid = proposals[-1].place(sequence.random(size))
        theta = np.concatenate([theta, laid])
        value = np.concatenate([value, [_value(surface, point) for point in laid]])
        weighed = _weigh(theta, value, proposals)
        if done > 0 and weighed.effective >= size:
            break
        proposals.append(proposals[0].refitted(weighed))
    return weighed


@dataclass(frozen=True)
class _Proposal:
    """Independent Student t along the axes of a symmetric root of the covariance."""

    centre: Floats
    covariance: Floats
    freedom: float = _FREEDOM

    @property
    def _root(self) -> Floats:
        size, axes = np.linalg.eigh(self.covariance)
        return np.asarray((axes * np.sqrt(size)) @ axes.T)

    def place(self, uniform: Floats) -> Floats:
        return np.asarray(self.centre + stdtrit(self.freedom, uniform) @ self._root)

    def log_density(self, theta: Floats) -> Floats:
        root = self._root
        standard = np.linalg.solve(root, (theta - self.centre).T)
        return np.asarray(t.logpdf(standard, self.freedom).sum(axis=0) - np.linalg.slogdet(root)[1])

    def refitted(self, points: WeightedPoints) -> "_Proposal":
        """Fit to weighted points, leaning on this one where they are worth little."""
        mean = points.weight @ points.theta
        away = points.theta - mean
        covariance = (points.weight[:, None] * away).T @ away
        trust = points.effective / (points.effective + 8)
        return _Proposal(
            centre=trust * mean + (1 - trust) * self.centre,
            covariance=trust * covariance + (1 - trust) * self.covariance,
            freedom=_FREEDOM_LATER,
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
    total = float(logsumexp(log_weight))
    weight = np.exp(log_weight - total)
    each = np.log(theta.shape[0] / len(proposals))
    return WeightedPoints(theta=theta, weight=weight / weight.sum(), log_total=total - float(each))
