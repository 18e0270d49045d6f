import itertools

import numpy as np
import pytest

from data.settings import Disclosure
from disclosure.ledger import Ledger
from disclosure.suppression import ANY_NUMBER

RULE = Disclosure()
OLDER, NEWER = (0, 4), (1, 5)
"""Two years that share three quarters."""


def told(wards, windows, *, rule=RULE, quarters=5):
    """Tell windows of wards, each a list of counts by quarter; the ledger, and what was told of each window."""
    ledger, counts = Ledger(series=len(wards), quarters=quarters, rule=rule), np.array(wards)
    ranges = {
        (first, stop): ledger.tell(counts[:, first:stop].sum(axis=1), first=first, stop=stop) for first, stop in windows
    }
    return ledger, {window: pairs(one) for window, one in ranges.items()}


def pairs(ranges):
    return list(zip(ranges.least.tolist(), ranges.most.tolist(), strict=True))


def test_before_anything_is_told_a_count_can_be_anything():
    ledger = Ledger(series=2, quarters=3, rule=RULE)
    assert pairs(ledger.known(0, 3)) == pairs(ledger.known(1, 2)) == [(0, ANY_NUMBER)] * 2


def test_a_window_that_no_other_touches_is_told_as_the_rule_tells_a_count():
    wards = [[count, 0, 0, 0, 0] for count in (0, 7, 8, 12, 13, 17, 18, 102)]
    _, said = told(wards, [OLDER])
    assert said[OLDER] == [(0, 7), (0, 7), (8, 12), (8, 12), (13, 17), (13, 17), (18, 22), (98, 102)]


def test_a_year_of_ten_after_one_of_seven_or_fewer_says_that_the_new_quarter_has_some():
    ledger, said = told([[0, 1, 2, 1, 6]], [OLDER, NEWER])
    assert said == {OLDER: [(0, 7)], NEWER: [(8, 12)]}
    assert pairs(ledger.known(4, 5)) == [
        (1, 12)
    ]  # at least 8 of a year in which the other three quarters have 7 at most
    assert pairs(ledger.known(1, 4)) == [(0, 7)]
    assert pairs(ledger.known(0, 1)) == [(0, 7)]


def test_a_year_of_seven_or_fewer_after_one_of_ten_says_that_the_quarter_that_is_gone_had_some():
    ledger, said = told([[6, 1, 2, 1, 0]], [OLDER, NEWER])
    assert said == {OLDER: [(8, 12)], NEWER: [(0, 7)]}
    assert pairs(ledger.known(0, 1)) == [(1, 12)]


def test_the_uppermost_range_is_joined_with_the_one_below_where_alone_it_would_say_too_much():
    # The year is told as 8 to 12. A quarter of 8 to 12 would leave 0 to 4 for the other three: so one more range from 0.
    ledger, said = told([[2, 1, 3, 6, 0], [12, 0, 0, 0, 0]], [OLDER, (0, 1)])
    assert said[0, 1] == [(0, 12), (0, 12)]
    assert pairs(ledger.known(1, 4)) == [(0, 12), (0, 12)]


def test_lower_ranges_stay_as_they_are_where_the_two_uppermost_are_joined():
    # The year is told as 13 to 17: a quarter can be told as 7 or fewer, and as 8 to 17, but not as 13 to 17.
    _, said = told([[3, 5, 5, 0, 0], [8, 5, 0, 0, 0], [13, 0, 0, 0, 0]], [OLDER, (0, 1)])
    assert said[0, 1] == [(0, 7), (8, 17), (8, 17)]


def test_nothing_is_told_where_joining_does_not_help():
    # Of a year of 7 or fewer no quarter can be told more closely.
    ledger, said = told([[0, 0, 0, 0, 0], [7, 0, 0, 0, 0]], [OLDER, (0, 1), (2, 4)])
    assert said[0, 1] == said[2, 4] == [(0, 7), (0, 7)]
    assert pairs(ledger.known(1, 2)) == [(0, 7), (0, 7)]


def test_what_was_told_once_is_not_told_more_closely_by_telling_it_again():
    wards = [[2, 1, 3, 6, 9], [30, 4, 0, 0, 1]]
    ledger, first = told(wards, [OLDER, NEWER])
    again = [ledger.tell(np.array(wards)[:, a:b].sum(axis=1), first=a, stop=b) for a, b in (NEWER, OLDER)]
    assert [pairs(one) for one in again] == [first[NEWER], first[OLDER]]


