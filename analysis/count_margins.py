"""The marginal density of each log relative risk, with the skewness that small counts give it.

The Gaussian approximation replaces the Poisson log likelihood of every count by a parabola. In the margin of one
ward's own risk its own parabola can be undone exactly: divide by it and multiply by the Poisson likelihood (Cseke and
Heskes 2011, Journal of Machine Learning Research 12:417). With `d` the distance from the mode, `v` the Gaussian
variance and `w` the fitted count, what is left is

    exp(g d - d**2 / (2 v) - w (exp(d) - 1 - d - d**2 / 2))

whatever the count. `g`, the tilt, carries what the skewness of the *other* wards' likelihoods does to this one's
mean. Each count's own part in that, and in the evidence, is in `skewness_of_counts`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_INTERVALS = 18
_FEW_INTERVALS = 12
"""Intervals on each side of the mode."""
_DEPTH = 20.0
"""The grid ends where the log density is this far below its peak."""
_LEAST = 1e-9
_AT_ONCE = 128
"""Rows worked on together: few enough to stay in the processor's cache."""


@dataclass(frozen=True)
class CountMargins:
    """Densities on grids: `r` rows (a ward's measure) at `m` points of the hyperparameters.

    Each side of the mode has its own even spacing: where a count is 0 the left tail can be ten times the right one.
    """

    mode: Floats
    """(r, m) log relative risk of the middle node."""
    left: Floats
    """(r, m) distance from the mode to the first node."""
    right: Floats
    """(r, m) distance from the mode to the last node."""
    density: Floats
    """(r, m, nodes), integrates to 1."""
    cumulative: Floats
    """(r, m, nodes), from 0 to 1."""
    mean_exponential: Floats
    """(r, m) mean relative risk."""

    @classmethod
    def around(cls, mode: Floats, *, variance: Floats, fitted: Floats, tilt: Floats) -> "CountMargins":
        """Tabulate the densities.

        Parameters
        ----------
        mode, variance : ndarray
            (r, m) of the Gaussian approximation.
        fitted : ndarray
            (r, m) fitted counts at the mode.
        tilt : ndarray
            (r, m) the `g` above.
        """
        spare = _without_own_count(variance, fitted)
        left, right = _reaches(spare=spare, fitted=fitted, variance=variance)
        away, spacing = _grid(left, right, intervals=_INTERVALS)
        rise = np.expm1(away)
        w, k, g = fitted[..., None], spare[..., None], tilt[..., None]
        log_density = g * away - 0.5 * k * away**2 - w * (rise - away)
        density = np.exp(log_density - log_density.max(axis=-1, keepdims=True))
        slope = density * (g - k * away - w * rise)
        cumulative = np.zeros_like(density)
        np.cumsum(np.maximum(_pieces(density, slope, spacing), 0.0), axis=-1, out=cumulative[..., 1:])
        total = cumulative[..., -1:]
        times = rise + 1
        mean = _pieces(density * times, (slope + density) * times, spacing).sum(axis=-1) / total[..., 0]
        return cls(
            mode=mode,
            left=left,
            right=right,
            density=density / total,
            cumulative=cumulative / total,
            mean_exponential=np.exp(mode) * mean,
        )

    def below(self, cut: Floats) -> tuple[Floats, Floats]:
        """Probability below `cut`, (r, m) or alike, and the density there."""
        away = cut - self.mode
        spacing = np.where(away < 0, self.left, self.right) / _INTERVALS
        place = np.clip(away / spacing + _INTERVALS, 0.0, 2.0 * _INTERVALS)
        node = np.minimum(place.astype(np.intp), 2 * _INTERVALS - 1)[..., None]
        s = place - node[..., 0]
        c0, c1 = (np.take_along_axis(self.cumulative, node + i, axis=-1)[..., 0] for i in (0, 1))
        d0, d1 = (np.take_along_axis(self.density, node + i, axis=-1)[..., 0] * spacing for i in (0, 1))
        # cubic Hermite: right in value and in density at both nodes
        rise = c1 - c0
        probability = c0 + s * (d0 + s * (3 * rise - 2 * d0 - d1 + s * (d0 + d1 - 2 * rise)))
        density = d0 + s * (2 * (3 * rise - 2 * d0 - d1) + 3 * s * (d0 + d1 - 2 * rise))
        return np.clip(probability, 0.0, 1.0), np.maximum(density, 0.0) / spacing


