"""Counts as they may be shown: small ones suppressed, the rest rounded.

The default rule (1 to 7 suppressed, the rest rounded to 5) is NHS England's sub-national practice; the partnership's
settings decide. Zero is suppressed with the small counts: knowing that a ward had none also tells something of people.
"""

import numpy as np
from numpy.typing import NDArray

from data.settings import Disclosure

WITHHELD = "not given"
"""Stands where a number would let a suppressed count be worked out."""


def is_suppressed(counts: NDArray[np.int64], *, rule: Disclosure) -> NDArray[np.bool_]:
    """Which counts may not be told apart from each other."""
    return np.asarray(counts <= rule.suppress_up_to)


def round_counts(counts: NDArray[np.int64], *, rule: Disclosure) -> NDArray[np.int64]:
    """Round to the nearest multiple of `rule.round_to`, halves up; never down into the suppressed range."""
    step = rule.round_to
    return np.maximum((counts + step // 2) // step * step, _lowest_shown(rule))


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
    return f"{rule.suppress_up_to} or fewer" if rule.suppress_up_to else "0"


def say_total(counts: NDArray[np.int64], *, rule: Disclosure) -> str:
    """Write the sum of counts that are themselves shown by the rule.

    Rounded from the true sum. Withheld where it would narrow what a suppressed count can be, which happens only in
    areas of a few wards.
    """
    total = int(counts.sum())
    return say_count(total, rule=rule) if is_total_harmless(counts, rule=rule) else WITHHELD


def is_total_harmless(counts: NDArray[np.int64], *, rule: Disclosure) -> bool:
    """Whether each suppressed count could still be anything from 0 to the threshold once the sum is shown as well.

    One rounding step is kept in hand at both ends. Without it the sums that are withheld would be so few that to
    withhold one would say what it is.
    """
    small = is_suppressed(counts, rule=rule)
    others = int(small.sum()) - 1
    if others < 0 or rule.suppress_up_to == 0:
        return True
    least, most = range_shown(counts[~small], rule=rule)
    sum_least, sum_most = range_shown(np.array([counts.sum()]), rule=rule)
    room_below = int(most.sum()) + others * rule.suppress_up_to - int(sum_least[0])
    room_above = int(sum_most[0]) - int(least.sum()) - rule.suppress_up_to
    return min(room_below, room_above) >= rule.round_to


def range_shown(counts: NDArray[np.int64], *, rule: Disclosure) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the least and the most that each count could be, going by what is shown of it."""
    small = is_suppressed(counts, rule=rule)
    shown, step = round_counts(counts, rule=rule), rule.round_to
    least = np.where(shown == _lowest_shown(rule), rule.suppress_up_to + 1, shown - step // 2)
    most = shown + (step - 1) - step // 2
    return np.where(small, 0, least), np.where(small, rule.suppress_up_to, most)


def _lowest_shown(rule: Disclosure) -> int:
    return -(-(rule.suppress_up_to + 1) // rule.round_to) * rule.round_to
