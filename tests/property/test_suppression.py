"""What suppression and rounding must hold for any counts and any rule."""

import itertools
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.settings import Disclosure
from disclosure.suppression import WITHHELD, is_suppressed, round_counts, say_counts, say_total

RULES = st.builds(Disclosure, suppress_up_to=st.integers(0, 30), round_to=st.integers(1, 30))
COUNTS = st.lists(st.integers(0, 5_000), min_size=1, max_size=30).map(np.array)
SMALL_RULES = [
    Disclosure(),
    Disclosure(suppress_up_to=3, round_to=1),
    Disclosure(suppress_up_to=2, round_to=1),
    Disclosure(suppress_up_to=2, round_to=4),
    Disclosure(suppress_up_to=1, round_to=1),
    Disclosure(suppress_up_to=4, round_to=3),
    Disclosure(suppress_up_to=3, round_to=2),
]


@given(RULES)
def test_all_suppressed_counts_are_written_the_same(rule):
    every = np.arange(rule.suppress_up_to + 1)
    assert len(set(say_counts(every, rule=rule))) == 1


@given(COUNTS, RULES)
def test_what_is_shown_of_a_larger_count_is_never_what_is_shown_of_a_small_one(counts, rule):
    small = say_counts(np.array([0]), rule=rule)[0]
    said = np.array(say_counts(counts, rule=rule))
    assert ((said == small) == is_suppressed(counts, rule=rule)).all()


@given(COUNTS, RULES)
def test_rounding_moves_a_shown_count_by_half_a_step_or_out_of_the_suppressed_range(counts, rule):
    shown = counts[~is_suppressed(counts, rule=rule)]
    rounded = round_counts(shown, rule=rule)
    lowest = rounded == -(-(rule.suppress_up_to + 1) // rule.round_to) * rule.round_to
    assert (rounded % rule.round_to == 0).all()
    assert (rounded > rule.suppress_up_to).all()
    assert (abs(rounded - shown) <= rule.round_to / 2)[~lowest].all()
    assert (abs(rounded - shown) < rule.round_to)[lowest].all()


@given(COUNTS, RULES)
def test_more_never_looks_like_fewer(counts, rule):
    ordered = np.sort(counts)
    shown = np.where(is_suppressed(ordered, rule=rule), 0, round_counts(ordered, rule=rule))
    assert (np.diff(shown) >= 0).all()


@given(COUNTS, RULES)
def test_counts_are_left_as_they_were(counts, rule):
    before = counts.copy()
    say_counts(counts, rule=rule)
    say_total(counts, rule=rule)
    assert (counts == before).all()


def shown_and_possible(wards, rule):
    """Every area of so many wards up to three rounding steps above the threshold: what is shown, and what it can come from."""
    step = rule.round_to
    lowest = -(-(rule.suppress_up_to + 1) // step) * step
    largest = lowest + 3 * step + step - 1 - step // 2
    said = say_counts(np.arange(largest + 1), rule=rule)
    possible = defaultdict(set)
    for counts in itertools.product(range(largest + 1), repeat=wards):
        shown = (*(said[count] for count in counts), say_total(np.array(counts), rule=rule))
        for ward, count in enumerate(counts):
            if count <= rule.suppress_up_to:
                possible[shown, ward].add(count)
    return possible


@pytest.mark.parametrize("rule", SMALL_RULES, ids=lambda rule: f"{rule.suppress_up_to}-{rule.round_to}")
@pytest.mark.parametrize("wards", [1, 2, 3])
def test_with_the_total_every_suppressed_count_can_still_be_anything_it_could_be(rule, wards):
    """Tried out in full: whoever knows the rule and all that is shown of an area learns nothing more."""
    narrowed = [
        shown for shown, values in shown_and_possible(wards, rule).items() if len(values) <= rule.suppress_up_to
    ]
    assert narrowed == []


def test_totals_are_given_all_the_same():
    given_total = [shown[-1] for shown, _ in shown_and_possible(3, Disclosure(suppress_up_to=2, round_to=1))]
    assert any(total not in {WITHHELD, "2 or fewer"} for total in given_total)
