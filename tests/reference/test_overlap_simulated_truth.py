"""The overlap model on areas whose true risks are known because they were drawn.

Areas of 10 by 10 wards; about what a year holds (1.7 referrals and 20 incidents expected a ward). The truth of a ward
is that both its relative risks are above 1.5. Tolerances are about three standard errors of what is measured.
"""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from tests.overlap_worlds import draw_log_risks, fit, lattice

LINKS = lattice(10, 10)
THRESHOLD = 1.5


def areas(*, sd, correlation, lam, maps=8):
    """Counts, expected counts and truth of each map; risks are relative to the area's own rate."""
    rng = np.random.default_rng(11)
    for _ in range(maps):
        risks = np.exp(draw_log_risks(LINKS, sd=sd, correlation=correlation, lam=lam, rng=rng))
        expected = rng.gamma(6, 1 / 6, (100, 1)) * [1.7, 20.0]
        risks *= expected.sum(axis=0) / (expected * risks).sum(axis=0)
        yield rng.poisson(expected * risks), expected, (risks > THRESHOLD).all(axis=1)


@pytest.fixture(scope="module")
def associated():
    """Fitted areas with smooth, associated risks: rates, results and truth, ward by ward."""
    rates, results, truths = [], [], []
    for counts, expected, truth in areas(sd=[1.2, 1.1], correlation=0.6, lam=0.8):
        rates.append(counts / expected)
        results.append(fit(counts, expected, LINKS))
        truths.append(truth)
    return rates, results, truths


def test_probabilities_are_as_often_right_as_they_say(associated):
    _, results, truths = associated
    probability, truth = np.concatenate([result.probability for result in results]), np.concatenate(truths)
    for low, high in [(0, 0.1), (0.1, 0.3), (0.3, 0.6), (0.6, 1.01)]:
        band = (probability >= low) & (probability < high)
        said, came = probability[band], truth[band]
        # neighbouring wards share their luck, so twice the binomial standard error
        error = 2 * np.sqrt((said * (1 - said)).sum()) / band.sum()
        assert band.sum() > 20
        assert abs(said.mean() - came.mean()) < 3 * error


# A whole map shares the error of its intercept and hyperparameters: coverage of one map varied from 0.76 to 0.97
def test_ninety_five_per_cent_intervals_hold_about_that_share_of_the_truth():
    inside, wards = np.zeros(2), 0
    for counts, expected, log_risks in drawn_log_risks():
        interval = np.log(fit(counts, expected, LINKS).interval)
        inside += ((interval[..., 0] < log_risks) & (log_risks < interval[..., 1])).sum(axis=0)
        wards += len(counts)
    assert np.all(np.abs(inside / wards - 0.95) < 0.06)


def drawn_log_risks():
    rng = np.random.default_rng(5)
    for _ in range(8):
        log_risks = draw_log_risks(LINKS, sd=[0.8, 0.7], correlation=0.4, lam=0.8, rng=rng)
        expected = rng.gamma(6, 1 / 6, (100, 1)) * [1.7, 20.0]
        yield rng.poisson(expected * np.exp(log_risks)), expected, log_risks


def test_true_overlaps_are_found_better_than_by_the_top_fifth_on_both_rates(associated):
    rates, results, truths = associated
    gains = []
    for rate, result, truth in zip(rates, results, truths, strict=True):
        fifth = (rate >= np.quantile(rate, 0.8, axis=0)).all(axis=1)
        by_rule = average_precision_score(truth, fifth * rate.prod(axis=1))
        gains.append(average_precision_score(truth, result.probability) - by_rule)
    assert np.mean(gains) > 0.1


def test_the_share_of_false_flags_is_near_what_was_asked(associated):
    _, results, truths = associated
    flagged, truth = np.concatenate([result.flagged for result in results]), np.concatenate(truths)
    assert flagged.sum() > 15
    assert np.mean(~truth[flagged]) < 0.10 + 3 * np.sqrt(0.1 * 0.9 / flagged.sum())


def test_correlation_and_spread_are_found(associated):
    _, results, _ = associated
    assert np.mean([result.correlation.mean for result in results]) == pytest.approx(0.6, abs=0.15)
    assert np.mean([result.sd[1].mean for result in results]) == pytest.approx(1.1, abs=0.15)


def test_where_all_risks_are_equal_nothing_is_flagged():
    rng = np.random.default_rng(3)
    for _ in range(5):
        expected = rng.gamma(6, 1 / 6, (100, 1)) * [1.7, 20.0]
        result = fit(rng.poisson(expected), expected, LINKS)
        assert not result.flagged.any()
        assert result.probability.max() < 0.2
