"""The overlap model against an independent answer: the same posterior, written out densely and sampled.

Hyperparameters are drawn widely around those that made the data, and surfaces from a Student t around their dense
Laplace approximation; each draw is weighted by the exact posterior over the density it was drawn from. So the weighted
draws stand for the exact posterior, whatever the quality of the approximation. Nothing of the product's algebra is used.
"""

import numpy as np
import pytest
from scipy import stats
from scipy.special import gammaln, logsumexp

from analysis.exceedance import summarise
from analysis.field_posterior import fit_field
from tests.overlap_worlds import data_of, draw_log_risks, lattice

POINTS, DRAWS, FREEDOM, THRESHOLD = 8000, 40, 12.0, 1.5


def draw_parameters(rng):
    """Standard deviations, correlation, share of smoothing, spread of reporting; log of prior over density of each."""
    # heavy tails, so that no draw can weigh much: the posterior of a log standard deviation falls slowly to the left
    log_sd = stats.t.rvs(3, np.log(0.8), 0.6, (POINTS, 2), random_state=rng)
    z = stats.logistic.rvs(0.5, 0.4, POINTS, random_state=rng)
    sd, correlation = np.exp(np.clip(log_sd, -5, 3)), np.clip(np.tanh(z), -0.9999, 0.9999)
    # priors: exponential with 5 % above 2; density in 1 - r**2; uniform. The Jacobians are sd and 1 - r**2.
    log_prior = (log_sd - np.log(20) / 2 * sd).sum(axis=1) - 4 * np.log(np.cosh(z))
    log_drawn = stats.t.logpdf(log_sd, 3, np.log(0.8), 0.6).sum(axis=1) + stats.logistic.logpdf(z, 0.5, 0.4)
    log_spread = np.clip(rng.logistic(np.log(0.15), 0.5, POINTS), np.log(0.01), np.log(2))
    log_prior += log_spread - np.log(20) / 0.5 * np.exp(log_spread)
    log_drawn += stats.logistic.logpdf(log_spread, np.log(0.15), 0.5)
    return sd, correlation, rng.uniform(size=POINTS), np.exp(log_spread), log_prior - log_drawn


def prior_precisions(links, sd, correlation, lam):
    """(points, 2 n + 2, 2 n + 2): surfaces measure by measure, then the intercepts, which have sd 10."""
    size = links.shape[0]
    laplacian = np.diag(links.sum(axis=0)) - links
    leroux = lam[:, None, None] * laplacian + (1 - lam[:, None, None]) * np.eye(size)
    covariance = np.empty((POINTS, 2, 2))
    covariance[:, 0, 0], covariance[:, 1, 1] = sd.T**2
    covariance[:, 0, 1] = covariance[:, 1, 0] = correlation * sd[:, 0] * sd[:, 1]
    field = np.einsum("gkl,gij->gkilj", np.linalg.inv(covariance), leroux).reshape(POINTS, 2 * size, 2 * size)
    to_surfaces = np.hstack([np.eye(2 * size), -np.kron(np.eye(2), np.ones((size, 1)))])
    whole = to_surfaces.T @ field @ to_surfaces
    whole[:, -2:, -2:] += np.eye(2) / 100
    return whole


def modes(precisions, counts, expected, size):
    """Dense Newton steps for all points at once, no longer than 1. `size`: (points, 1) of the negative binomial."""
    x = np.zeros(precisions.shape[:2])
    for _ in range(60):
        fitted = expected * np.exp(x[:, :-2])
        gradient = -np.einsum("gij,gj->gi", precisions, x)
        gradient[:, :-2] += (counts - fitted) * size / (size + fitted)
        curvature = precisions.copy()
        np.einsum("gii->gi", curvature)[:, :-2] += (counts + size) * size * fitted / (size + fitted) ** 2
        step = np.linalg.solve(curvature, gradient[..., None])[..., 0]
        x += step / np.maximum(1, np.abs(step).max(axis=1, keepdims=True))
        if np.abs(step).max() < 1e-6:
            break
    return x, curvature


