import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from analysis.count_likelihood import CountShape
from analysis.exceedance import LatentMixture, joint_exceedance, summarise


@pytest.mark.parametrize("correlation", [-0.95, -0.3, 0.0, 0.4, 0.99])
@pytest.mark.parametrize("cuts", [(0.0, 0.0), (0.0, 1.2), (-1.0, 0.5), (2.0, 2.5), (-2.0, -0.3), (4.0, -4.0)])
def test_joint_exceedance_is_the_bivariate_normal_orthant(correlation, cuts):
    first, second = (np.array([norm.sf(cut)]) for cut in cuts)
    # the upper orthant is the lower one of the mirrored variables
    expected = multivariate_normal(cov=[[1, correlation], [correlation, 1]]).cdf([-cuts[0], -cuts[1]])
    found = joint_exceedance(first, second, correlation=np.array([correlation]))
    assert found[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("first", "second"), [(0.0, 0.5), (1.0, 0.5), (0.0, 0.0), (1.0, 1.0), (1.0, 0.0)])
def test_certain_margins_leave_nothing_to_the_correlation(first, second):
    found = joint_exceedance(np.array([first]), np.array([second]), correlation=np.array([0.7]))
    assert found[0] == pytest.approx(first * second, abs=1e-9)


def mixture(weight, mode, variance):
    mode = np.array(mode, dtype=float)
    return LatentMixture(
        log_evidence=0.0,
        weight=np.array(weight),
        mode=mode,
        variance=np.full_like(mode, variance),
        covariance=np.zeros((mode.shape[0] // 2, mode.shape[1])),
        shape=CountShape(total=np.full_like(mode, 1.0), share=np.full_like(mode, 1e-9)),
        tilt=np.zeros_like(mode),
    )


def test_points_are_mixed_by_their_weight():
    # log relative risks that are almost surely -1 or 1: both high together at the second point only
    wards = summarise(mixture([0.3, 0.7], [[-1, 1], [-1, 1]], 1e-4), threshold=1.0)
    assert wards.both[0] == pytest.approx(0.7, abs=1e-6)
    np.testing.assert_allclose(wards.above, [[0.7, 0.7]], atol=1e-6)
    np.testing.assert_allclose(wards.mean[0], 0.3 * np.exp(-1) + 0.7 * np.e, rtol=1e-3)


def test_the_joint_probability_is_mixed_after_it_is_formed():
    # high on one measure at one point, on the other at the other point: never on both
    wards = summarise(mixture([0.5, 0.5], [[-1, 1], [1, -1]], 1e-4), threshold=1.0)
    assert wards.both[0] == pytest.approx(0, abs=1e-6)
    np.testing.assert_allclose(wards.above, [[0.5, 0.5]], atol=1e-6)


def test_intervals_of_one_gaussian_are_its_quantiles():
    wards = summarise(mixture([1.0], [[0.2], [0.5]], 0.09), threshold=1.5)
    expected = np.exp(np.array([[0.2], [0.5]]) + 0.3 * norm.ppf([0.025, 0.975]))
    np.testing.assert_allclose(wards.interval[0], expected, rtol=1e-3)


def test_intervals_of_a_mixture_cut_its_tails():
    found = summarise(mixture([0.5, 0.5], [[-2, 2], [-2, 2]], 0.25), threshold=1.5).interval[0, 0]
    below = [(norm.cdf(np.log(cut), -2, 0.5) + norm.cdf(np.log(cut), 2, 0.5)) / 2 for cut in found]
    np.testing.assert_allclose(below, [0.025, 0.975], atol=1e-3)


def test_many_wards_are_summarised_in_parts_and_stay_in_order():
    modes = np.repeat(np.linspace(-1, 1, 200), 2)[:, None]
    wards = summarise(mixture([1.0], modes, 0.04), threshold=1.0)
    assert wards.both.shape == (200,)
    assert np.all(np.diff(wards.both) > 0)
