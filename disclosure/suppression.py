"""Counts as they may be shown: small ones suppressed, the rest rounded.

The default rule (1 to 7 suppressed, the rest rounded to 5) is NHS England's sub-national practice; the partnership's
settings decide. Zero is suppressed with the small counts: knowing that a ward had none also tells something of people.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.settings import Disclosure

ANY_NUMBER = 2**28
"""Upper end of a range that has none."""

WITHHELD = "not given"
"""Stands where a number would let a suppressed count be worked out."""


@dataclass(frozen=True)
class Ranges:
    """The least and the most that each of some counts can be, both included, going by what is shown of it."""

    least: NDArray[np.int64]
    most: NDArray[np.int64]

    def hidden(self, *, rule: Disclosure) -> NDArray[np.bool_]:
        """Which counts could be suppressed ones."""
        return np.asarray(self.least <= rule.suppress_up_to)

    def __getitem__(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> "Ranges":
        """Take some of the counts."""
        return Ranges(least=self.least[rows], most=self.most[rows])


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


def say_ranges(ranges: Ranges, *, rule: Disclosure) -> list[str]:
    """Write each range: as a count is written where one is shown so, else e.g. `12 or fewer` or `8 to 17`."""
    said, usual = say_counts(ranges.least, rule=rule), is_as_usual(ranges, rule=rule)
    rows = zip(said, usual, ranges.least, ranges.most, strict=True)
    return [text if as_usual else _say_range(least, most) for text, as_usual, least, most in rows]


def is_as_usual(ranges: Ranges, *, rule: Disclosure) -> NDArray[np.bool_]:
    """Which ranges are those, or parts of those, that the rule gives a count by itself."""
    return np.asarray(ranges.most <= range_shown(ranges.least, rule=rule).most)


def _say_range(least: int, most: int) -> str:
    if most >= ANY_NUMBER:
        return f"{least:,} or more" if least else WITHHELD
    return f"{least:,} to {most:,}" if least else f"{most:,} or fewer"


def say_total(counts: NDArray[np.int64], *, rule: Disclosure, ranges: Ranges | None = None) -> str:
    """Write the sum of counts that are themselves shown by the rule, or as `ranges`.

    Rounded from the true sum. Withheld where it would narrow what a suppressed count can be, which happens only in
    areas of a few wards.
    """
    total = int(counts.sum())
    return say_count(total, rule=rule) if is_total_harmless(counts, rule=rule, ranges=ranges) else WITHHELD


def is_total_harmless(counts: NDArray[np.int64], *, rule: Disclosure, ranges: Ranges | None = None) -> bool:
    """Whether each count keeps its whole range once the sum is shown as well.

    Goes by the ranges and the sum as it is shown, not by the counts. One rounding step is kept in hand at both ends.
    Without it the sums that are withheld would be so few that to withhold one would say what it is.

    Parameters
    ----------
    ranges : Ranges or None
        What is shown of each count; by the rule if not given.
    """
    if rule.suppress_up_to == 0 or not counts.size:
        return True
    each = range_shown(counts, rule=rule) if ranges is None else ranges
    if (each.most >= ANY_NUMBER).any():
        return False  # told on other boundaries: who kept that puts the sum beside it
    whole = range_shown(counts.sum(keepdims=True), rule=rule)
    return room_left(each, least=int(whole.least[0]), most=int(whole.most[0])) >= rule.round_to


def room_left(each: Ranges, *, least: int, most: int) -> int:
    """How far the sum of counts, from `least` to `most`, is from narrowing the range of one of them."""
    width = each.most - each.least
    below = each.most.sum() - width - least
    above = most - each.least.sum() - width
    return int(min(below.min(), above.min()))


def range_shown(counts: NDArray[np.int64], *, rule: Disclosure) -> Ranges:
    """Give the least and the most that each count could be, going by what the rule shows of it."""
    small = is_suppressed(counts, rule=rule)
    shown, step = round_counts(counts, rule=rule), rule.round_to
    least = np.where(shown == _lowest_shown(rule), rule.suppress_up_to + 1, shown - step // 2)
    most = shown + (step - 1) - step // 2
    return Ranges(least=np.where(small, 0, least), most=np.where(small, rule.suppress_up_to, most))


def _lowest_shown(rule: Disclosure) -> int:
    return -(-(rule.suppress_up_to + 1) // rule.round_to) * rule.round_to
