"""A count of which only a range is known, as a whole count that says about as much of the ward's risk.

The likelihood of *somewhere between `least` and `most`* is not that of any count, and the overlap model takes counts. A
smaller count beside an equally smaller expected count points to the same risk and weighs less: so a range around 10 becomes
a count of 8 out of eight tenths of what was expected. *At most `most`* becomes no event out of a small part of what was
expected: nearly the same for all risks that are not high, and unlikely where the risk is.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

_NOTHING_KNOWN = 1e-6
"""Weight where nothing is known: the model needs something expected in every ward."""
_ALMOST = 1e-9


def evidence_of_ranges(
    least: NDArray[np.int64], most: NDArray[np.int64], *, any_number: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Give a count and a weight for each range.

    Parameters
    ----------
    least, most : int arrays of one shape
        Ends of the ranges, both included.
    any_number : int
        A `most` that stands for no upper end.

    Returns
    -------
    tuple of arrays
        Counts (int), and the part of the expected count that goes with each, above 0 and at most 1.

    Notes
    -----
    A range from 0: the likelihoods agree where the expected count is one above the range's end, at about a half. Another:
    the log risk has the variance of a count in the middle plus that of a place evenly drawn from the range.
    """
    ended = np.where(most >= any_number, 2 * least, most)
    middle = np.maximum((least + ended) / 2, _ALMOST)
    spread = ((ended - least + 1) ** 2 - 1) / 12
    counts = np.maximum(np.floor(1 / (1 / middle + spread / middle**2) + _ALMOST), 1).astype(np.int64)
    weight = np.minimum(counts / middle, 1.0)
    from_zero = np.where(most >= any_number, _NOTHING_KNOWN, -poisson.logcdf(ended, ended + 1.0) / (ended + 1.0))
    return np.where(least > 0, counts, 0), np.where(least > 0, weight, from_zero)
