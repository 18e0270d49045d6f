"""Totals of areas of wards beside the wards' own counts, for audiences without exact values: nothing follows by subtraction."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from data.settings import Disclosure
from disclosure.group_totals import shown_total, shown_totals
from disclosure.suppression import is_suppressed, round_counts

RULES = st.builds(Disclosure, suppress_up_to=st.integers(1, 15), round_to=st.integers(1, 15))
AREAS = st.lists(st.lists(st.integers(0, 25), min_size=1, max_size=9), min_size=1, max_size=5)
MOST = 1_200


def counts_shown_like(shown: int | None, rule: Disclosure) -> tuple[int, int]:
    """The least and the most that a number can be that is shown so; anything at all where it is not shown."""
    every = np.arange(MOST + 1)
    if shown is None:
        return 0, MOST
    alike = every[~is_suppressed(every, rule=rule) & (round_counts(every, rule=rule) == shown)]
    return int(alike[0]), int(alike[-1])


def of_ward(count: int, rule: Disclosure) -> tuple[int, int]:
    if count <= rule.suppress_up_to:
        return 0, rule.suppress_up_to
    return counts_shown_like(int(round_counts(np.array([count]), rule=rule)[0]), rule)


@given(AREAS, RULES)
def test_every_suppressed_count_could_still_be_anything_given_all_wards_all_areas_and_the_whole(areas, rule):
    wards = [[of_ward(count, rule) for count in area] for area in areas]
    counts = np.array([count for area in areas for count in area])
    whole_shown = shown_total(counts, rule=rule)
    assume(whole_shown is not None)
    ends = np.cumsum([len(area) for area in areas])[:-1]
    shown = shown_totals(counts, groups=np.split(np.arange(len(counts)), ends), rule=rule)
    totals = [counts_shown_like(one, rule) for one in shown]
    whole = counts_shown_like(whole_shown, rule)
    # What each area's sum can be: what its wards and its own total allow; then what the others leave of the whole.
    within = [
        (max(sum(low for low, _ in area), least), min(sum(high for _, high in area), most))
        for area, (least, most) in zip(wards, totals, strict=True)
    ]
    for place, area in enumerate(wards):
        others = [one for number, one in enumerate(within) if number != place]
        least = max(within[place][0], whole[0] - sum(high for _, high in others))
        most = min(within[place][1], whole[1] - sum(low for low, _ in others))
        for ward, (low, high) in enumerate(area):
            if areas[place][ward] <= rule.suppress_up_to:
                rest = [one for number, one in enumerate(area) if number != ward]
                assert max(low, least - sum(top for _, top in rest)) == 0
                assert min(high, most - sum(bottom for bottom, _ in rest)) == rule.suppress_up_to


@given(st.lists(st.integers(0, 25), min_size=1, max_size=9), RULES)
def test_a_total_is_shown_rounded_or_not_at_all(counts, rule):
    shown = shown_total(np.array(counts), rule=rule)
    assert shown is None or (shown % rule.round_to == 0 and shown > rule.suppress_up_to)
