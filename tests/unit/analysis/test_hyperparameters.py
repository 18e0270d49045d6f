import numpy as np
import pytest

from analysis.hyperparameters import WeightedPoints, weighted_points
from analysis.mode_search import find_mode


class Gaussian:
    """A log density of known mean and covariance."""

    lower, upper = np.full(4, -9.0), np.full(4, 9.0)
    mean = np.array([0.5, -1.0, 0.2, 2.0])
    covariance = np.diag([0.02, 0.3, 0.1, 1.0]) + 0.01

    def log_density(self, theta):
        away = theta - self.mean
        return -0.5 * float(away @ np.linalg.solve(self.covariance, away)) - 1e4

    def recentre(self, theta, *, beside):
        self.told = (theta, beside)


class Skewed(Gaussian):
    """Log gamma on every axis, with an exponential left tail, as a small standard deviation has."""

    shape = np.array([1.0, 2.0, 4.0, 50.0])

    def log_density(self, theta):
        return float(np.sum(self.shape * theta - np.exp(theta)))


class Ridge(Gaussian):
    """Bent, so that no ellipse fits it."""

    def log_density(self, theta):
        return -0.5 * float(theta @ theta / 4 + 40 * (theta[1] - theta[0] ** 2 / 2) ** 2)


class Flat(Gaussian):
    def log_density(self, theta):
        return 0.0 * float(theta.sum())


def test_the_mode_and_the_curvature_of_a_gaussian_are_found():
    mode = find_mode(Gaussian(), start=np.zeros(4), other_start=np.ones(4))
    sd = np.sqrt(np.diag(Gaussian.covariance))
    np.testing.assert_allclose((mode.at - Gaussian.mean) / sd, 0, atol=0.3)
    np.testing.assert_allclose(np.linalg.inv(mode.curvature), Gaussian.covariance, rtol=0.02)


def test_the_search_comes_back_from_far_away():
    mode = find_mode(Gaussian(), start=np.array([-8.0, 8.0, 8.0, -8.0]), other_start=np.zeros(4))
    np.testing.assert_allclose(mode.at, Gaussian.mean, atol=0.3)


class TwoModes(Gaussian):
    """A broad, poor mode at the upper bound and a good one far from it."""

    def log_density(self, theta):
        poor, good = -0.5 * np.sum((theta - 9.0) ** 2) / 4, -0.5 * np.sum((theta + 5.0) ** 2) + 50
        return float(np.logaddexp(poor, good))


def test_a_mode_at_the_bounds_is_left_for_a_better_one_elsewhere():
    mode = find_mode(TwoModes(), start=np.full(4, 7.0), other_start=np.full(4, -4.0))
    np.testing.assert_allclose(mode.at, -5.0, atol=0.3)


def test_a_mode_at_the_bounds_is_kept_where_there_is_no_better_one():
    mode = find_mode(TwoModes(), start=np.full(4, 7.0), other_start=np.full(4, 6.0))
    assert mode.at.min() > 7


def test_points_of_a_gaussian_have_its_moments():
    points = weighted_points(Gaussian(), start=np.zeros(4), other_start=np.ones(4), seed=3, size=64)
    away = points.theta - Gaussian.mean
    sd = np.sqrt(np.diag(Gaussian.covariance))
    np.testing.assert_allclose(points.weight @ away / sd, 0, atol=0.1)
    np.testing.assert_allclose((points.weight[:, None] * away).T @ away / np.outer(sd, sd), _correlation(), atol=0.25)
    assert points.effective > 50


def _correlation():
    sd = np.sqrt(np.diag(Gaussian.covariance))
    return Gaussian.covariance / np.outer(sd, sd)


def test_points_of_a_skewed_density_have_its_means():
    points = weighted_points(Skewed(), start=np.zeros(4), other_start=np.ones(4), seed=0, size=64)
    # mean of a gamma variable is its shape
    np.testing.assert_allclose(points.weight @ np.exp(points.theta), Skewed.shape, rtol=0.12)


def test_a_flat_density_gives_points_inside_the_bounds():
    points = weighted_points(Flat(), start=np.zeros(4), other_start=np.ones(4), seed=0, size=32)
    held = points.theta[points.weight > 0]
    assert np.all((held > Flat.lower) & (held < Flat.upper))


def test_more_points_are_laid_only_where_the_first_are_worth_little():
    plain, skewed = (
        weighted_points(s(), start=np.zeros(4), other_start=np.ones(4), seed=0, size=64) for s in (Gaussian, Ridge)
    )
    assert len(plain.theta) < len(skewed.theta)
    assert plain.effective >= 64


def test_the_same_seed_gives_the_same_points_and_another_gives_others():
    first, again, other = (
        weighted_points(Gaussian(), start=np.zeros(4), other_start=np.ones(4), seed=s, size=16) for s in (1, 1, 2)
    )
    assert np.array_equal(first.theta, again.theta)
    assert np.array_equal(first.weight, again.weight)
    assert not np.array_equal(first.theta, other.theta)


@pytest.fixture
def three():
    return WeightedPoints(theta=np.array([[3.0], [1.0], [2.0]]), weight=np.array([0.25, 0.5, 0.25]))


def test_the_lightest_points_are_left_out(three):
    kept = three.heaviest(0.7)
    assert kept.theta.ravel().tolist() == [3.0, 1.0]
    np.testing.assert_allclose(kept.weight, [1 / 3, 2 / 3])
    assert three.heaviest(0.999).theta.size == 3


def test_quantiles_follow_the_weights(three):
    # by hand: half of each point's weight lies before it, so 1, 2, 3 stand at 0.25, 0.625, 0.875
    assert three.quantiles(three.theta.ravel(), (0.25, 0.75, 0.99)) == pytest.approx((1.0, 2.5, 3.0))
    assert three.mean(three.theta.ravel()) == pytest.approx(1.75)
