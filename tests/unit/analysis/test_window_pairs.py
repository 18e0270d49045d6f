import numpy as np
import pytest
from scipy.stats import norm, poisson

from analysis.overlap import SOUND
from analysis.pooled_risks import PooledRisks
from analysis.risk_changes import NODES, fit_risk_changes
from analysis.window_pairs import LESS, WindowPair, compare_windows

THRESHOLD = 1.5
PRIOR_MEAN, PRIOR_SD = 0.2, 0.5


def normal_risks(mean, *, sd=0.2) -> PooledRisks:
    """Levels whose logs are normal and, given the counts, independent."""
    mean = np.asarray(mean, dtype=float)
    above = norm.sf(np.log(THRESHOLD), mean, sd)
    interval = np.exp(np.stack([mean + norm.ppf(0.025) * sd, mean + norm.ppf(0.975) * sd], axis=-1))
    return PooledRisks.fitted(interval=interval, above=above, both=above.prod(axis=1), threshold=THRESHOLD)


def compare(before, now, *, mean, sd=0.2) -> WindowPair:
    return compare_windows(
        before=np.asarray(before), now=np.asarray(now), pooled=normal_risks(mean, sd=sd), threshold=THRESHOLD
    )


def crowd(first, *, others=60):
    """A ward of interest among others of which all stayed as they were."""
    return np.vstack([[first], np.tile([6, 40], (others, 1))])


def levels(first, *, others=60):
    return np.vstack([[first], np.zeros((others, 2))])


def test_a_ward_that_was_plainly_high_both_times_is_persistent():
    pair = compare(crowd([30, 200]), crowd([31, 195]), mean=levels([1.2, 1.2]))
    assert pair.persistent[0] > 0.9
    assert pair.easing[0] < 0.1


def test_a_ward_that_plainly_rose_on_both_is_new_and_one_that_fell_has_cleared():
    low, high = crowd([10, 40]), crowd([60, 240])
    rose = compare(low, high, mean=levels([0.9, 0.9]))
    fell = compare(high, low, mean=levels([0.9, 0.9]))
    assert rose.new[0] > 0.9
    assert fell.cleared[0] > 0.9
    assert fell.easing[0] >= fell.cleared[0] - 0.01


def test_a_ward_that_fell_but_is_still_high_is_easing_and_has_not_cleared():
    pair = compare(crowd([120, 600]), crowd([60, 300]), mean=levels([1.3, 1.3]))
    assert pair.easing[0] > 0.9
    assert pair.cleared[0] < 0.1


def test_a_ward_without_events_to_tell_by_is_taken_to_have_stayed_as_it_was():
    pair = compare(crowd([0, 1]), crowd([1, 0]), mean=levels([0.9, 0.9]))
    assert pair.now[0] == pytest.approx(pair.before[0], abs=0.05)
    assert pair.persistent[0] > 10 * max(pair.new[0], pair.cleared[0])


def test_the_four_states_are_probabilities_and_no_surer_than_a_sound_record():
    rng = np.random.default_rng(2)
    pair = compare(rng.poisson(4, (50, 2)), rng.poisson(4, (50, 2)), mean=rng.normal(0.4, 0.5, (50, 2)))
    for part in (pair.persistent, pair.new, pair.cleared, pair.easing):
        assert part.min() >= -1e-12
    assert (pair.new + pair.persistent + pair.cleared).max() <= SOUND
    assert pair.now == pytest.approx(pair.new + pair.persistent)
    assert pair.before == pytest.approx(pair.cleared + pair.persistent)
    assert (pair.easing <= pair.before + 1e-12).all()


def test_swapping_the_windows_swaps_new_and_cleared():
    rng = np.random.default_rng(4)
    before, now = rng.poisson(4, (30, 2)), rng.poisson(6, (30, 2))
    mean = rng.normal(0.4, 0.5, (30, 2))
    forth, back = compare(before, now, mean=mean), compare(now, before, mean=mean)
    assert back.new == pytest.approx(forth.cleared, abs=1e-9)
    assert back.persistent == pytest.approx(forth.persistent, abs=1e-9)


def test_agrees_with_importance_sampling_from_the_same_priors():
    rng = np.random.default_rng(3)
    before, now = np.array([[3, 12], [2, 9], [5, 30]]), np.array([[5, 21], [2, 10], [3, 14]])
    weight = now.sum(axis=0) / (now + before).sum(axis=0)
    expected_each = np.array([2.0, 9.0])
    prior = fit_risk_changes(before=before, now=now).prior
    size = 400_000
    level = rng.normal(PRIOR_MEAN, PRIOR_SD, (size, 2))
    drawn = rng.choice(prior.size, size, p=prior.ravel())
    change = NODES[np.column_stack(np.unravel_index(drawn, prior.shape))]
    risk_before = np.exp(level) / (1 - weight + weight * np.exp(change))
    risk_now = risk_before * np.exp(change)
    high = [(risk > THRESHOLD).all(axis=1) for risk in (risk_before, risk_now)]
    less = high[0] & (change <= np.log(LESS)).any(axis=1)
    pair = compare_windows(
        before=before,
        now=now,
        pooled=_levels_given_totals(level, before + now, expected=2 * expected_each),
        threshold=THRESHOLD,
    )
    for ward in range(3):
        likely = poisson.logpmf(before[ward], 2 * expected_each * (1 - weight) * risk_before).sum(axis=1)
        likely += poisson.logpmf(now[ward], 2 * expected_each * weight * risk_now).sum(axis=1)
        share = np.exp(likely - likely.max())
        share = SOUND * share / share.sum()
        sampled = [
            share @ (high[1] & ~high[0]),
            share @ (high[1] & high[0]),
            share @ (high[0] & ~high[1]),
            share @ less,
        ]
        found = [pair.new[ward], pair.persistent[ward], pair.cleared[ward], pair.easing[ward]]
        assert found == pytest.approx(sampled, abs=0.015)


def _levels_given_totals(level, totals, *, expected) -> PooledRisks:
    """Posterior of the levels by the same draws: their prior, and Poisson totals."""
    interval, above, both = np.empty((len(totals), 2, 2)), np.empty((len(totals), 2)), np.empty(len(totals))
    for ward, total in enumerate(totals):
        likely = poisson.logpmf(total, expected * np.exp(level))
        share = np.exp(likely - likely.max(axis=0))
        share = share / share.sum(axis=0)
        for measure in (0, 1):
            order = np.argsort(level[:, measure])
            running = np.cumsum(share[order, measure])
            interval[ward, measure] = np.exp(level[order, measure][np.searchsorted(running, [0.025, 0.975])])
            above[ward, measure] = share[level[:, measure] > np.log(THRESHOLD), measure].sum()
        both[ward] = above[ward].prod()
    return PooledRisks.fitted(interval=interval, above=above, both=both, threshold=THRESHOLD)
