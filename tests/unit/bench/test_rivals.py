"""Each rival's key computation against numbers worked by hand or published."""

import numpy as np
import pytest
from scipy import stats

from bench.overlap import rivals, scan
from bench.overlap.worlds import THRESHOLD
from tests.unit.bench.maps import map_of_squares


def test_top_fifth_flags_only_wards_high_on_both():
    referrals, incidents = np.arange(10), np.array([9, 1, 2, 3, 4, 5, 6, 0, 7, 8])
    verdict = rivals.top_fifth(map_of_squares(np.column_stack([referrals, incidents]), columns=5))
    assert verdict.flagged.tolist() == [False] * 9 + [True]
    assert verdict.score.argmax() == 9


def test_the_poisson_p_value_counts_as_many_events_or_more():
    p = rivals.poisson_p(np.array([0, 1, 2]), expected=np.ones(3))
    assert p == pytest.approx([1, 1 - np.exp(-1), 1 - 2 * np.exp(-1)])


def test_poisson_tests_flag_what_stands_out_on_both_and_not_on_one():
    counts = np.full((20, 2), 5)
    counts[0], counts[1] = [40, 40], [40, 5]
    for verdict in (rivals.poisson_tests_above_1, rivals.poisson_tests_above_threshold):
        assert np.flatnonzero(verdict(map_of_squares(counts, columns=5)).flagged).tolist() == [0]


def test_the_gamma_prior_is_found_again_in_many_counts():
    rng = np.random.default_rng(0)
    expected = rng.uniform(5, 20, 5_000)
    counts = rng.poisson(expected * rng.gamma(3, 1 / 2, 5_000))
    assert rivals.gamma_prior(counts, expected=expected) == pytest.approx((3, 2), rel=0.1)


def test_gamma_poisson_exceedance_is_the_conjugate_posteriors():
    drawn = map_of_squares(np.column_stack([[9, 1, 0, 2], [30, 2, 1, 3]]), columns=2)
    shape, rate = rivals.gamma_prior(drawn.counts[:, 0], expected=drawn.expected[:, 0])
    posterior = stats.gamma(shape + 9, scale=1 / (rate + 3))
    assert rivals.gamma_poisson_exceedance(drawn)[0, 0] == pytest.approx(1 - posterior.cdf(THRESHOLD))


def test_the_scans_ratio_of_a_ward_that_holds_all_events_is_count_times_log_of_relative_risk():
    counts, expected = np.array([[6, 2], [0, 2], [0, 2]]), np.full((3, 2), 2.0)
    nearest = np.array([[0, 1, 2], [1, 0, 2], [2, 1, 0]])
    ratios = scan.log_likelihood_ratios(counts, expected=expected, nearest=nearest)
    assert ratios[0, 0] == pytest.approx([6 * np.log(3), 0])
    assert ratios[0, 1] == pytest.approx([6 * np.log(6 / 4), 0])
    assert ratios[:, 2] == pytest.approx(0)


def test_the_scan_flags_a_cluster_on_both_and_no_cluster_on_one():
    counts = np.full((64, 2), 4)
    both, one = [0, 1, 8, 9], [54, 55, 62, 63]
    counts[both], counts[one, 1] = 16, 16
    counts[one, 0] = 2
    flagged = scan.multivariate_scan(map_of_squares(counts, columns=8)).flagged
    assert flagged[both].all()
    assert not flagged[one].any()


def test_the_scan_flags_nothing_where_all_is_equal():
    assert not scan.multivariate_scan(map_of_squares(np.full((25, 2), 4), columns=5)).flagged.any()
