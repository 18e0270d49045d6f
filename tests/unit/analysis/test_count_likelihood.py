import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import gammaln
from scipy.stats import nbinom, poisson

from analysis.count_likelihood import OverdispersedCounts

COUNTS, EXPECTED = np.array([0.0, 3.0, 40.0]), np.array([1.7, 2.0, 25.0])
ETA = np.array([-0.4, 0.3, 0.9])


@pytest.fixture
def likelihood():
    return OverdispersedCounts(COUNTS, expected=EXPECTED)


def without_counts_alone(log_probability):
    """Leave out the factors that hold neither risk nor size."""
    return float((log_probability + gammaln(COUNTS + 1) - COUNTS * np.log(EXPECTED)).sum())


@pytest.mark.parametrize("size", [0.5, 4.0, 400.0])
def test_the_log_likelihood_is_the_negative_binomial(likelihood, size):
    expected = nbinom.logpmf(COUNTS, size, size / (size + EXPECTED * np.exp(ETA)))
    found = likelihood.log_likelihood(ETA, size=size) + likelihood.constant(size=size)
    assert found == pytest.approx(without_counts_alone(expected), rel=1e-9)


def test_a_large_size_is_poisson(likelihood):
    expected = poisson.logpmf(COUNTS, EXPECTED * np.exp(ETA))
    found = likelihood.log_likelihood(ETA, size=1e9) + likelihood.constant(size=1e9)
    assert found == pytest.approx(without_counts_alone(expected), abs=1e-4)
    np.testing.assert_allclose(likelihood.shape(ETA, size=1e9).curvature, EXPECTED * np.exp(ETA), rtol=1e-6)


@pytest.mark.parametrize("size", [0.5, 4.0, 400.0])
def test_the_slope_is_the_derivative(likelihood, size):
    expected = approx_fprime(ETA, lambda eta: likelihood.log_likelihood(eta, size=size), 1e-7)
    np.testing.assert_allclose(likelihood.slope(ETA, size=size), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("size", [0.5, 4.0, 400.0])
@pytest.mark.parametrize("away", [-2.0, -0.1, 0.2, 1.5])
def test_the_shortfall_is_what_the_tangent_leaves(likelihood, size, away):
    tangent = likelihood.log_likelihood(ETA, size=size) + away * likelihood.slope(ETA, size=size).sum()
    moved = likelihood.log_likelihood(ETA + away, size=size)
    distance = np.full((3, 1), away)
    short, steepness = likelihood.shape(ETA, size=size).shortfall(distance, rise=np.expm1(distance))
    assert short.sum() == pytest.approx(tangent - moved, rel=1e-8)
    slopes = likelihood.slope(ETA, size=size) - likelihood.slope(ETA + away, size=size)
    np.testing.assert_allclose(steepness[:, 0], slopes, rtol=1e-8)
