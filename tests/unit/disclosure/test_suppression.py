import numpy as np
import pytest

from data.settings import Disclosure
from disclosure.suppression import (
    ANY_NUMBER,
    WITHHELD,
    Ranges,
    is_suppressed,
    is_total_harmless,
    round_counts,
    say_count,
    say_counts,
    say_few,
    say_total,
)

STRICT = Disclosure()
FEWER_THAN_TEN = Disclosure(suppress_up_to=9, round_to=1)
NOTHING_HIDDEN = Disclosure(suppress_up_to=0, round_to=1)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "7 or fewer"), (6, "7 or fewer"), (7, "7 or fewer"), (8, "10"), (12, "10"), (13, "15"), (1_234, "1,235")],
)
def test_the_strict_rule_at_its_edges(count, said):
    assert say_count(count, rule=STRICT) == said


@pytest.mark.parametrize(("count", "said"), [(9, "9 or fewer"), (10, "10"), (11, "11")])
def test_another_rule_at_its_edges(count, said):
    assert say_count(count, rule=FEWER_THAN_TEN) == said


def test_a_rule_that_hides_nothing_says_none_as_a_number():
    assert say_counts(np.array([0, 1, 2]), rule=NOTHING_HIDDEN) == ["0", "1", "2"]
    assert say_few(NOTHING_HIDDEN) == "0"


def test_a_shown_count_is_never_rounded_into_the_suppressed_range():
    assert round_counts(np.array([8, 9, 14]), rule=Disclosure(suppress_up_to=7, round_to=20)).tolist() == [20, 20, 20]


def test_the_threshold_itself_is_suppressed():
    assert is_suppressed(np.array([0, 7, 8]), rule=STRICT).tolist() == [True, True, False]


def test_a_total_is_rounded_from_the_true_sum_and_not_summed_from_what_is_shown():
    assert say_total(np.array([9] * 7), rule=STRICT) == "65"
    assert say_total(np.array([2] * 34), rule=STRICT) == "70"


def test_a_total_is_withheld_where_the_one_small_count_would_follow_by_subtraction():
    assert say_total(np.array([40, 3]), rule=FEWER_THAN_TEN) == WITHHELD
    assert say_total(np.array([14, 0]), rule=STRICT) == WITHHELD


def test_a_total_is_given_where_many_small_counts_share_it():
    assert say_total(np.array([1, 2, 0, 1] * 44), rule=STRICT) == "175"
    assert say_total(np.array([3, 1, 2, 9, 4] * 10), rule=FEWER_THAN_TEN) == "190"


def test_a_total_that_narrows_a_count_that_is_shown_is_withheld_too():
    # "10" and "10" make 16 to 24; a total of 15, 13 to 17, would leave each of them 8 or 9.
    assert not is_total_harmless(np.array([8, 9]), rule=STRICT)
    assert is_total_harmless(np.array([10, 10, 10, 10, 10, 10]), rule=STRICT)


def test_no_total_is_given_where_a_ward_was_told_on_other_boundaries():
    """Whoever kept what was told then would put the total beside it."""
    ranges = Ranges(least=np.array([0, *[0] * 9]), most=np.array([ANY_NUMBER, *[7] * 9]))
    assert not is_total_harmless(np.array([20, *[3] * 9]), rule=STRICT, ranges=ranges)
    assert is_total_harmless(np.array([3] * 10), rule=STRICT)


def test_a_total_of_no_ward_or_under_a_rule_that_suppresses_nothing_is_harmless():
    assert is_total_harmless(np.array([8, 9]), rule=Disclosure(suppress_up_to=0))
    assert is_total_harmless(np.array([], dtype=np.int64), rule=STRICT)
