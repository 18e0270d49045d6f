"""Expected counts and crude rates."""

import numpy as np
from numpy.typing import NDArray

PER_PEOPLE = 10_000
"""Rates are events a year per this many people of the denominator."""


def expected_counts(total: float, *, denominator: NDArray[np.float64]) -> NDArray[np.float64]:
    """Counts that each ward would have at the whole area's rate (indirect standardisation).

    Parameters
    ----------
    total : float
        Events of all wards together.
    denominator : (n,) float array
        People by ward, all above zero.

    Returns
    -------
    (n,) float array
        Sums to `total`. Where nothing was observed anywhere, as if one event had been: the model needs
        positive expectations, and zero events everywhere then say nothing of any ward.
    """
    return np.asarray(max(total, 1) * denominator / denominator.sum(), dtype=np.float64)


def crude_rates(
    observed: NDArray[np.int64] | NDArray[np.float64], *, denominator: NDArray[np.float64], years: float
) -> NDArray[np.float64]:
    """Events a year per 10,000 people; missing where the denominator is missing or zero. Shapes broadcast."""
    people = np.where(denominator > 0, denominator, np.nan)
    return np.asarray(observed / people / years * PER_PEOPLE, dtype=np.float64)
