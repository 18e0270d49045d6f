"""Totals of groups of wards beside the total of all wards: which of them may be shown together.

The total of one group may be harmless by itself, and yet leave what a group that is not shown has: subtract all that are shown
from the whole. So groups are withheld until what is left for those withheld says nothing of a suppressed count.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from data.settings import Disclosure
from disclosure.suppression import (
    ANY_NUMBER,
    Ranges,
    is_suppressed,
    is_total_harmless,
    range_shown,
    room_left,
    round_counts,
)

Rows = NDArray[np.intp]


def shown_total(counts: NDArray[np.int64], *, rule: Disclosure, ranges: Ranges | None = None) -> int | None:
    """Give a sum as it may be shown, as a number; none where it may not, or where all there is to say is that it is small.

    Parameters
    ----------
    ranges : Ranges or None
        What is shown of each count; by the rule if not given.
    """
    total = counts.sum(keepdims=True)
    if is_suppressed(total, rule=rule)[0] or not is_total_harmless(counts, rule=rule, ranges=ranges):
        return None
    return int(round_counts(total, rule=rule)[0])


def shown_totals(
    counts: NDArray[np.int64], *, groups: Sequence[Rows], rule: Disclosure, ranges: Ranges | None = None
) -> list[int | None]:
    """Give the total of each group as it may be shown beside each count and the total of all, none where it may not.

    Parameters
    ----------
    counts : (n,) int array
        By ward; each is shown by the rule, or as `ranges`.
    groups : sequence of int arrays
        Rows of the wards of each group: every ward in exactly one. The total of all may be shown.

    Notes
    -----
    With each count free to be anything in its range whatever else is shown, which
    `tests/property/test_group_totals.py` checks against all that follows from the sums. Groups with small totals are
    withheld first.
    """
    each = range_shown(counts, rule=rule) if ranges is None else ranges
    if (each.most >= ANY_NUMBER).any():
        return [None] * len(groups)  # some wards were told on other boundaries (`is_total_harmless`)
    shown = [shown_total(counts[group], rule=rule, ranges=each[group]) for group in groups]
    while any(total is not None for total in shown) and not _is_rest_harmless(counts, each, groups, shown, rule=rule):
        # By what is shown alone, so that the choice of which to withhold says nothing.
        given = [place for place, total in enumerate(shown) if total is not None]
        shown[min(given, key=lambda place: (shown[place], place))] = None
    return shown


def _is_rest_harmless(
    counts: NDArray[np.int64], each: Ranges, groups: Sequence[Rows], shown: Sequence[int | None], *, rule: Disclosure
) -> bool:
    """Whether the total of the groups that are not shown, as it follows from the others and the whole, is harmless."""
    rest = np.concatenate([np.empty(0, np.intp), *(g for g, one in zip(groups, shown, strict=True) if one is None)])
    if not rest.size or rule.suppress_up_to == 0:
        return True
    pairs = zip(groups, shown, strict=True)
    given = [_range_of_group(counts[g], each[g], rule=rule) for g, one in pairs if one is not None]
    whole = range_shown(counts.sum(keepdims=True), rule=rule)
    rest_least = int(whole.least[0]) - sum(most for _, most in given)
    rest_most = int(whole.most[0]) - sum(least for least, _ in given)
    return room_left(each[rest], least=rest_least, most=rest_most) >= rule.round_to


def _range_of_group(counts: NDArray[np.int64], each: Ranges, *, rule: Disclosure) -> tuple[int, int]:
    """Give the least and the most that a group's total can be, going by what is shown of it and of its wards."""
    total = range_shown(counts.sum(keepdims=True), rule=rule)
    return max(int(each.least.sum()), int(total.least[0])), min(int(each.most.sum()), int(total.most[0]))
