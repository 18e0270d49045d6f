import numpy as np

from analysis.rates import crude_rates, expected_counts


def test_expected_counts_share_the_total_by_population():
    expected = expected_counts(10, denominator=np.array([100.0, 100.0, 300.0]))
    np.testing.assert_allclose(expected, [2, 2, 6])


def test_nothing_observed_anywhere_still_gives_positive_expectations():
    expected = expected_counts(0, denominator=np.array([1.0, 3.0]))
    np.testing.assert_allclose(expected, [0.25, 0.75])


def test_rates_are_a_year_per_ten_thousand_people():
    np.testing.assert_allclose(crude_rates(np.array([6]), denominator=np.array([5_000.0]), years=3.0), [4.0])


def test_a_rate_without_a_denominator_is_missing_not_infinite():
    rates = crude_rates(np.array([1, 1]), denominator=np.array([0.0, np.nan]), years=1.0)
    assert np.isnan(rates).all()
