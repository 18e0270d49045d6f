import numpy as np
import pytest
from scipy.integrate import quad

from analysis.count_margins import CountMargins, skewness_of_counts

# Gaussian variance and fitted count; their product is below 1
CASES = [(0.3, 1.7), (0.05, 12.0), (2.0, 0.4), (1e-6, 0.9e6), (1e-9, 0.1), (0.5, 1e-9)]
# A count of 0 under a prior that is nearly flat: a tail of hundreds on one side, a drop within 2 on the other
EXTREME = [(45.0, 0.02), (8.0, 0.123)]


def grids(variance, fitted, tilt=0.0, mode=0.0):
    one = np.ones((1, 1))
    return CountMargins.around(mode * one, variance=variance * one, fitted=fitted * one, tilt=tilt * one)


def exact(variance, fitted, tilt=0.0):
    """The density in standard units, and its integral."""
    sd = np.sqrt(variance)

    def density(z):
        away = sd * z
        return np.exp(tilt * away - 0.5 * (1 / variance - fitted) * away**2 - fitted * (np.expm1(away) - away))

    low = -7 / np.sqrt(1 - variance * fitted)
    return density, low, quad(density, low, 7, limit=400, points=[0.0])[0]


@pytest.mark.parametrize(("variance", "fitted"), CASES)
@pytest.mark.parametrize("tilt", [0.0, -0.15])
def test_probabilities_are_those_of_numerical_integration(variance, fitted, tilt):
    assert_probabilities(variance, fitted, tilt, within=2e-4)


@pytest.mark.parametrize(("variance", "fitted"), EXTREME)
@pytest.mark.parametrize("tilt", [0.0, -0.15])
def test_probabilities_stay_close_where_the_density_is_hardly_held(variance, fitted, tilt):
    assert_probabilities(variance, fitted, tilt, within=5e-3)


def assert_probabilities(variance, fitted, tilt, *, within):
    margins = grids(variance, fitted, tilt=tilt, mode=0.7)
    density, low, total = exact(variance, fitted, tilt)
    for z in (-2.0, -0.6, 0.0, 0.3, 1.5):
        below, _ = margins.below(np.full((1, 1), 0.7 + z * np.sqrt(variance)))
        assert below[0, 0] == pytest.approx(quad(density, low, z, limit=400)[0] / total, abs=within)


@pytest.mark.parametrize(("variance", "fitted"), CASES + EXTREME)
def test_the_cumulative_runs_from_0_to_1_and_never_falls(variance, fitted):
    margins = grids(variance, fitted)
    cuts = np.linspace(-12 / np.sqrt(1 - variance * fitted), 12, 400) * np.sqrt(variance)
    below = np.array([margins.below(np.full((1, 1), cut))[0][0, 0] for cut in cuts])
    assert below[0] == pytest.approx(0, abs=1e-6)
    assert below[-1] == pytest.approx(1, abs=1e-6)
    assert np.all(np.diff(below) > -1e-5)


def test_without_a_count_the_margin_is_the_gaussian():
    margins = grids(0.25, 1e-12)
    assert margins.below(np.full((1, 1), 0.5))[0][0, 0] == pytest.approx(0.841345, abs=1e-4)
    assert margins.mean_exponential[0, 0] == pytest.approx(np.exp(0.125), rel=1e-5)


def test_a_count_with_a_gamma_prior_is_nearly_its_gamma_posterior():
    # 1 / variance = fitted: nothing but the count, so exp(away) is gamma with shape and rate `fitted`
    margins = grids(1 / 30.0, 30.0)
    assert margins.mean_exponential[0, 0] == pytest.approx(1.0, rel=1e-4)


@pytest.mark.parametrize(("variance", "fitted"), CASES)
def test_the_pull_gives_the_mean_and_the_ratio_the_evidence(variance, fitted):
    density, low, total = exact(variance, fitted)
    pull, log_ratio = skewness_of_counts(np.full((1, 1), variance), fitted=np.full((1, 1), fitted))
    mean = quad(lambda z: z * density(z), low, 7, limit=400, points=[0.0])[0] / total
    assert pull[0, 0] * np.sqrt(variance) == pytest.approx(mean, abs=2e-3)
    assert log_ratio[0, 0] == pytest.approx(np.log(total / np.sqrt(2 * np.pi)), abs=2e-3)


def test_what_a_parabola_leaves_out_is_little_where_counts_are_large():
    small, large = (
        skewness_of_counts(np.full((1, 1), v), fitted=np.full((1, 1), w)) for v, w in ((0.4, 1.0), (0.004, 200.0))
    )
    assert abs(large[1][0, 0]) < 0.05 * abs(small[1][0, 0])