def test_nothing_is_told_of_rows_that_are_left_out():
    ledger = Ledger(series=3, quarters=4, rule=RULE)
    said = ledger.tell(np.array([3, 10, 99]), first=0, stop=4, rows=np.array([1]))
    assert pairs(said) == [(0, ANY_NUMBER), (8, 12), (0, ANY_NUMBER)]
    assert pairs(ledger.known(0, 4)) == [(0, ANY_NUMBER), (8, 12), (0, ANY_NUMBER)]
    assert pairs(ledger.known(1, 3)) == [(0, ANY_NUMBER), (0, 12), (0, ANY_NUMBER)]


def test_one_ward_says_nothing_of_another():
    alone = [told([ward], [OLDER, NEWER, (3, 5)])[1] for ward in ([0, 1, 2, 1, 6], [40, 3, 3, 3, 0])]
    _, both = told([[0, 1, 2, 1, 6], [40, 3, 3, 3, 0]], [OLDER, NEWER, (3, 5)])
    assert both == {window: [*alone[0][window], *alone[1][window]] for window in both}


def test_what_was_given_out_is_not_changed_by_what_is_told_later():
    ledger = Ledger(series=1, quarters=5, rule=RULE)
    counts = np.array([4])
    said = ledger.tell(counts, first=0, stop=4)
    known = ledger.known(1, 5)
    ledger.tell(np.array([10]), first=1, stop=5)
    assert pairs(said) == [(0, 7)]
    assert pairs(known) == [(0, ANY_NUMBER)]
    assert counts.tolist() == [4]


def test_a_rule_that_suppresses_nothing_and_rounds_nothing_tells_every_count():
    wards = [[0, 1, 2, 1, 6], [3, 0, 0, 0, 0]]
    _, said = told(wards, [OLDER, NEWER], rule=Disclosure(suppress_up_to=0, round_to=1))
    assert said == {OLDER: [(4, 4), (3, 3)], NEWER: [(10, 10), (0, 0)]}


@pytest.mark.parametrize("order", list(itertools.permutations([(0, 2), (1, 3), (0, 3)])))
def test_told_in_any_order_no_choice_depends_on_a_count(order):
    """Tried out in full for a small rule: counts that are told the same leave the same known, and the same choices after."""
    rule = Disclosure(suppress_up_to=2, round_to=2)
    wards = list(itertools.product(range(6), repeat=3))
    ledger, said = told(wards, order, rule=rule, quarters=3)
    states: dict[tuple[tuple[int, int], ...], set[tuple[int, ...]]] = {}
    runs = list(itertools.combinations(range(4), 2))
    known = {run: pairs(ledger.known(*run)) for run in runs}
    for row in range(len(wards)):
        states.setdefault(tuple(said[window][row] for window in order), set()).add(
            tuple(known[run][row] for run in runs)
        )
    assert {len(one) for one in states.values()} == {1}
    assert 1 < len(states) < len(wards)


@pytest.mark.parametrize("order", list(itertools.permutations([(0, 2), (1, 3), (0, 3)])))
def test_told_in_any_order_every_count_that_could_be_small_could_still_be_several_others(order):
    """Tried out in full: of all counts that are told alike, each run that is small in one of them takes enough values."""
    rule, largest = Disclosure(suppress_up_to=2, round_to=2), 8
    wards = np.array(list(itertools.product(range(largest + 1), repeat=3)))
    _, said = told(wards.tolist(), order, rule=rule, quarters=3)
    words = np.array([[said[window][row] for window in order] for row in range(len(wards))]).reshape(len(wards), -1)
    # Wards that are told as more than were tried are left out: others that are told the same were not tried.
    tried = np.array([most <= largest for _, most in said[0, 3]])
    alike = np.unique(words[tried], axis=0, return_inverse=True)[1].ravel()
    assert alike.max() > 2
    for first, stop in itertools.combinations(range(4), 2):
        sums = wards[tried, first:stop].sum(axis=1)
        for group in range(alike.max() + 1):
            values = np.unique(sums[alike == group])
            assert values[0] > rule.suppress_up_to or len(values) > rule.suppress_up_to
