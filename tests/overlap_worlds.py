"""Small made-up areas for the tests and the timing of the overlap model."""

from typing import Any

import numpy as np
import scipy.sparse as sp
from libpysal.graph import Graph
from numpy.typing import NDArray

from analysis.overlap import OverlapResult, fit_overlap
from analysis.overlap_inputs import OverlapData

Floats = NDArray[np.float64]


def lattice(rows: int, columns: int) -> sp.csr_array:
    """Neighbours on a lattice of squares that share a side, (n, n)."""
    along, down = (sp.diags_array([1.0, 1.0], offsets=[-1, 1], shape=(k, k)) for k in (columns, rows))
    links = sp.kron(sp.eye_array(rows), along) + sp.kron(down, sp.eye_array(columns))
    return sp.csr_array(links)


def draw_log_risks(links: sp.csr_array, *, sd: Any, correlation: float, lam: float, rng: np.random.Generator) -> Floats:
    """Draw (n, 2) log relative risks from the model's own field, by a dense factor."""
    dense = links.toarray()
    size = dense.shape[0]
    precision = lam * (np.diag(dense.sum(axis=0)) - dense) + (1 - lam) * np.eye(size)
    root = np.linalg.inv(np.linalg.cholesky(precision)).T
    across = np.linalg.cholesky(np.outer(sd, sd) * np.array([[1, correlation], [correlation, 1]]))
    return np.asarray(root @ rng.standard_normal((size, 2)) @ across.T)


def data_of(counts: Any, expected: Any, links: Any) -> OverlapData:
    """Put (n, 2) counts and expected counts into the shape in which the model passes them on."""
    return OverlapData(
        counts=np.asarray(counts, dtype=float),
        expected=np.asarray(expected, dtype=float),
        adjacency=sp.csr_array(links),
    )


def fit(counts: Any, expected: Any, links: Any, **options: Any) -> OverlapResult:
    """Fit the model to (n, 2) counts and expected counts."""
    counts, expected = np.asarray(counts), np.asarray(expected, dtype=float)
    return fit_overlap(
        referrals=counts[:, 0],
        incidents=counts[:, 1],
        expected_referrals=expected[:, 0],
        expected_incidents=expected[:, 1],
        neighbours=Graph.from_sparse(sp.csr_array(links)),
        **options,
    )
