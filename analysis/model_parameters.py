"""All hyperparameters of the overlap model: those of the field, and how overdispersed reporting is.

Unbounded scale: the four of `field_parameters`, then one for the standard deviation of the reporting factor of both
measures. Its prior is exponential with 5 % above 0.5, the penalised-complexity prior of Simpson et al. (2017),
Statistical Science 32:1: it shrinks to Poisson counts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis import field_parameters
from analysis.field_parameters import FieldParameters
from analysis.prior_scale import exponential_at, log_normal_density

Floats = NDArray[np.float64]

SPREAD_RATE = -np.log(0.05) / 0.5
"""Rate of the exponential prior of the standard deviation of reporting: 5 % of it is above 0.5."""
LOWER = np.append(field_parameters.LOWER, -3.0)
UPPER = np.append(field_parameters.UPPER, 2.5)
"""Bounds of `theta`: reporting varies by no more than a standard deviation of 0.85."""
START = np.array([0.4, 0.4, 0.3, 0.6, 0.0])
WILD_START = np.array([2.0, 2.0, 0.3, 0.0, -1.0])
"""Where it may begin again: with risks that differ widely, and reporting that does not."""


@dataclass(frozen=True)
class ModelParameters:
    """One point of the hyperparameters."""

    field: FieldParameters
    spread: float
    """Standard deviation of the factor, of mean 1, by which reporting differs from risk."""

    @classmethod
    def from_theta(cls, theta: Floats) -> "ModelParameters":
        """Read a (5,) point of the unbounded scale."""
        return cls(
            field=FieldParameters.from_theta(theta[:4]), spread=float(exponential_at(theta[4], rate=SPREAD_RATE))
        )

    @property
    def size(self) -> float:
        """Shape of the gamma factor."""
        return 1 / self.spread**2


def log_prior(theta: Floats) -> float:
    """Log prior density of a (5,) point, on the unbounded scale."""
    return field_parameters.log_prior(theta[:4]) + log_normal_density(theta[4])
