import numpy as np
import pytest
from scipy.integrate import quad

from analysis.field_parameters import LOWER, UPPER, FieldParameters, log_prior

MIDDLE = np.array([-0.4, 0.1, 0.3, 1.0])


def test_the_unbounded_scale_is_read_back():
    point = FieldParameters.from_theta(FieldParameters(sd=(0.5, 2.0), correlation=0.3, lam=0.8).theta)
    assert point.sd == pytest.approx((0.5, 2.0))
    assert point.correlation == pytest.approx(0.3)
    assert point.lam == pytest.approx(0.8)


def test_the_inverse_covariance_inverts_the_covariance():
    point = FieldParameters(sd=(0.5, 2.0), correlation=0.3, lam=0.5)
    np.testing.assert_allclose(point.inverse_covariance @ [[0.25, 0.3], [0.3, 4.0]], np.eye(2), atol=1e-12)


def at(**changed):
    """A point of the unbounded scale."""
    return FieldParameters(**{"sd": (1.0, 1.0), "correlation": 0.0, "lam": 0.5, **changed}).theta


def share(axis, low, high):
    """Share of one hyperparameter's prior between two points of the unbounded scale."""

    def density(value):
        return np.exp(log_prior(np.where(np.arange(4) == axis, value, MIDDLE)) - log_prior(MIDDLE))

    return quad(density, low, high)[0] / quad(density, -15, 15, points=[0.0])[0]


def test_a_standard_deviation_is_above_2_with_probability_5_per_cent():
    assert share(0, at(sd=(2.0, 1.0))[0], 15) == pytest.approx(0.05, abs=1e-4)
    assert share(1, at(sd=(1.0, 2.0))[1], 15) == pytest.approx(0.05, abs=1e-4)


def test_the_correlation_leans_to_0_on_both_sides_alike():
    # of the density 3 / 4 (1 - r**2), 11 / 16 lies within a half
    assert share(2, np.arctanh(-0.5), np.arctanh(0.5)) == pytest.approx(11 / 16, abs=1e-4)


def test_the_share_of_smoothing_is_uniform():
    assert share(3, at(lam=0.2)[3], at(lam=0.7)[3]) == pytest.approx(0.5, abs=1e-4)


def test_every_point_within_the_bounds_is_a_safe_model():
    for theta in (LOWER, UPPER):
        point = FieldParameters.from_theta(theta)
        assert 0 < point.lam < 1
        assert abs(point.correlation) < 1
        assert np.all(np.linalg.eigvalsh(point.inverse_covariance) > 0)
