import numpy as np
import pytest

from analysis.flagging import largest_flagged_set


def flags(probability, fdr=0.1):
    return largest_flagged_set(np.array(probability, dtype=float), fdr=fdr).tolist()


def test_a_sure_ward_makes_room_for_a_less_sure_one():
    # by hand: 0 + 0.15 over 2 is 0.075; with 0.25 more over 3 it is 0.133
    assert flags([0.85, 1.0, 0.75]) == [True, True, False]


def test_the_promise_may_be_met_exactly():
    assert flags([1.0, 0.75], fdr=0.125) == [True, True]


def test_nothing_is_flagged_when_the_likeliest_ward_is_too_unsure():
    assert flags([0.89, 0.89, 0.2]) == [False, False, False]


def test_of_equal_wards_the_first_are_taken_when_not_all_fit():
    # by hand: 0, 0.25 / 2 = 0.125, 0.5 / 3 = 0.167
    assert flags([0.75, 1.0, 0.75, 0.75], fdr=0.125) == [True, True, False, False]


@pytest.mark.parametrize("probability", [[], [0.0], [1.0]])
def test_the_smallest_areas(probability):
    assert flags(probability) == [p == 1 for p in probability]


@pytest.mark.parametrize("seed", range(20))
def test_no_larger_set_of_any_wards_would_keep_the_promise(seed):
    rng = np.random.default_rng(seed)
    probability = np.round(rng.beta(2, 0.7, 9), 1)  # rounded: ties are common
    sets = np.array(np.meshgrid(*[[0, 1]] * 9)).reshape(9, -1).T
    kept = [chosen.sum() for chosen in sets if chosen.any() and (chosen @ (1 - probability)) / chosen.sum() <= 0.1]
    assert largest_flagged_set(probability, fdr=0.1).sum() == max(kept, default=0)
