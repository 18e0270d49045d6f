"""The scale on which a prior is a standard normal.

Counts often cannot tell a small standard deviation from none, or much smoothing from all. On a logarithm or a logit
the posterior then has a long flat tail that few points can follow; on this scale it is no wider than its prior.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr, ndtri_exp

Floats = NDArray[np.float64]


def exponential_at(z: ArrayLike, *, rate: float) -> Floats:
    """Value whose exponential prior stands at `z` standard deviations, any shape."""
    return np.asarray(-log_ndtr(-np.asarray(z, dtype=np.float64)) / rate)


def exponential_score(value: ArrayLike, *, rate: float) -> Floats:
    """Standard deviations at which a value of an exponential prior stands, any shape."""
    return np.asarray(-ndtri_exp(-rate * np.asarray(value, dtype=np.float64)))


def log_normal_density(z: ArrayLike) -> float:
    """Log density of independent standard normals, summed."""
    z = np.asarray(z, dtype=np.float64)
    return float(-0.5 * np.sum(z**2) - 0.5 * z.size * np.log(2 * np.pi))
