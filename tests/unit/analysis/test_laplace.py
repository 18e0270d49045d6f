import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import gammaln
from scipy.stats import nbinom

from analysis.field_parameters import FieldParameters
from analysis.field_precision import FieldPrecision
from analysis.laplace import LaplaceSolver
from analysis.model_parameters import ModelParameters
from analysis.overlap_inputs import OverlapData
from tests.overlap_worlds import lattice

PARAMETERS = ModelParameters(field=FieldParameters(sd=(0.7, 1.3), correlation=0.4, lam=0.8), spread=0.3)


def data_of(counts, expected):
    rows = len(counts) // 2
    return OverlapData(
        counts=np.asarray(counts, dtype=float),
        expected=np.broadcast_to(np.asarray(expected, dtype=float), np.shape(counts)).copy(),
        adjacency=lattice(2, rows),
    )


@pytest.fixture
def data():
    return data_of(np.random.default_rng(0).poisson([2, 20], (6, 2)), [2, 20])


def dense_precision(data, parameters):
    upper = FieldPrecision(data.adjacency).matrix(parameters.field, weights=np.zeros(2 * data.wards)).toarray()
    return upper + upper.T - np.diag(upper.diagonal())


def log_posterior(x, data, parameters):
    surfaces = x[:-2].reshape(-1, 2)
    size = parameters.size
    share = size / (size + data.expected * np.exp(surfaces))
    # factors of the count alone are left out
    likelihood = (
        nbinom.logpmf(data.counts, size, share) + gammaln(data.counts + 1) - data.counts * np.log(data.expected)
    )
    return likelihood.sum() - 0.5 * x @ dense_precision(data, parameters) @ x


def test_the_log_posterior_is_flat_at_the_mode(data):
    solver = LaplaceSolver(data)
    mode = solver.approximate(PARAMETERS, start=solver.start()).mode
    slope = approx_fprime(mode, lambda x: log_posterior(x, data, PARAMETERS), 1e-6)
    np.testing.assert_allclose(slope, 0, atol=1e-3)


def test_the_evidence_is_the_dense_laplace_approximation(data):
    solver = LaplaceSolver(data)
    found = solver.approximate(PARAMETERS, start=solver.start())
    prior = dense_precision(data, PARAMETERS)
    posterior = prior + np.diag(np.concatenate([solver.shape(found.mode, PARAMETERS).curvature, [0, 0]]))
    expected = log_posterior(found.mode, data, PARAMETERS)
    expected += 0.5 * (np.linalg.slogdet(prior)[1] - np.linalg.slogdet(posterior)[1])
    assert found.log_evidence == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("start", [-40.0, -5.0, 5.0, 40.0, 300.0])
def test_newton_finds_the_same_mode_from_any_start(data, start):
    solver = LaplaceSolver(data)
    there = solver.approximate(PARAMETERS, start=np.full(14, start))
    usual = solver.approximate(PARAMETERS, start=solver.start())
    np.testing.assert_allclose(there.mode, usual.mode, atol=1e-4)
    assert there.log_evidence == pytest.approx(usual.log_evidence, abs=1e-4)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (np.zeros((6, 2)), 1.0),
        (np.full((6, 2), 1e9), 1.0),
        ([[0, 1e6], [1e6, 0], [0, 0], [1, 1], [1e6, 1e6], [0, 1]], 1e-6),
        ([[0, 1e6], [1e6, 0], [0, 0], [1, 1], [1e6, 1e6], [0, 1]], 1e6),
    ],
)
@pytest.mark.parametrize("sd", [1e-3, 1.0, 30.0])
@pytest.mark.parametrize("correlation", [-0.999, 0.0, 0.999])
@pytest.mark.parametrize("lam", [0.0001, 0.9999])
@pytest.mark.parametrize("spread", [0.0004, 0.85])
def test_newton_ends_at_a_mode_for_any_counts_and_parameters(counts, expected, sd, correlation, lam, spread):
    data = data_of(counts, expected)
    solver = LaplaceSolver(data)
    parameters = ModelParameters(FieldParameters(sd=(sd, sd), correlation=correlation, lam=lam), spread=spread)
    found = solver.approximate(parameters, start=solver.start())
    assert np.isfinite(found.log_evidence)
    best = log_posterior(found.mode, data, parameters)
    tolerance = 1e-6 * max(1.0, abs(best)) ** 0.5 + 1e-13 * np.abs(data.counts.ravel() * found.mode[:-2]).sum()
    rng = np.random.default_rng(1)
    for size in (1e-4, 1e-2, 1.0):
        moved = found.mode + size * rng.standard_normal(14)
        assert log_posterior(moved, data, parameters) <= best + tolerance
