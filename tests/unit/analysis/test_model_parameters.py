import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import expon, norm

from analysis import field_parameters, model_parameters
from analysis.model_parameters import SPREAD_RATE, ModelParameters
from analysis.prior_scale import exponential_at, exponential_score


def test_a_point_reads_as_its_parameters():
    point = ModelParameters.from_theta(np.zeros(5))
    assert point.field.sd == pytest.approx([expon.median(scale=1 / field_parameters.SD_RATE)] * 2)
    assert point.field.lam == pytest.approx(0.5)
    assert point.spread == pytest.approx(expon.median(scale=1 / SPREAD_RATE))
    assert point.size == pytest.approx(1 / point.spread**2)


@pytest.mark.parametrize("at", [0.05, 0.5, 0.95, 0.999])
def test_a_standard_normal_becomes_the_exponential_prior_and_back(at):
    value = expon.ppf(at, scale=1 / 1.5)
    assert exponential_at(norm.ppf(at), rate=1.5) == pytest.approx(value)
    assert exponential_score(value, rate=1.5) == pytest.approx(norm.ppf(at))


def test_five_percent_of_the_prior_of_reporting_is_above_a_half():
    assert expon.sf(0.5, scale=1 / SPREAD_RATE) == pytest.approx(0.05)


def test_the_prior_is_a_density():
    # constant factors count: two models are weighed by their evidence
    rest = np.array([0.0, 0.0, 0.0, 0.0])
    here = field_parameters.log_prior(rest)
    total = quad(lambda z: np.exp(model_parameters.log_prior(np.append(rest, z)) - here), -8, 8)[0]
    assert total == pytest.approx(1)


@pytest.mark.parametrize("axis", range(4))
def test_the_prior_of_the_field_is_a_density_along_every_axis(axis):
    def density(z):
        theta = np.zeros(4)
        theta[axis] = z
        return np.exp(field_parameters.log_prior(theta) - field_parameters.log_prior(np.zeros(4)))

    at_zero = [norm.pdf(0), norm.pdf(0), 0.75, norm.pdf(0)]
    assert quad(density, -12, 12, points=[0.0])[0] * at_zero[axis] == pytest.approx(1, rel=1e-6)
    assert field_parameters.log_prior(np.zeros(4)) == pytest.approx(np.log(at_zero).sum())
