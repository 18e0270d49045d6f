"""The four hyperparameters of the bivariate field, their unbounded scale and their weak priors.

Unbounded scale `theta`: each of the two standard deviations and `lam` on the scale on which its prior is a standard
normal (`prior_scale`), the correlation as its atanh (third). Priors:

- each standard deviation: exponential, with 5 % above 2, the penalised-complexity prior of Simpson et al. (2017),
  Statistical Science 32:1: it shrinks to equal risk everywhere;
- the correlation: density proportional to `1 - r**2`, the LKJ(2) prior (Lewandowski, Kurowicka and Joe 2009): shrinks
  to 0;
- `lam`: uniform between 0 (wards independent) and 1 (an intrinsic CAR field).

The standard deviations scale the field; they are those of a ward's log relative risk where `lam` is 0, and of its part
that neighbours do not explain, times the root of their number, where `lam` is near 1.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from analysis.prior_scale import exponential_at, exponential_score, log_normal_density

SD_RATE = -np.log(0.05) / 2.0
"""Rate of the exponential prior of a standard deviation: 5 % of it is above 2."""
LOWER = np.array([-3.0, -3.0, -3.8, -3.7])
UPPER = np.array([8.0, 8.0, 3.8, 3.7])
"""Bounds of `theta`: standard deviations within 0.001 and 23, correlation within 0.999, `lam` within 0.0001 and 0.9999.
They keep every factorisation safe."""


@dataclass(frozen=True)
class FieldParameters:
    """One point of the hyperparameters."""

    sd: tuple[float, float]
    correlation: float
    lam: float

    @classmethod
    def from_theta(cls, theta: NDArray[np.float64]) -> "FieldParameters":
        """Read a (4,) point of the unbounded scale."""
        first, second = (float(value) for value in exponential_at(theta[:2], rate=SD_RATE))
        return cls(sd=(first, second), correlation=float(np.tanh(theta[2])), lam=float(ndtr(theta[3])))

    @property
    def theta(self) -> NDArray[np.float64]:
        """(4,) the same point on the unbounded scale."""
        return np.array([*exponential_score(self.sd, rate=SD_RATE), np.arctanh(self.correlation), ndtri(self.lam)])

    @cached_property
    def inverse_covariance(self) -> NDArray[np.float64]:
        """(2, 2) inverse of Sigma, read-only."""
        first, second = self.sd
        scale = 1 - self.correlation**2
        across = -self.correlation / (first * second)
        inverse = np.array([[1 / first**2, across], [across, 1 / second**2]]) / scale
        inverse.flags.writeable = False
        return inverse


def log_prior(theta: NDArray[np.float64]) -> float:
    """Log prior density of a (4,) point, on the unbounded scale."""
    # (1 - r**2) for the prior and again for the change of variable; log(1 - tanh(z)**2) = -2 log cosh(z)
    across = float(np.log(0.75) - 4 * (np.logaddexp(theta[2], -theta[2]) - np.log(2)))
    return log_normal_density(theta[[0, 1, 3]]) + across
