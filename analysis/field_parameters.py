"""The four hyperparameters of the bivariate field, their unbounded scale and their weak priors.

Unbounded scale `theta = (log sd of referrals, log sd of incidents, atanh of the correlation, logit of lam)`. Priors:

- each standard deviation: exponential, with 5 % above 2, the penalised-complexity prior of Simpson et al. (2017),
Statistical
  Science 32:1: it shrinks to equal risk everywhere;
- the correlation: density proportional to `1 - r**2`, the LKJ(2) prior (Lewandowski, Kurowicka and Joe 2009): shrinks
to 0;
- `lam`: uniform between 0 (wards independent) and 1 (an intrinsic CAR field).

The standard deviations scale the field; they are those of a ward's log relative risk where `lam` is 0, and of its
part that
neighbours do not explain, times the root of their number, where `lam` is near 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

SD_RATE = -np.log(0.05) / 2.0
"""Rate of the exponential prior of a standard deviation: 5 % of it is above 2."""
LOWER = np.array([np.log(1e-3), np.log(1e-3), -3.8, -9.0])
UPPER = np.array([np.log(30.0), np.log(30.0), 3.8, 9.0])
"""Bounds of `theta`: correlation within 0.999, `lam` within 0.0001 and 0.9999. They keep every factorisation safe."""


@dataclass(frozen=True)
class FieldParameters:
    """One point of the hyperparameters."""

    sd: tuple[float, float]
    correlation: float
    lam: float

    @classmethod
    def from_theta(cls, theta: NDArray[np.float64]) -> "FieldParameters":
        """Read a (4,) point of the unbounded scale."""
        first, second = (float(value) for value in np.exp(theta[:2]))
        return cls(sd=(first, second), correlation=float(np.tanh(theta[2])), lam=float(expit(theta[3])))

    @property
    def inverse_covariance(self) -> NDArray[np.float64]:
        """(2, 2) inverse of Sigma."""
        first, second = self.sd
        scale = 1 - self.correlation**2
        across = -self.correlation / (first * second)
        return np.array([[1 / first**2, across], [across, 1 / second**2]]) / scale


def log_prior(theta: NDArray[np.float64]) -> float:
    """Log prior density of a (4,) point, on the unbounded scale, up to a constant."""
    spread = float(np.sum(theta[:2] - SD_RATE * np.exp(theta[:2])))
    # (1 - r**2) for the prior and again for the change of variable; log(1 - tanh(z)**2) = -2 log cosh(z)
    across = -4 * float(np.logaddexp(theta[2], -theta[2]))
    mixing = float(log_expit(theta[3]) + log_expit(-theta[3]))
    return spread + across + mixing
