import numpy as np
import pytest

from analysis.around_ward import PAIRS, SINGLES, AroundWard, decide


def decided(p, first, second=None, alpha=0.05):
    corrected, label = decide(
        p=np.array(p, dtype=float),
        alpha=alpha,
        first=np.array(first, dtype=float),
        second=None if second is None else np.array(second, dtype=float),
    )
    return corrected.tolist(), [AroundWard(one) for one in label]


def test_the_sides_name_the_label():
    _, label = decided([0.01] * 4, [1, -1, 1, -1], [1, -1, -1, 1])
    assert label == [AroundWard.HIGH_HIGH, AroundWard.LOW_LOW, AroundWard.HIGH_LOW, AroundWard.LOW_HIGH]


def test_one_side_names_high_or_low():
    assert decided([0.01, 0.01], [2, -2])[1] == [AroundWard.HIGH, AroundWard.LOW]


def test_the_correction_is_that_of_benjamini_and_hochberg():
    # by hand: 0.02 * 4 / 1, 0.03 * 4 / 2 and so on, made monotone from the largest down
    corrected, label = decided([0.02, 0.03, 0.04, 0.9], [1, 1, 1, 1])
    assert corrected == pytest.approx([4 / 75, 4 / 75, 4 / 75, 0.9])
    assert label == [AroundWard.NOT_CLEAR] * 4


def test_what_cannot_be_tested_is_not_clear_and_costs_the_others_nothing():
    corrected, label = decided([0.04, 1, 1, 1], [1, 0, 1, -1], [1, 1, 0, 0])
    assert corrected == [0.04, 1, 1, 1]
    assert label == [AroundWard.HIGH_HIGH, *[AroundWard.NOT_CLEAR] * 3]


def test_nothing_to_test():
    assert decided([1, 1], [0, 0]) == ([1, 1], [AroundWard.NOT_CLEAR] * 2)


def test_every_label_speaks_of_what_is_around_the_ward():
    for label in AroundWard:
        assert label.phrase.endswith("around this ward") or label is AroundWard.NOT_CLEAR
    assert set(PAIRS) | set(SINGLES) == set(AroundWard)
