import numpy as np
import pytest
from scipy.stats import poisson

from analysis.range_evidence import evidence_of_ranges

ANY = 2**28


def evidence(*ranges, usual=2.0, few=7):
    """Evidence of ranges, those that begin at `few` or less being hidden, as (counts, weight)."""
    least, most = (np.array(ends, dtype=np.int64) for ends in zip(*ranges, strict=True))
    return evidence_of_ranges(least, most, hidden=least <= few, usual=np.full(len(least), float(usual)), any_number=ANY)


def test_a_count_that_is_known_is_that_count_with_its_whole_weight():
    counts, weight = evidence((8, 8), (10, 10), (250, 250))
    assert counts == pytest.approx([8, 10, 250])
    np.testing.assert_allclose(weight, 1.0)


def test_a_range_around_ten_weighs_about_eight_tenths():
    # 1/10 of sampling, and (25 - 1)/12 = 2 of place over 100 of the square: 1 / 0.12 = 8.3
    counts, weight = evidence((8, 12))
    assert counts == pytest.approx([1 / 0.12])
    assert weight == pytest.approx([0.1 / 0.12])


@pytest.mark.parametrize("ends", [(8, 12), (13, 17), (8, 17), (98, 102)])
def test_a_range_points_to_the_risk_of_its_middle(ends):
    counts, weight = evidence(ends)
    assert counts / weight == pytest.approx(np.mean(ends))


def test_a_wider_range_of_the_same_middle_weighs_less():
    counts, weight = evidence((20, 20), (18, 22), (15, 25), (10, 30))
    assert (np.diff(counts) < 0).all()
    assert (np.diff(weight) < 0).all()


@pytest.mark.parametrize("usual", [0.5, 2.0, 4.0])
def test_a_count_that_may_be_small_is_a_part_of_what_such_a_ward_usually_has(usual):
    counts, weight = evidence((0, 7), usual=usual)
    assert counts / weight == pytest.approx(usual, rel=0.1)
    assert weight[0] < 0.1


def test_a_ward_of_which_more_than_its_range_holds_is_usual_points_below_that():
    counts, weight = evidence((0, 7), usual=30)
    assert 5 < counts[0] / weight[0] < 7


def test_the_mean_within_a_range_is_that_of_a_poisson_count_in_it():
    inside = np.arange(1, 13)
    mean = (inside * poisson.pmf(inside, 3.0)).sum() / poisson.pmf(inside, 3.0).sum()
    counts, weight = evidence((1, 12), usual=3.0)
    assert counts / weight == pytest.approx(mean)


def test_a_larger_at_most_weighs_less():
    _, weight = evidence((0, 3), (0, 7), (0, 12), (0, 100))
    assert (np.diff(weight) < 0).all()


def test_nothing_known_weighs_next_to_nothing_but_is_something_for_the_model():
    counts, weight = evidence((0, ANY))
    assert 0 < weight[0] < 1e-5
    assert counts[0] == pytest.approx(2 * weight[0])


def test_a_range_without_an_end_is_taken_to_twice_its_beginning():
    open_ended, closed = evidence((20, ANY)), evidence((20, 40))
    assert open_ended[0] == pytest.approx(closed[0])
    assert open_ended[1] == pytest.approx(closed[1])


def test_what_is_far_from_usual_still_lies_in_its_range():
    counts, weight = evidence((5, 12), usual=1e-9)
    assert 5 <= counts[0] / weight[0] <= 12
    counts, weight = evidence((0, 7), usual=1e6)
    assert 0 <= counts[0] / weight[0] <= 7
