"""That the attacker can win: an attack that finds nothing anywhere proves nothing."""

import numpy as np
import pytest

from tests.attack.ground import Count, Seen, every_count
from tests.attack.reading_shown import PublicRule, read_shown
from tests.attack.solving import attack_counts
from tests.attack.worlds import hard_world, random_world

RULE = PublicRule()


@pytest.mark.parametrize(
    ("text", "range_"),
    [
        ("7 or fewer", (0, 7)),
        ("12 or fewer", (0, 12)),
        ("8 to 22", (8, 22)),
        ("10", (8, 12)),
        ("15", (13, 17)),
        ("1,235", (1233, 1237)),
        ("not given", None),
    ],
)
def test_a_shown_count_is_read_as_what_can_have_been_shown_so(text, range_):
    assert read_shown(text, rule=RULE) == range_


def test_a_wording_that_the_attacker_does_not_know_is_an_error():
    with pytest.raises(ValueError, match="cannot read"):
        read_shown("about a dozen", rule=RULE)


@pytest.mark.parametrize(
    ("suppress", "step", "shown", "range_"), [(4, 5, "5", (5, 7)), (9, 10, "10", (10, 14)), (5, 3, "6", (6, 7))]
)
def test_no_number_is_read_as_a_small_count(suppress, step, shown, range_):
    assert read_shown(shown, rule=PublicRule(suppress, step)) == range_


def sums(truth, cells):
    """Exact sums of the cells, as seen."""
    return [
        Seen(measure, pieces, quarters, total, total, "exact")
        for measure, pieces, quarters in cells
        for total in [Count(measure, pieces, quarters).of(truth)]
    ]


def test_two_exact_years_a_quarter_apart_leave_little_of_a_quarter():
    truth = np.array([[[1, 0, 2, 0, 5]]])
    seen = [Seen(0, (0,), (0, 1, 2, 3), 0, 7, "small"), Seen(0, (0,), (1, 2, 3, 4), 7, 7, "exact")]
    outcome = attack_counts(seen, truth=truth, targets=every_count([(0,)], quarters=5, measures=1), small=7)
    assert not [one for one in outcome.losses if len(one.count.quarters) == 1]
    outcome = attack_counts(
        [*seen, Seen(0, (0,), (1, 2, 3), 2, 4, "two to four")],
        truth=truth,
        targets=[Count(0, (0,), (4,))],
        small=7,
    )
    assert [(one.true, one.least, one.most, one.possible) for one in outcome.losses] == [(5, 3, 5, 3)]


def test_small_then_ten_then_small_leaves_seven_values_of_the_quarter_that_came():
    truth = np.array([[[0, 1, 1, 1, 5, 0, 0, 1]]])
    windows = [((0, 1, 2, 3), 0, 7), ((1, 2, 3, 4), 8, 12), ((4, 5, 6, 7), 0, 7)]
    seen = [Seen(0, (0,), quarters, least, most, "year") for quarters, least, most in windows]
    (lost,) = attack_counts(seen, truth=truth, targets=[Count(0, (0,), (4,))], small=7).losses
    assert (lost.least, lost.most, lost.possible) == (1, 7, 7)


def test_total_minus_the_rest_is_found():
    truth = np.array([[[3], [20], [30]]])
    seen = sums(truth, [(0, (0, 1, 2), (0,)), (0, (1,), (0,)), (0, (2,), (0,))])
    (lost,) = attack_counts(seen, truth=truth, targets=every_count([(0,)], quarters=1, measures=1), small=7).losses
    assert (lost.least, lost.most, lost.possible) == (3, 3, 1)


@pytest.mark.parametrize("world", [hard_world(6), random_world(0, wards=5, quarters=6)])
def test_a_release_of_rounded_quarters_is_beaten_everywhere(world):
    wards = list(world.wards.values())
    seen = []
    for one in every_count(wards, quarters=6):
        if len(one.quarters) == 1:
            shown = (one.of(world.truth) + 2) // 5 * 5
            seen.append(Seen(one.measure, one.pieces, one.quarters, max(shown - 2, 0), shown + 2, "rounded"))
    targets = [one for one in every_count(wards, quarters=6) if len(one.quarters) == 1]
    outcome = attack_counts(seen, truth=world.truth, targets=targets, small=7)
    assert outcome.cases == len(outcome.losses) > 0


def test_nothing_is_lost_where_nothing_is_seen():
    world = random_world(3, wards=6, quarters=8)
    outcome = attack_counts([], truth=world.truth, targets=every_count([(0,)], quarters=8), small=7)
    assert outcome.cases > 0
    assert not outcome.losses


def test_what_is_not_true_is_told_rather_than_believed():
    with pytest.raises(AssertionError, match="misread"):
        attack_counts([Seen(0, (0,), (0,), 5, 9, "x")], truth=np.array([[[2]]]), targets=[], small=7)
