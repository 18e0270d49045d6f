import numpy as np
import pytest

from bench.exact.comparison import difference, monte_carlo_error


def test_the_error_of_a_share_of_independent_draws_is_the_binomials():
    above = np.zeros((2, 500, 1))
    above[:, :125] = 1
    assert monte_carlo_error(above, effective=np.array([1000.0]))[0] == pytest.approx(
        np.sqrt(0.25 * 0.75 / 1000), rel=1e-3
    )


def test_draws_that_are_worth_a_quarter_double_the_error():
    above = (np.random.default_rng(0).random((4, 250, 3)) < 0.4).astype(float)
    whole, quarter = (monte_carlo_error(above, effective=np.full(3, worth)) for worth in (1000.0, 250.0))
    assert quarter == pytest.approx(2 * whole)


def test_where_no_draw_is_above_the_error_is_small_but_not_nothing():
    error = monte_carlo_error(np.zeros((4, 1000, 1)), effective=np.array([np.nan]))[0]
    assert 0 < error < 0.001


def test_the_error_is_that_of_repeated_runs():
    rng = np.random.default_rng(5)
    runs = (rng.random((400, 1, 200, 1)) < 0.3).astype(float)
    scatter = runs.mean(axis=(1, 2, 3)).std()
    said = monte_carlo_error(runs[0], effective=np.array([200.0]))[0]
    assert said == pytest.approx(scatter, rel=0.2)


def test_mean_largest_and_where():
    found = difference(
        np.array([0.10, 0.50, 0.90]), drawn=np.array([0.11, 0.44, 0.90]), error=np.array([0.01, 0.02, 0.03]), draws=100
    )
    assert found.mean == pytest.approx(0.07 / 3)
    assert found.largest == pytest.approx(0.06)
    assert (found.ward, found.error_there) == (1, 0.02)


@pytest.mark.parametrize(
    ("apart", "kept"),
    [
        ([0.0, 0.0], True),
        ([0.009, 0.009], True),
        ([0.012, 0.012], False),
        ([0.049] + [0.0] * 9, True),
        ([0.051] + [0.0] * 9, False),
    ],
)
def test_both_limits_must_be_kept(apart, kept):
    drawn = np.full(len(apart), 0.4)
    found = difference(drawn + apart, drawn=drawn, error=np.full(len(apart), 0.001), draws=100)
    assert found.within is kept


def test_where_only_chance_is_between_them_it_says_so():
    rng = np.random.default_rng(3)
    truth, error = rng.random(5000), rng.uniform(0.001, 0.005, 5000)
    found = difference(truth, drawn=truth + error * rng.standard_normal(5000), error=error, draws=12_000)
    assert found.mean == pytest.approx(found.by_chance, rel=0.05)
    assert found.draws_alike == pytest.approx(12_000, rel=0.05)
    assert found.draws_alike <= 12_000


def test_an_approximation_off_by_twice_the_draws_error_is_matched_by_a_quarter_of_the_draws():
    drawn = np.full(10, 0.5)
    found = difference(drawn + 0.01, drawn=drawn, error=np.full(10, 0.005), draws=1000)
    assert found.draws_alike == pytest.approx(250)
