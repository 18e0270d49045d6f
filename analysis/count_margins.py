"""The marginal density of each log relative risk, with the skewness that small counts give it.

The Gaussian approximation replaces the log likelihood of every count by a parabola. In the margin of one ward's own
risk its own parabola can be undone exactly: divide by it and multiply by the count's likelihood (Cseke and Heskes
2011, Journal of Machine Learning Research 12:417). With `d` the distance from the mode, `v` the Gaussian variance, `w`
the curvature of the log likelihood and `s(d)` how far it is below its tangent, what is left is

    exp(g d - (1 / v - w) d**2 / 2 - s(d))

`g`, the tilt, carries what the skewness of the *other* wards' likelihoods does to this one's
mean. Each count's own part in that, and in the evidence, is in `skewness_of_counts`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.count_likelihood import CountShape

Floats = NDArray[np.float64]

_INTERVALS = 16
_FEW_INTERVALS = 11
"""Intervals on each side of the mode."""
_DEPTH = 16.0
"""The grid ends where the log density is this far below its peak."""
_LEAST = 1e-9
_REACH_STEPS = 6
_AT_ONCE = 40_000
"""Numbers of one kind worked on together: few enough to stay in the processor's cache."""


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
    def around(cls, mode: Floats, *, variance: Floats, shape: CountShape, tilt: Floats) -> "CountMargins":
        """Tabulate the densities.

        Parameters
        ----------
        mode, variance : ndarray
            (r, m) of the Gaussian approximation.
        shape : CountShape
            (r, m) the likelihood around the mode.
        tilt : ndarray
            (r, m) the `g` above.
        """
        parts = [
            _tabulate(variance[rows], shape=shape[rows], tilt=tilt[rows])
            for rows in _in_parts(mode.shape, nodes=2 * _INTERVALS + 1)
        ]
        left, right, density, cumulative, mean = (np.concatenate(part) for part in zip(*parts, strict=True))
        return cls(
            mode=mode,
            left=left,
            right=right,
            density=density,
            cumulative=cumulative,
            mean_exponential=np.exp(mode) * mean,
        )

    def below(self, cut: Floats) -> tuple[Floats, Floats]:
        """Probability below `cut`, (r, m) or alike, and the density there."""
        away = cut - self.mode
        spacing = np.where(away < 0, self.left, self.right) / _INTERVALS
        place = np.clip(away / spacing + _INTERVALS, 0.0, 2.0 * _INTERVALS)
        node = np.minimum(place.astype(np.intp), 2 * _INTERVALS - 1)
        s = place - node
        entry = node + (2 * _INTERVALS + 1) * np.arange(node.size).reshape(node.shape)
        c0, c1 = (self.cumulative.take(entry + i) for i in (0, 1))
        d0, d1 = (self.density.take(entry + i) * spacing for i in (0, 1))
        # cubic Hermite: right in value and in density at both nodes
        rise = c1 - c0
        probability = c0 + s * (d0 + s * (3 * rise - 2 * d0 - d1 + s * (d0 + d1 - 2 * rise)))
        density = d0 + s * (2 * (3 * rise - 2 * d0 - d1) + 3 * s * (d0 + d1 - 2 * rise))
        return np.clip(probability, 0.0, 1.0), np.maximum(density, 0.0) / spacing