def skewness_of_counts(variance: Floats, *, fitted: Floats) -> tuple[Floats, Floats]:
    """Say what the parabola leaves out of each count's likelihood, in the light of the whole posterior around it.

    Parameters
    ----------
    variance, fitted : ndarray
        (r, m) Gaussian variance and fitted count.

    Returns
    -------
    pull : ndarray
        (r, m) the linear term that would move the Gaussian's mean to the mean of its corrected margin.
    log_ratio : ndarray
        (r, m) log of the evidence of the corrected margin over that of the Gaussian.
    """
    rows = range(0, variance.shape[0], _AT_ONCE)
    parts = [_skewness_of_rows(variance[i : i + _AT_ONCE], fitted[i : i + _AT_ONCE]) for i in rows]
    pull, log_ratio = (np.concatenate(part) for part in zip(*parts, strict=True))
    return pull, log_ratio


def _skewness_of_rows(variance: Floats, fitted: Floats) -> tuple[Floats, Floats]:
    spare = _without_own_count(variance, fitted)
    left, right = _reaches(spare=spare, fitted=fitted, variance=variance)
    away, spacing = _grid(left, right, intervals=_FEW_INTERVALS)
    rise = np.expm1(away)
    k, w = spare[..., None], fitted[..., None]
    density = np.exp(-0.5 * k * away**2 - w * (rise - away))
    slope = -density * (k * away + w * rise)
    total = _pieces(density, slope, spacing).sum(axis=-1)
    mean = _pieces(density * away, slope * away + density, spacing).sum(axis=-1) / total
    return mean / variance, np.log(total) - 0.5 * np.log(2 * np.pi * variance)


def _without_own_count(variance: Floats, fitted: Floats) -> Floats:
    """Precision that is left for a ward's risk when its own count is taken away."""
    return np.asarray(np.maximum(1 / variance - fitted, _LEAST / variance))


def _grid(left: Floats, right: Floats, *, intervals: int) -> tuple[Floats, Floats]:
    """Nodes as distances from the mode, (r, m, 2 intervals + 1), and the spacing after each but the last."""
    steps = np.arange(-intervals, intervals + 1) / intervals
    away = np.where(steps < 0, left[..., None], right[..., None]) * steps
    spacing = np.where(steps[:-1] < 0, left[..., None], right[..., None]) / intervals
    return away, spacing


def _pieces(values: Floats, slope: Floats, spacing: Floats) -> Floats:
    """Integral over each interval: the trapezium rule with its end correction, of fourth order."""
    straight = spacing / 2 * (values[..., :-1] + values[..., 1:])
    return np.asarray(straight + spacing**2 / 12 * (slope[..., :-1] - slope[..., 1:]))


def _reaches(*, spare: Floats, fitted: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Distance to the first and to the last node."""
    left, right = (_reach(side, spare=spare, fitted=fitted, variance=variance) for side in (-1.0, 1.0))
    return left, right


def _reach(side: float, *, spare: Floats, fitted: Floats, variance: Floats) -> Floats:
    """How far to one side the log density falls by `_DEPTH`: Newton's method, from beyond, on a convex function."""
    if side > 0:
        # exp(r) - 1 - r is at least r**2 / 2, and exp(r) / 4 from 1 on
        reach = np.minimum(np.sqrt(2 * _DEPTH * variance), np.log(4 + 4 * _DEPTH / np.maximum(fitted, _LEAST)))
    else:
        # exp(-r) - 1 + r is at least r**2 / 3 up to 1, and r / e from 1 on
        near = np.sqrt(_DEPTH / (spare / 2 + fitted / 3))
        pull = fitted / np.e
        far = 2 * _DEPTH / (pull + np.sqrt(pull**2 + 2 * spare * _DEPTH))
        reach = np.where(near <= 1, near, np.maximum(far, 1))
    for _ in range(5):
        rise = np.expm1(side * reach)
        excess = 0.5 * spare * reach**2 + fitted * (rise - side * reach) - _DEPTH
        reach = reach - excess / (spare * reach + side * fitted * rise)
    return reach
