import numpy as np
import pytest
from scipy.special import expit, logit

from analysis.detection_curve import DetectionCurve


def learn(curve, *, trials, chance, seed):
    rng = np.random.default_rng(seed)
    risks = []
    for _ in range(trials):
        risk = curve.next_risk(rng)
        risks.append(risk)
        curve.add(risk=risk, found=rng.uniform() < chance(risk))
    return risks


def rising(sought, *, steepness=6.0):
    """Chance of finding that is 0.8 at the sought risk."""
    return lambda risk: expit(logit(0.8) + steepness * np.log(risk / sought))


@pytest.mark.parametrize("sought", [1.8, 3.0, 8.0])
def test_the_risk_found_eight_times_of_ten_is_recovered(sought):
    estimates = []
    for seed in range(12):
        curve = DetectionCurve(share=0.8, largest=20)
        learn(curve, trials=80, chance=rising(sought), seed=seed)
        estimates.append(curve.smallest_risk().estimate)
    assert np.exp(np.mean(np.log(estimates))) == pytest.approx(sought, rel=0.1)


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    held = 0
    for seed in range(60):
        curve = DetectionCurve(share=0.8, largest=20)
        learn(curve, trials=60, chance=rising(3.0), seed=seed)
        found = curve.smallest_risk()
        held += found.lower <= 3.0 <= (found.upper or np.inf)
    # 54 of 60 if it holds 90 %; the standard error is 2.3
    assert held >= 47


def test_where_nothing_is_ever_found_no_risk_is_named():
    curve = DetectionCurve(share=0.8, largest=20)
    learn(curve, trials=40, chance=lambda _: 0.0, seed=1)
    found = curve.smallest_risk()
    assert found.estimate is None
    assert found.upper is None
    assert curve.chance_of_finding(20) < 0.5


def test_where_all_is_found_the_smallest_risks_are_tried_in_the_end():
    curve = DetectionCurve(share=0.8, largest=20)
    risks = learn(curve, trials=40, chance=lambda _: 1.0, seed=1)
    assert np.mean(risks[-10:]) < 1.5
    assert curve.smallest_risk().upper < 2


def test_trials_gather_where_something_is_to_be_learnt():
    curve = DetectionCurve(share=0.8, largest=20)
    risks = learn(curve, trials=60, chance=rising(3.0), seed=2)
    assert all(1 <= risk <= 20 for risk in risks)
    assert np.mean((np.array(risks[30:]) > 1.5) & (np.array(risks[30:]) < 6)) > 0.9


def test_more_found_means_a_smaller_risk_is_enough():
    lucky, unlucky = (DetectionCurve(share=0.8, largest=20) for _ in range(2))
    for risk in (2.0, 3.0, 4.0, 6.0, 9.0):
        lucky.add(risk=risk, found=risk > 2)
        unlucky.add(risk=risk, found=risk > 6)
    assert lucky.smallest_risk().estimate < unlucky.smallest_risk().estimate
    assert lucky.trials == 5