def _tabulate(variance: Floats, *, shape: CountShape, tilt: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Reach to the left and to the right, density, cumulative and mean relative risk over that at the mode, for some rows."""
    spare = _without_own_count(variance, shape)
    left, right = _reaches(spare=spare, shape=shape)
    away, spacing = _grid(left, right, intervals=_INTERVALS)
    rise = np.expm1(away)
    short, steepness = shape.shortfall(away, rise=rise)
    k, g = spare[..., None], tilt[..., None]
    log_density = g * away - 0.5 * k * away**2 - short
    density = np.exp(log_density - log_density.max(axis=-1, keepdims=True))
    slope = density * (g - k * away - steepness)
    cumulative = np.zeros_like(density)
    np.cumsum(np.maximum(_pieces(density, slope, spacing), 0.0), axis=-1, out=cumulative[..., 1:])
    total = cumulative[..., -1:]
    times = rise + 1
    mean = _pieces(density * times, (slope + density) * times, spacing).sum(axis=-1) / total[..., 0]
    return left, right, density / total, cumulative / total, mean


def skewness_of_counts(variance: Floats, *, shape: CountShape) -> tuple[Floats, Floats]:
    """Say what the parabola leaves out of each count's likelihood, in the light of the whole posterior around it.

    Parameters
    ----------
    variance : ndarray
        (r, m) Gaussian variance.
    shape : CountShape
        (r, m) the likelihood around the mode.

    Returns
    -------
    pull : ndarray
        (r, m) the linear term that would move the Gaussian's mean to the mean of its corrected margin.
    log_ratio : ndarray
        (r, m) log of the evidence of the corrected margin over that of the Gaussian.
    """
    nodes = 2 * _FEW_INTERVALS + 1
    parts = [_skewness_of_rows(variance[rows], shape[rows]) for rows in _in_parts(variance.shape, nodes=nodes)]
    pull, log_ratio = (np.concatenate(part) for part in zip(*parts, strict=True))
    return pull, log_ratio


def _skewness_of_rows(variance: Floats, shape: CountShape) -> tuple[Floats, Floats]:
    spare = _without_own_count(variance, shape)
    left, right = _reaches(spare=spare, shape=shape)
    away, spacing = _grid(left, right, intervals=_FEW_INTERVALS)
    short, steepness = shape.shortfall(away, rise=np.expm1(away))
    k = spare[..., None]
    density = np.exp(-0.5 * k * away**2 - short)
    slope = -density * (k * away + steepness)
    total = _pieces(density, slope, spacing).sum(axis=-1)
    mean = _pieces(density * away, slope * away + density, spacing).sum(axis=-1) / total
    return mean / variance, np.log(total) - 0.5 * np.log(2 * np.pi * variance)


def _in_parts(shape: tuple[int, ...], *, nodes: int) -> Iterator[slice]:
    """Give rows that are worked on together: however they are parted, each comes out the same."""
    rows, points = shape
    together = max(1, _AT_ONCE // (points * nodes))
    return (slice(first, first + together) for first in range(0, rows, together))


def _without_own_count(variance: Floats, shape: CountShape) -> Floats:
    """Precision that is left for a ward's risk when its own count is taken away."""
    return np.asarray(np.maximum(1 / variance - shape.curvature, _LEAST / variance))


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


def _reaches(*, spare: Floats, shape: CountShape) -> tuple[Floats, Floats]:
    """Distance to the first and to the last node."""
    left, right = (_reach(side, spare=spare, shape=shape) for side in (-1.0, 1.0))
    return left, right


def _reach(side: float, *, spare: Floats, shape: CountShape) -> Floats:
    """How far to one side the log density falls by `_DEPTH`: Newton's method, from beyond, on a convex function."""
    held = CountShape(total=shape.total, share=np.clip(shape.share, _LEAST, 1 - _LEAST))
    beyond = _beyond_left if side < 0 else _beyond_right
    reach = np.minimum(beyond(spare=spare, total=held.total, share=held.share), np.sqrt(2 * _DEPTH / spare))
    for _ in range(_REACH_STEPS):
        away = side * reach[..., None]
        short, slope = (part[..., 0] for part in held.shortfall(away, rise=np.expm1(away)))
        excess = 0.5 * spare * reach**2 + short - _DEPTH
        reach = reach - excess / (spare * reach + side * slope)
    return reach


def _beyond_left(*, spare: Floats, total: Floats, share: Floats) -> Floats:
    """Give a distance to the left at which the log density has fallen by more than `_DEPTH`."""
    curvature = total * share * (1 - share)
    # the shortfall is at least curvature * (exp(-r) - 1 + r), that is r**2 / 3 up to 1, and r / e from 1 on
    near = np.sqrt(_DEPTH / (spare / 2 + curvature / 3))
    pull = curvature / np.e
    far = 2 * _DEPTH / (pull + np.sqrt(pull**2 + 2 * spare * _DEPTH))
    line = (_DEPTH / total - np.log1p(-share)) / share
    return np.minimum(np.where(near <= 1, near, np.maximum(far, 1)), line)


def _beyond_right(*, spare: Floats, total: Floats, share: Floats) -> Floats:
    """Give a distance to the right at which the log density has fallen by more than `_DEPTH`."""
    line = (_DEPTH / total - np.log(share)) / (1 - share)
    # the curvature is no less than at the mode until far out, if the share is below a half
    square = np.sqrt(2 * _DEPTH / (spare + total * share * (1 - share)))
    square = np.where(square <= 2 * np.log((1 - share) / share), square, np.inf)
    # log(1 + x) is at least x log(2) up to 1, and exp(d) - 1 at least 3 d from 2 on
    rise = 2.8 * _DEPTH / (total * share)
    steep = np.where(share * np.maximum(rise, np.expm1(2.0)) <= 1, np.maximum(np.log1p(rise), 2.0), np.inf)
    return np.minimum(line, np.minimum(square, steep))
