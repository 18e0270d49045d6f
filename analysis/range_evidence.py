"""A count of which only a range is known, as a count that says about as much of the ward's risk.

The likelihood of *somewhere between `least` and `most`* is not that of any count, and the overlap model takes counts. A
smaller count beside an equally smaller expected count points to the same risk and weighs less: so a range around 10 becomes
8 out of eight tenths of what was expected. A range that reaches down to small counts becomes a small part of what such a
ward usually has: it tells risks apart only where they are high, and there the ward is not said to be high anyway.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

_NOTHING_KNOWN = 1e-6
"""Weight where nothing is known: the model needs something expected in every ward."""
_ALMOST = 1e-9


def evidence_of_ranges(
    least: NDArray[np.int64],
    most: NDArray[np.int64],
    *,
    hidden: NDArray[np.bool_],
    usual: NDArray[np.float64],
    any_number: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give a count and a weight for each range.

    Parameters
    ----------
    least, most : int arrays of one shape
        Ends of the ranges, both included.
    hidden : bool array
        Which ranges reach down to small counts.
    usual : float array
        What is expected of a count before its range is known; only that of hidden ones matters.
    any_number : int
        A `most` that stands for no upper end.

    Returns
    -------
    tuple of arrays
        Counts, and the part of the expected count that goes with each, above 0 and at most 1.

    Notes
    -----
    A hidden count: the mean of a Poisson count in its range, weighed so that the likelihood agrees with that of the range where
    the expected count is one above its end, at about a half. Another: the log risk has the variance of a count in the
    middle plus that of a place evenly drawn from the range.
    """
    ended = np.where(most >= any_number, 2 * least, most)
    middle = np.maximum((least + ended) / 2, _ALMOST)
    spread = ((ended - least + 1) ** 2 - 1) / 12
    weight = np.minimum(1 / (1 / middle + spread / middle**2) / middle, 1.0)
    loose = np.where(most >= any_number, _NOTHING_KNOWN, -poisson.logcdf(ended, ended + 1.0) / (ended + 1.0))
    centre = np.where(hidden, _mean_within(least, most, usual=usual), middle)
    weight = np.where(hidden, loose, weight)
    return np.asarray(weight * centre), np.asarray(weight)


def _mean_within(
    least: NDArray[np.int64], most: NDArray[np.int64], *, usual: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mean of a Poisson count of mean `usual` that lies between `least` and `most`."""
    inside = poisson.cdf(most, usual) - poisson.cdf(least - 1, usual)
    below = poisson.cdf(most - 1, usual) - poisson.cdf(least - 2, usual)
    mean = usual * below / np.maximum(inside, _ALMOST)
    return np.asarray(np.clip(np.where(inside > _ALMOST, mean, usual), least, most), dtype=np.float64)
