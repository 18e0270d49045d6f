import numpy as np
import pytest
from scipy.integrate import quad

from analysis.count_likelihood import CountShape
from analysis.count_margins import CountMargins, skewness_of_counts

# Gaussian variance and curvature of the count; their product is below 1
CASES = [(0.3, 1.7), (0.05, 12.0), (2.0, 0.4), (1e-6, 0.9e6), (1e-9, 0.1), (0.5, 1e-9)]
# Share of the curvature count in curvature count plus size: nearly Poisson, overdispersed, wildly overdispersed
SHARES = [1e-9, 0.3, 0.9]
# A count of 0 under a prior that is nearly flat: a tail of hundreds on one side, a drop within 2 on the other
EXTREME = [(45.0, 0.02), (8.0, 0.123)]


def shape_of(curvature, share):
    one = np.ones((1, 1))
    return CountShape(total=curvature / (share * (1 - share)) * one, share=share * one)


def grids(variance, curvature, tilt=0.0, mode=0.0, share=1e-9):
    one = np.ones((1, 1))
    return CountMargins.around(mode * one, variance=variance * one, shape=shape_of(curvature, share), tilt=tilt * one)


def exact(variance, curvature, tilt=0.0, share=1e-9):
    """The density in standard units, its lowest and highest point, and its integral."""
    sd = np.sqrt(variance)
    total = curvature / (share * (1 - share))

    def density(z):
        away = sd * z
        grown = np.expm1(away)
        poisson = curvature * (grown - away)
        short = poisson if share < 1e-6 else total * (np.log1p(share * grown) - share * away)
        return np.exp(tilt * away - 0.5 * (1 / variance - curvature) * away**2 - short)

    wide = 7 / np.sqrt(1 - variance * curvature)
    return density, -wide, wide, quad(density, -wide, wide, limit=400, points=[0.0])[0]


@pytest.mark.parametrize(("variance", "curvature"), CASES)
@pytest.mark.parametrize("tilt", [0.0, -0.15])
@pytest.mark.parametrize("share", SHARES)
def test_probabilities_are_those_of_numerical_integration(variance, curvature, tilt, share):
    assert_probabilities(variance, curvature, tilt, share=share, within=2e-4 if share < 0.5 else 5e-4)


@pytest.mark.parametrize(("variance", "curvature"), EXTREME)
@pytest.mark.parametrize("tilt", [0.0, -0.15])
def test_probabilities_stay_close_where_the_density_is_hardly_held(variance, curvature, tilt):
    assert_probabilities(variance, curvature, tilt, within=5e-3)


def assert_probabilities(variance, curvature, tilt, *, within, share=1e-9):
    margins = grids(variance, curvature, tilt=tilt, mode=0.7, share=share)
    density, low, _, total = exact(variance, curvature, tilt, share)
    for z in (-2.0, -0.6, 0.0, 0.3, 1.5):
        below, _ = margins.below(np.full((1, 1), 0.7 + z * np.sqrt(variance)))
        assert below[0, 0] == pytest.approx(quad(density, low, z, limit=400)[0] / total, abs=within)


@pytest.mark.parametrize(("variance", "curvature"), CASES + EXTREME)
def test_the_cumulative_runs_from_0_to_1_and_never_falls(variance, curvature):
    margins = grids(variance, curvature)
    cuts = np.linspace(-12 / np.sqrt(1 - variance * curvature), 12, 400) * np.sqrt(variance)
    below = np.array([margins.below(np.full((1, 1), cut))[0][0, 0] for cut in cuts])
    assert below[0] == pytest.approx(0, abs=1e-6)
    assert below[-1] == pytest.approx(1, abs=1e-6)
    assert np.all(np.diff(below) > -1e-5)


def test_without_a_count_the_margin_is_the_gaussian():
    margins = grids(0.25, 1e-12)
    assert margins.below(np.full((1, 1), 0.5))[0][0, 0] == pytest.approx(0.841345, abs=1e-4)
    assert margins.mean_exponential[0, 0] == pytest.approx(np.exp(0.125), rel=1e-5)


def test_a_count_with_a_gamma_prior_is_nearly_its_gamma_posterior():
    # 1 / variance = curvature: nothing but the count, so exp(away) is gamma with shape and rate `curvature`
    margins = grids(1 / 30.0, 30.0)
    assert margins.mean_exponential[0, 0] == pytest.approx(1.0, rel=1e-4)


@pytest.mark.parametrize(("variance", "curvature"), CASES)
@pytest.mark.parametrize("share", SHARES)
def test_the_pull_gives_the_mean_and_the_ratio_the_evidence(variance, curvature, share):
    density, low, high, total = exact(variance, curvature, share=share)
    pull, log_ratio = skewness_of_counts(np.full((1, 1), variance), shape=shape_of(curvature, share))
    mean = quad(lambda z: z * density(z), low, high, limit=400, points=[0.0])[0] / total
    assert pull[0, 0] * np.sqrt(variance) == pytest.approx(mean, abs=2e-3)
    assert log_ratio[0, 0] == pytest.approx(np.log(total / np.sqrt(2 * np.pi)), abs=2e-3)


def test_what_a_parabola_leaves_out_is_little_where_counts_are_large():
    small, large = (
        skewness_of_counts(np.full((1, 1), v), shape=shape_of(w, 1e-9)) for v, w in ((0.4, 1.0), (0.004, 200.0))
    )
    assert abs(large[1][0, 0]) < 0.05 * abs(small[1][0, 0])
