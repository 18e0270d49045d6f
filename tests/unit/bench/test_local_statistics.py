import numpy as np
import pytest

from bench.overlap import local_statistics as local
from tests.unit.bench.maps import map_of_squares


@pytest.fixture
def corner():
    """Sixty-four squares; the four of one corner are high on both."""
    counts = np.full((64, 2), [5, 20])
    counts[[0, 1, 8, 9]] = [25, 80]
    return map_of_squares(counts, columns=8)


@pytest.mark.parametrize("method", [local.bivariate_moran, local.moran_on_both, local.gi_star_on_both])
def test_a_high_corner_is_flagged_and_ranked_first(method, corner):
    verdict = method(corner)
    assert verdict.flagged[[0, 1, 8, 9]].all()
    assert not verdict.flagged[32:].any()
    assert verdict.score[0] >= verdict.score[32:].max()


def test_geoda_says_the_same(corner):
    pytest.importorskip("pygeoda", reason="pygeoda is not installed: requirements-bench.in")
    assert local.geoda_moran_on_both(corner).flagged[[0, 1, 8, 9]].all()


def test_empirical_bayes_draws_rates_to_the_overall_rate_by_marshalls_formula():
    rates, expected = np.array([0.5, 1.0, 1.5, 1.0]), 20.0
    counts = (rates * expected).astype(int)
    variance = np.mean((rates - 1) ** 2)
    weight = (variance - 1 / expected) / variance
    found = local.smoothed_rates(map_of_squares(np.column_stack([counts, counts]), columns=2))
    assert found[:, 0] == pytest.approx(1 + weight * (rates - 1))


def test_a_ward_that_is_high_alone_is_not_seen_by_bivariate_moran():
    counts = np.full((64, 2), [5, 20])
    counts[27] = [50, 200]
    assert not local.bivariate_moran(map_of_squares(counts, columns=8)).flagged[27]


@pytest.mark.parametrize("method", [local.bivariate_moran, local.moran_on_both, local.gi_star_on_both])
def test_equal_counts_flag_nothing(method):
    assert not method(map_of_squares(np.full((16, 2), [5, 20]), columns=4)).flagged.any()