def exact_posterior(counts, expected, links, *, seed):
    """Probability of both, of each, mean relative risks, and how many equal draws they are worth."""
    rng = np.random.default_rng(seed)
    sd, correlation, lam, spread, log_ratio = draw_parameters(rng)
    shape = spread[:, None] ** -2
    y, e = counts.T.ravel().astype(float), expected.T.ravel()
    precisions = prior_precisions(links, sd, correlation, lam)
    centre, curvature = modes(precisions, y, e, shape)
    size = centre.shape[1]
    root = np.linalg.cholesky(curvature)
    normal = rng.standard_normal((POINTS, DRAWS, size))
    standard = normal / np.sqrt(rng.chisquare(FREEDOM, (POINTS, DRAWS, 1)) / FREEDOM)
    x = centre[:, None] + np.linalg.solve(np.swapaxes(root, 1, 2), np.swapaxes(standard, 1, 2)).swapaxes(1, 2)
    log_root = np.log(np.einsum("gii->gi", root)).sum(axis=1)
    proposal = _student(standard) + log_root[:, None]
    prior = 0.5 * np.linalg.slogdet(precisions)[1][:, None] - 0.5 * np.einsum("gdi,gij,gdj->gd", x, precisions, x)
    fitted = e * np.exp(np.minimum(x[..., :-2], 50))
    likelihood = (y * x[..., :-2] - (y + shape[:, None]) * np.log1p(fitted / shape[:, None])).sum(axis=-1)
    likelihood += (gammaln(y + shape) - gammaln(shape) - y * np.log(shape)).sum(axis=-1)[:, None]
    log_weight = log_ratio[:, None] + likelihood + prior - size / 2 * np.log(2 * np.pi) - proposal
    weight = np.exp(log_weight - logsumexp(log_weight))
    risks = np.exp(np.minimum(x[..., :-2], 50)).reshape(POINTS, DRAWS, 2, -1)
    high = risks > THRESHOLD
    return {
        "both": np.einsum("gd,gdi->i", weight, high.all(axis=2)),
        "each": np.einsum("gd,gdki->ik", weight, high),
        "mean": np.einsum("gd,gdki->ik", weight, risks),
        "worth": float(1 / (weight**2).sum()),
    }


def _student(standard):
    size = standard.shape[-1]
    constant = gammaln((FREEDOM + size) / 2) - gammaln(FREEDOM / 2) - size / 2 * np.log(FREEDOM * np.pi)
    return constant - (FREEDOM + size) / 2 * np.log1p((standard**2).sum(axis=-1) / FREEDOM)


def world(referrals, incidents):
    """A 4 by 4 area whose risks come from the model; `referrals` and `incidents` are expected a ward."""
    rng = np.random.default_rng(6)
    links = lattice(4, 4)
    log_risks = draw_log_risks(links, sd=[1.0, 0.9], correlation=0.6, lam=0.7, rng=rng)
    expected = rng.gamma(5, 1 / 5, (16, 1)) * [referrals, incidents]
    return rng.poisson(expected * np.exp(log_risks)), expected, links


@pytest.mark.parametrize(("referrals", "incidents"), [(1.7, 20.0), (0.5, 5.0)], ids=["a year", "a quarter"])
def test_probabilities_are_those_of_the_exact_posterior(referrals, incidents):
    counts, expected, links = world(referrals, incidents)
    exact = exact_posterior(counts, expected, links.toarray(), seed=0)
    assert exact["worth"] > 1500  # so that its own error is about 0.02 at most
    wards = summarise(fit_field(data_of(counts, expected, links)).mixture, threshold=THRESHOLD)
    assert exact["both"].max() > 0.3  # there is something to be wrong about
    error = np.abs(wards.both - exact["both"])
    assert error.max() < 0.03
    assert error.mean() < 0.01
    np.testing.assert_allclose(wards.above, exact["each"], atol=0.04)
    np.testing.assert_allclose(wards.mean, exact["mean"], rtol=0.1)
