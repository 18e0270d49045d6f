import numpy as np
import pytest

from analysis.empirical_bayes import empirical_bayes


def test_by_hand():
    # crude 0.5, 1, 1.5, 1 of 20 each; overall 1; spread 0.125 of which chance makes 1 / 20
    found = empirical_bayes(np.array([10, 20, 30, 20]), denominator=np.full(4, 20.0))
    assert found.overall == 1
    assert found.variance == pytest.approx(0.075)
    assert found.rate == pytest.approx([0.7, 1, 1.3, 1])  # 0.075 / 0.125 = 0.6 of the way
    assert found.standardised == pytest.approx(np.array([-0.5, 0, 0.5, 0]) / np.sqrt(0.125))


def test_less_spread_than_chance_makes_every_rate_the_overall_rate():
    found = empirical_bayes(np.array([9, 10, 11]), denominator=np.full(3, 10.0))
    assert found.variance == 0
    assert found.rate == pytest.approx([1, 1, 1])
    assert found.standardised == pytest.approx(np.array([-0.1, 0, 0.1]) / np.sqrt(0.1))


def test_a_small_ward_is_drawn_further_than_a_large_one():
    found = empirical_bayes(np.array([8, 80, 20, 200]), denominator=np.array([4.0, 40.0, 20.0, 200.0]))
    assert found.overall < found.rate[0] < found.rate[1] < 2


def test_equal_rates_are_exactly_equal_whatever_the_rounding():
    denominator = np.array([0.1, 0.3, 0.7, 1.1])
    assert not empirical_bayes(denominator * 3, denominator=denominator).standardised.any()


def test_without_events_all_is_0():
    found = empirical_bayes(np.zeros(3), denominator=np.array([1.0, 2.0, 3.0]))
    assert found.rate.tolist() == [0, 0, 0]
    assert found.standardised.tolist() == [0, 0, 0]
