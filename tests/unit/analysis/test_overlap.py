from functools import cache

import numpy as np
import pytest
import scipy.sparse as sp

from data.errors import RefusedInputError
from tests.overlap_worlds import fit, lattice

LINKS = lattice(5, 5)
EXPECTED = np.full((25, 2), [2.0, 20.0])
HOT = 12
"""The middle ward of the five by five."""
# More than sixty wards, with which a fit is made from fewer points and takes a fifth of the time.
MORE_LINKS = lattice(8, 8)
MORE_EXPECTED = np.full((64, 2), [2.0, 20.0])


def drawn(expected=EXPECTED):
    return np.random.default_rng(0).poisson(expected)


def one_high(referrals=14, incidents=90, expected=EXPECTED):
    counts = drawn(expected)
    counts[HOT] = [referrals, incidents]
    return counts


@pytest.fixture(scope="module")
def result():
    return fit(one_high(), EXPECTED, LINKS)


@pytest.fixture(scope="module")
def more():
    """The same on more wards."""
    return fit_more()


def fit_more(**options):
    return fit(one_high(expected=MORE_EXPECTED), MORE_EXPECTED, MORE_LINKS, **options)


def test_a_ward_plainly_high_on_both_is_flagged_and_no_other(result):
    assert result.probability[HOT] > 0.95
    assert np.flatnonzero(result.flagged).tolist() == [HOT]


def test_a_ward_high_on_one_measure_only_is_not_flagged():
    result = fit(one_high(referrals=2), EXPECTED, LINKS)
    assert result.probability_incidents[HOT] > 0.95
    assert result.probability[HOT] < 0.5
    assert not result.flagged.any()


def test_shapes_follow_the_wards(result):
    assert result.probability.shape == result.flagged.shape == result.islands.shape == (25,)
    assert result.relative_risk.shape == (25, 2)
    assert result.interval.shape == (25, 2, 2)


def test_a_relative_risk_lies_between_its_data_and_the_area(result):
    # 14 referrals where 2 were expected: drawn from the 7.5 of no prior at all towards the area's rate, not to it
    assert 2.0 < result.relative_risk[HOT, 0] < 7.4
    # 90 incidents where 20 were expected: drawn less, and no further than reporting may differ from risk
    assert 3.4 < result.relative_risk[HOT, 1] < 4.65


def test_intervals_hold_the_mean_and_are_wider_for_the_rarer_measure(result):
    assert np.all(result.interval[..., 0] < result.relative_risk)
    assert np.all(result.relative_risk < result.interval[..., 1])
    width = np.diff(np.log(result.interval), axis=-1)[..., 0]
    assert np.all(width[:, 0] > width[:, 1])


def test_a_higher_threshold_is_less_probably_passed(more):
    higher = fit_more(threshold=2.5)
    assert np.all(higher.probability <= more.probability + 1e-9)


def test_a_looser_promise_flags_no_fewer(more):
    looser = fit_more(fdr=0.5)
    assert np.array_equal(looser.probability, more.probability)
    assert np.all(looser.flagged >= more.flagged)
    assert more.flagged[HOT]


def test_the_same_seed_gives_the_same_result_to_the_last_bit(result):
    again = fit(one_high(), EXPECTED, LINKS)
    assert np.array_equal(again.probability, result.probability)
    assert np.array_equal(again.interval, result.interval)
    assert again.correlation == result.correlation


def test_another_seed_hardly_matters(result):
    other = fit(one_high(), EXPECTED, LINKS, seed=1)
    np.testing.assert_allclose(other.probability, result.probability, atol=0.01)


def test_whole_numbers_in_float_arrays_are_counts(more):
    as_floats = fit(one_high(expected=MORE_EXPECTED).astype(float), MORE_EXPECTED, MORE_LINKS)
    assert np.array_equal(as_floats.probability, more.probability)


