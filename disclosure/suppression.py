"""Counts as they may be shown: small ones suppressed, the rest rounded.

The default rule (1 to 7 suppressed, the rest rounded to 5) is NHS England's sub-national practice; the partnership's
settings decide. Zero is suppressed with the small counts: knowing that a ward had none also tells something of people.
"""

import numpy as np
from numpy.typing import NDArray

from data.settings import Disclosure


def is_suppressed(counts: NDArray[np.int64], *, rule: Disclosure) -> NDArray[np.bool_]:
    """Which counts may not be told apart from each other."""
    return np.asarray(counts <= rule.suppress_up_to)


def round_counts(counts: NDArray[np.int64], *, rule: Disclosure) -> NDArray[np.int64]:
    """Round to the nearest multiple of `rule.round_to`, halves up; never down into the suppressed range."""
    step = rule.round_to
    rounded = (counts + step // 2) // step * step
    lowest = -(-(rule.suppress_up_to + 1) // step) * step
    return np.maximum(rounded, lowest)


def say_counts(counts: NDArray[np.int64], *, rule: Disclosure) -> list[str]:
    """Write each count as it may be shown, e.g. `7 or fewer` or `25`."""
    small = is_suppressed(counts, rule=rule)
    rounded = round_counts(counts, rule=rule)
    few = say_few(rule)
    return [few if hidden else f"{value:,}" for hidden, value in zip(small, rounded, strict=True)]


def say_count(count: int, *, rule: Disclosure) -> str:
    """Write one count as it may be shown."""
    return say_counts(np.array([count]), rule=rule)[0]


def say_few(rule: Disclosure) -> str:
    """How a suppressed count is written."""
    return f"{rule.suppress_up_to} or fewer"
