"""Where the posterior of the hyperparameters has its mode, and how it is curved there: Newton steps on differences.

Nothing here knows the model of the wards: a `surface` gives a log density at a point.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_SEARCHES = 12
_NARROWEST, _WIDEST = 0.01, 0.4
_NEAR_ENOUGH = 0.3
"""What a step must still gain, in units of the log density, to be worth another look around."""
_AT_A_BOUND = 1.5
"""A mode this near to an upper bound is a reason to search again."""
_LONGEST = 1.5
"""Longest step of the search along any axis."""
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
class _Sides:
    """The log density at a centre and on both sides of it along each axis."""

    centre: Floats
    width: Floats
    value: float
    ahead: Floats
    behind: Floats

    @property
    def gradient(self) -> Floats:
        return (self.ahead - self.behind) / (2 * self.width)

    @property
    def along(self) -> Floats:
        """Minus the second derivative along each axis, (d,), but at least `_FLATTEST`."""
        return np.maximum(-(self.ahead - 2 * self.value + self.behind) / self.width**2, _FLATTEST)

    def curvature(self, across: Floats) -> Floats:
        """Minus the second derivatives, (d, d), made safely positive."""
        scale = np.sqrt(self.along)
        return _positive(across * np.outer(scale, scale))


@dataclass(frozen=True)
class Mode:
    """Where a search ended."""

    at: Floats
    """(d,)."""
    curvature: Floats
    """(d, d) minus the second derivatives, positive definite."""
    value: float
    """Log density beside it."""


def find_mode(surface: Surface, *, start: Floats, other_start: Floats) -> Mode:
    """Find the mode, well enough to lay points around it.

    A mode near an upper bound may be a poor one that the search slid into: then it is searched again from `other_start`.
    """
    found = _search(surface, start)
    if (surface.upper - found.at).min() > _AT_A_BOUND:
        return found
    return max(_search(surface, other_start), found, key=lambda mode: mode.value)


def _search(surface: Surface, start: Floats) -> Mode:
    centre, width = start, np.full(start.size, _WIDEST)
    across: Floats | None = None
    for _ in range(_SEARCHES):
        centre = np.clip(centre, surface.lower + width, surface.upper - width)
        sides = _look(surface, centre, width)
        fresh = across is None
        across = _across(surface, sides) if across is None else across
        curvature = sides.curvature(across)
        step = _newton_step(curvature, sides.gradient)
        gain = float(sides.gradient @ step) / 2
        target = np.clip(0.6 / np.sqrt(np.diag(curvature)), _NARROWEST, _WIDEST)
        if gain < _NEAR_ENOUGH and np.all(width < 2 * target):
            break
        centre, width = _climb(surface, sides, step), target
        across = across if gain < 10 * _NEAR_ENOUGH else None
    mode = np.clip(sides.centre + step, surface.lower, surface.upper)
    curvature = curvature if fresh else sides.curvature(_across(surface, sides))
    return Mode(at=mode, curvature=curvature, value=sides.value)


def _look(surface: Surface, centre: Floats, width: Floats) -> _Sides:
    axes = np.diag(width)
    value = surface.log_density(centre)
    ahead = np.array([surface.log_density(centre + axis) for axis in axes])
    behind = np.array([surface.log_density(centre - axis) for axis in axes])
    surface.recentre(centre, beside=[(centre + axis, centre - axis) for axis in axes])
    return _Sides(centre=centre, width=width, value=value, ahead=ahead, behind=behind)


def _across(surface: Surface, sides: _Sides) -> Floats:
    """Curvature between the axes, (d, d), in units of the curvature along them: it changes less than that does.

    So that of an earlier centre serves on the way, which saves half of the looking.
    """
    across = np.eye(sides.centre.size)
    axes, scale = np.diag(sides.width), np.sqrt(sides.along)
    for i, j in combinations(range(sides.centre.size), 2):
        corner = surface.log_density(sides.centre + axes[i] + axes[j])
        mixed = (corner - sides.ahead[i] - sides.ahead[j] + sides.value) / (sides.width[i] * sides.width[j])
        across[i, j] = across[j, i] = np.clip(-mixed / (scale[i] * scale[j]), -1, 1)
    return across


def _positive(curvature: Floats) -> Floats:
    """Make a symmetric matrix safely positive definite, so that a step always climbs."""
    size, axes = np.linalg.eigh(curvature)
    return np.asarray((axes * np.maximum(np.abs(size), _FLATTEST)) @ axes.T)


def _newton_step(curvature: Floats, gradient: Floats) -> Floats:
    """Give the step, at most `_LONGEST` along any axis; a longer one is damped first, as flat directions lead far off."""
    step = np.linalg.solve(curvature, gradient)
    if np.abs(step).max() > _LONGEST:
        step = np.linalg.solve(curvature + np.eye(gradient.size), gradient)
    return np.clip(step, -_LONGEST, _LONGEST)


def _climb(surface: Surface, sides: _Sides, step: Floats) -> Floats:
    """Take the step, or half of it until it is uphill."""
    for _ in range(6):
        there = np.clip(sides.centre + step, surface.lower + _NARROWEST, surface.upper - _NARROWEST)
        if surface.log_density(there) >= sides.value:
            return there
        step = step / 2
    return sides.centre