def test_associated_surfaces_have_a_positive_correlation_and_opposed_ones_a_negative():
    risks = np.linspace(-1, 1, 64)
    along = np.round(10 * MORE_EXPECTED * np.exp(np.column_stack([risks, risks])))
    against = np.round(10 * MORE_EXPECTED * np.exp(np.column_stack([risks, -risks])))
    assert fit(along, 10 * MORE_EXPECTED, MORE_LINKS).correlation.lower > 0.5
    assert fit(against, 10 * MORE_EXPECTED, MORE_LINKS).correlation.upper < -0.5


def test_an_island_is_said_to_be_one_and_is_fitted():
    links = LINKS.toarray()
    links[HOT], links[:, HOT] = 0, 0
    result = fit(one_high(), EXPECTED, links)
    assert np.flatnonzero(result.islands).tolist() == [HOT]
    assert result.probability[HOT] > 0.9


def test_a_refusal_is_raised_before_anything_is_fitted():
    with pytest.raises(RefusedInputError, match="shape"):
        fit(drawn(), EXPECTED[:, :1].repeat(2, axis=1)[:24], LINKS)


def edge_cases():
    zeros = np.zeros((25, 2))
    huge = drawn()
    huge[3] = [10**6, 10**6]
    alone = zeros.copy()
    alone[3] = [10**6, 0]
    tiny = EXPECTED.copy()
    tiny[7] = 1e-9
    checks = 1000.0 * (np.indices((5, 5)).sum(axis=0).ravel() % 2)[:, None] * np.ones(2)
    return {
        "no event anywhere": (zeros, EXPECTED, LINKS),
        "no referral anywhere": (drawn() * [0, 1], EXPECTED, LINKS),
        "one ward with a million": (huge, EXPECTED, LINKS),
        "all events in one ward": (alone, EXPECTED, LINKS),
        "a thousand million everywhere": (np.full((25, 2), 1e9), EXPECTED, LINKS),
        "expected counts far too small": (drawn(), 1e-12 * EXPECTED, LINKS),
        "expected counts far too large": (drawn(), 1e9 * EXPECTED, LINKS),
        "one expected count next to nothing": (drawn(), tiny, LINKS),
        "a chessboard": (checks, EXPECTED, LINKS),
        "counts as expected": (EXPECTED, EXPECTED, LINKS),
        "all islands": (drawn(), EXPECTED, sp.csr_array((25, 25))),
        "all neighbours of all": (drawn(), EXPECTED, np.ones((25, 25)) - np.eye(25)),
        "one ward": ([[3, 5]], [[2, 2]], np.zeros((1, 1))),
        "one ward with a million millionths expected": ([[10**6, 0]], [[1e-6, 1e6]], np.zeros((1, 1))),
        "two wards": ([[3, 5], [0, 1]], [[2, 2], [2, 2]], [[0, 1], [1, 0]]),
        "two islands": ([[3, 5], [0, 1]], [[2, 2], [2, 2]], np.zeros((2, 2))),
    }


@cache
def fitted(name):
    return fit(*edge_cases()[name])


@pytest.mark.parametrize("name", edge_cases())
def test_any_data_gives_an_answer(name):
    result = fitted(name)
    assert np.all((result.probability >= 0) & (result.probability <= 1))
    assert np.all(np.isfinite(result.relative_risk))
    assert np.all(result.interval[..., 0] <= result.interval[..., 1])
    assert np.all(np.isfinite(result.interval))
    assert np.all(np.isfinite(result.correlation))


def test_a_huge_count_is_believed():
    result = fitted("one ward with a million")
    # how much of it is reporting rather than risk, nothing can tell
    assert np.all(result.relative_risk[3] > 1000)
    assert result.flagged[3]
    assert np.flatnonzero(result.flagged).tolist() == [3]


def test_where_nothing_happened_nothing_is_high():
    assert fitted("no event anywhere").probability.max() < 0.001
