"""What the overlap model says of a ward, asked at other thresholds than its own.

The model gives, of each relative risk, a 95 % interval and the probability above its threshold, and the probability that
both are above. On the scale of a standard normal deviate these are three points of each risk's distribution function;
between them it is taken as straight, and beyond them as straight on, so what the model said is repeated exactly at its
own threshold. The two risks are joined by a Gaussian copula whose correlation gives back the joint probability.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from analysis.exceedance import joint_exceedance

Floats = NDArray[np.float64]

_END = float(ndtri(0.975))
_LEAST = 1e-6
_APART = 0.3
"""Points nearer to each other than this on the normal scale say nothing of the slope between them."""
_HALVINGS = 30
_MOST = 0.98
_TELLS = 1e-3
"""Below this probability of either risk the joint one says nothing of a correlation."""


@dataclass(frozen=True)
class PooledRisks:
    """The distribution of two relative risks of `n` wards. Measure 0 is referrals."""

    log_risk: Floats
    """(n, 2, 3) three points, rising."""
    deviate: Floats
    """(n, 2, 3) standard normal deviates of their probabilities, rising."""
    correlation: Floats
    """(n,) of the copula."""

    @classmethod
    def fitted(cls, *, interval: Floats, above: Floats, both: Floats, threshold: float) -> "PooledRisks":
        """Take what the model said.

        Parameters
        ----------
        interval : ndarray
            (n, 2, 2) 95 % interval of the relative risk.
        above : ndarray
            (n, 2) probability above the threshold.
        both : ndarray
            (n,) probability that both are.
        """
        ends = np.log(interval)
        deviate = -ndtri(np.clip(above, _LEAST, 1 - _LEAST))
        log_risk = np.full(deviate.shape, np.log(threshold))
        points = np.stack([log_risk, deviate], axis=-1)
        low = np.stack([ends[..., 0], np.full(above.shape, -_END)], axis=-1)
        high = np.stack([ends[..., 1], np.full(above.shape, _END)], axis=-1)
        # a threshold far out, or on an end of the interval, is no third point: the middle of the others serves
        inside = (np.abs(deviate) < _END - _APART) & _between(log_risk, ends)
        middle = np.where(inside[..., None], points, (low + high) / 2)
        three = np.stack([low, middle, high], axis=-2)
        return cls(log_risk=three[..., 0], deviate=three[..., 1], correlation=_correlation(above, both))

    def above(self, cut: Floats) -> Floats:
        """Probability above log relative risks, (n, 2, ...) as given."""
        extra = cut.ndim - 2
        x, z = (part.reshape(*part.shape, *([1] * extra)) for part in (self.log_risk, self.deviate))
        slopes = np.diff(z, axis=2) / np.diff(x, axis=2)
        away = cut - x[:, :, 1]
        return np.asarray(ndtr(-(z[:, :, 1] + np.where(away < 0, slopes[:, :, 0], slopes[:, :, 1]) * away)))

    def both_above(self, cut: Floats) -> Floats:
        """Probability that both risks are above each pair of cuts, (n, k, k), of (n, 2, k) log relative risks."""
        above = self.above(cut)
        first, second = np.broadcast_arrays(above[:, 0, :, None], above[:, 1, None, :])
        return joint_exceedance(first, second, correlation=self.correlation[:, None, None])


def _between(value: Floats, ends: Floats) -> NDArray[np.bool_]:
    return np.asarray((value > ends[..., 0]) & (value < ends[..., 1]))


def _correlation(above: Floats, both: Floats) -> Floats:
    """Correlation at which the copula gives the joint probability: it rises with it, so halve."""
    low, high = np.full(both.shape, -_MOST), np.full(both.shape, _MOST)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        less = joint_exceedance(above[:, 0], above[:, 1], correlation=middle) < both
        low, high = np.where(less, middle, low), np.where(less, high, middle)
    tells = (above.min(axis=1) > _TELLS) & (above.max(axis=1) < 1 - _TELLS)
    return np.asarray(np.where(tells, (low + high) / 2, 0.0))
