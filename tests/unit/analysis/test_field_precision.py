import numpy as np
import pytest
import scipy.sparse as sp

from analysis.field_parameters import FieldParameters
from analysis.field_precision import INTERCEPT_PRECISION, FieldPrecision
from tests.overlap_worlds import lattice

PARAMETERS = FieldParameters(sd=(0.7, 1.3), correlation=-0.4, lam=0.8)


def written_out(links, parameters):
    """The precision of surfaces and intercepts, from the formula."""
    size = links.shape[0]
    leroux = parameters.lam * (np.diag(links.sum(axis=0)) - links) + (1 - parameters.lam) * np.eye(size)
    first, second = parameters.sd
    across = parameters.correlation * first * second
    field = np.kron(leroux, np.linalg.inv([[first**2, across], [across, second**2]]))
    spread = np.kron(np.ones((size, 1)), np.eye(2))
    corner = spread.T @ field @ spread + INTERCEPT_PRECISION * np.eye(2)
    return np.block([[field, -field @ spread], [-spread.T @ field, corner]])


def with_island():
    links = lattice(2, 3).toarray()
    links[4], links[:, 4] = 0, 0
    return links


@pytest.fixture(params=[lattice(2, 3).toarray(), with_island(), np.zeros((3, 3)), np.zeros((1, 1))])
def links(request):
    return request.param


def test_the_matrix_is_the_formula_with_the_weights_on_its_diagonal(links):
    weights = np.arange(1.0, 2 * links.shape[0] + 1)
    upper = FieldPrecision(sp.csr_array(links)).matrix(PARAMETERS, weights=weights).toarray()
    whole = upper + upper.T - np.diag(upper.diagonal())
    expected = written_out(links, PARAMETERS) + np.diag(np.concatenate([weights, [0, 0]]))
    np.testing.assert_allclose(whole, expected, atol=1e-12)


def test_the_pattern_does_not_depend_on_the_parameters(links):
    field = FieldPrecision(sp.csr_array(links))
    none = np.zeros(2 * links.shape[0])
    first = field.matrix(PARAMETERS, weights=none)
    second = field.matrix(FieldParameters(sd=(1.0, 1.0), correlation=0.0, lam=0.5), weights=none)
    assert first.indices.tolist() == second.indices.tolist()
    assert first.indptr.tolist() == second.indptr.tolist()


def test_multiplying_needs_no_matrix(links):
    x = np.random.default_rng(0).standard_normal(2 * links.shape[0] + 2)
    product = FieldPrecision(sp.csr_array(links)).times(PARAMETERS, x)
    np.testing.assert_allclose(product, written_out(links, PARAMETERS) @ x, atol=1e-12)


def test_the_log_determinant_is_that_of_the_whole_matrix(links):
    field = FieldPrecision(sp.csr_array(links))
    field.log_determinant(FieldParameters(sd=(0.1, 3.0), correlation=0.9, lam=0.01))  # leaves nothing behind
    expected = np.linalg.slogdet(written_out(links, PARAMETERS))[1]
    assert field.log_determinant(PARAMETERS) == pytest.approx(expected)


def test_an_island_keeps_the_part_of_the_precision_that_is_not_shared():
    upper = FieldPrecision(sp.csr_array(with_island())).matrix(PARAMETERS, weights=np.zeros(12)).toarray()
    np.testing.assert_allclose(np.diag(upper)[8:10], 0.2 * np.diag(PARAMETERS.inverse_covariance))
