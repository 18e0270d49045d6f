import numpy as np
import pytest
import qdldl
import scipy.sparse as sp

from analysis.field_parameters import FieldParameters
from analysis.field_precision import FieldPrecision
from analysis.selected_inverse import SelectedInverse
from tests.overlap_worlds import lattice

POINTS = [
    FieldParameters(sd=(0.5, 1.0), correlation=0.5, lam=0.9),
    FieldParameters(sd=(1.0, 1.0), correlation=0.0, lam=0.2),
    FieldParameters(sd=(0.3, 2.0), correlation=-0.9, lam=0.99),
]


@pytest.mark.parametrize("links", [lattice(5, 4), lattice(1, 1), sp.csr_array((3, 3)), lattice(1, 7)])
def test_covariances_within_wards_are_those_of_the_dense_inverse(links):
    wards = links.shape[0]
    weights = np.random.default_rng(0).gamma(2.0, 1.0, 2 * wards)
    matrices = [FieldPrecision(links).matrix(point, weights=weights) for point in POINTS]
    factors = [qdldl.Solver(matrix, upper=True).factors() for matrix in matrices]
    found = SelectedInverse(factors[0][0], np.array(factors[0][2], dtype=np.intp)).ward_covariances(
        np.column_stack([lower.data for lower, _, _ in factors]), np.column_stack([pivots for _, pivots, _ in factors])
    )
    for m, matrix in enumerate(matrices):
        upper = matrix.toarray()
        dense = np.linalg.inv(upper + upper.T - np.diag(upper.diagonal()))
        first = np.arange(0, 2 * wards, 2)
        np.testing.assert_allclose(found.variance[:, m], np.diag(dense)[:-2])
        np.testing.assert_allclose(found.covariance[:, m], dense[first, first + 1], atol=1e-12)
