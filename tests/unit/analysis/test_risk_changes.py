import numpy as np
import pytest

from analysis.risk_changes import NODES, fit_risk_changes

STILL = NODES.size // 2


def mean_change(posterior):
    """(n, 2)."""
    return np.stack([posterior.sum(axis=2) @ NODES, posterior.sum(axis=1) @ NODES], axis=1)


def steady(wards=60, *, referrals=4, incidents=20):
    return np.tile([referrals, incidents], (wards, 1))


def test_the_posterior_of_each_ward_sums_to_one():
    rng = np.random.default_rng(0)
    found = fit_risk_changes(before=rng.poisson(3, (30, 2)), now=rng.poisson(3, (30, 2)))
    assert found.posterior().sum(axis=(1, 2)) == pytest.approx(np.ones(30))
    assert found.prior.sum() == pytest.approx(1)
    assert found.posterior(slice(4, 6)) == pytest.approx(found.posterior()[4:6])


def test_where_counts_hold_nothing_most_wards_are_taken_not_to_have_changed():
    nothing = np.zeros((40, 2), dtype=int)
    found = fit_risk_changes(before=nothing, now=nothing)
    assert found.posterior()[:, STILL, STILL].min() > 0.7


def test_a_change_of_the_whole_area_is_no_change_of_any_ward():
    found = fit_risk_changes(before=steady(), now=3 * steady())
    assert mean_change(found.posterior()) == pytest.approx(np.zeros((60, 2)), abs=0.02)


def test_a_ward_that_plainly_rose_on_one_measure_is_seen_to_and_the_other_measure_less_so():
    before, now = steady(), steady()
    now[0] = [4, 90]
    moved = mean_change(fit_risk_changes(before=before, now=now).posterior())
    assert moved[0, 1] == pytest.approx(np.log(4.5), abs=0.35)
    assert abs(moved[0, 0]) < 0.4
    assert np.abs(moved[1:]).max() < 0.1


def test_swapping_the_windows_turns_every_change_round():
    rng = np.random.default_rng(1)
    before, now = rng.poisson(5, (30, 2)), rng.poisson(5, (30, 2))
    forth = fit_risk_changes(before=before, now=now).posterior()
    back = fit_risk_changes(before=now, now=before).posterior()
    assert back == pytest.approx(forth[:, ::-1, ::-1], abs=1e-9)


def test_wards_that_change_often_make_a_change_easier_to_believe():
    before, now = steady(), steady()
    now[0] = [4, 32]
    quiet = mean_change(fit_risk_changes(before=before, now=now).posterior())[0, 1]
    now[10:30] = [4, 70]
    before[30:50] = [4, 70]
    restless = mean_change(fit_risk_changes(before=before, now=now).posterior())[0, 1]
    assert restless > quiet
