import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from analysis.pooled_risks import PooledRisks

MEAN = np.array([[0.2, 0.5], [-0.4, 0.1], [1.2, 0.9]])
SD = np.array([[0.3, 0.2], [0.5, 0.1], [0.4, 0.3]])
CORRELATION = np.array([0.6, 0.0, -0.5])
THRESHOLD = 1.5


def both_above(ward: int, cut) -> float:
    correlation = CORRELATION[ward]
    normal = multivariate_normal(cov=[[1.0, correlation], [correlation, 1.0]])
    return float(normal.cdf((MEAN[ward] - np.asarray(cut)) / SD[ward]))


@pytest.fixture
def risks() -> PooledRisks:
    """Three wards whose log risks are exactly bivariate normal."""
    return PooledRisks.fitted(
        interval=np.exp(np.stack([MEAN + norm.ppf(0.025) * SD, MEAN + norm.ppf(0.975) * SD], axis=-1)),
        above=norm.sf(np.log(THRESHOLD), MEAN, SD),
        both=np.array([both_above(ward, np.log([THRESHOLD, THRESHOLD])) for ward in range(3)]),
        threshold=THRESHOLD,
    )


def test_normal_log_risks_are_given_back_at_any_threshold(risks):
    cut = np.broadcast_to(np.linspace(-0.5, 1.5, 7), (3, 2, 7))
    assert risks.above(cut) == pytest.approx(norm.sf(cut, MEAN[..., None], SD[..., None]), abs=1e-6)


def test_pairs_of_thresholds_are_asked_of_both_risks_at_once(risks):
    cuts = np.array([0.0, 0.4, 0.8])
    found = risks.both_above(np.broadcast_to(cuts, (3, 2, 3)))
    for ward in (0, 1, 2):
        expected = [[both_above(ward, (one, other)) for other in cuts] for one in cuts]
        assert found[ward] == pytest.approx(np.array(expected), abs=2e-3)


def test_what_the_model_said_at_its_own_threshold_is_repeated_where_the_posterior_is_skewed():
    risks = PooledRisks.fitted(
        interval=np.array([[[0.8, 4.0], [1.0, 2.4]]]),
        above=np.array([[0.55, 0.7]]),
        both=np.array([0.5]),
        threshold=THRESHOLD,
    )
    at_own = np.full((1, 2, 1), np.log(THRESHOLD))
    assert risks.above(at_own)[0, :, 0] == pytest.approx([0.55, 0.7], abs=1e-9)
    assert risks.both_above(at_own)[0, 0, 0] == pytest.approx(0.5, abs=1e-6)


def test_the_probability_only_falls_with_the_threshold_however_sure_the_model_is():
    risks = PooledRisks.fitted(
        interval=np.array([[[0.1, 0.4], [3.0, 5.0]]]),
        above=np.array([[0.0, 1.0]]),
        both=np.array([0.0]),
        threshold=THRESHOLD,
    )
    found = risks.above(np.broadcast_to(np.linspace(-3, 3, 50), (1, 2, 50)))
    assert np.isfinite(found).all()
    assert (np.diff(found, axis=-1) <= 0).all()
    assert found[0, 0, -1] < 0.01 < 0.99 < found[0, 1, 0]
