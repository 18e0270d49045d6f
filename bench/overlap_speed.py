"""How long the overlap model takes, and what its sparse algebra saves. One run, one core:

OMP_NUM_THREADS=1 python -m bench.overlap_speed
"""

import sys
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import scipy.sparse as sp
from libpysal.graph import Graph
from numpy.typing import NDArray

from analysis.field_parameters import FieldParameters
from analysis.field_precision import FieldPrecision
from analysis.laplace import LaplaceSolver
from analysis.overlap_inputs import OverlapData
from analysis.selected_inverse import SelectedInverse
from tests.overlap_worlds import fit, lattice

SIZES = [(16, 11), (50, 40), (100, 75)]
DENSE_SIZE = (40, 25)
POINT = FieldParameters(sd=(0.9, 0.8), correlation=0.5, lam=0.9)


def triangulated(rows: int, columns: int) -> sp.csr_array:
    """A lattice with one diagonal in each square: about 5.5 neighbours a ward, as real wards have."""
    across = sp.kron(
        sp.diags_array([1.0], offsets=[1], shape=(rows, rows)),
        sp.diags_array([1.0], offsets=[1], shape=(columns, columns)),
    )
    return sp.csr_array(lattice(rows, columns) + across + across.T)


def mapped(path: str) -> sp.csr_array:
    """Contiguity of the polygons of a file."""
    outlines = gpd.read_file(path).make_valid()
    return sp.csr_array(Graph.build_contiguity(gpd.GeoSeries(outlines).reset_index(drop=True), rook=False).sparse)


def counts_on(links: sp.csr_array) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Counts of a year and expected counts, with smooth, associated risks."""
    rng = np.random.default_rng(0)
    wards = links.shape[0]
    degree = np.maximum(links.sum(axis=1), 1)[:, None]
    noise = rng.standard_normal((wards, 2)) @ np.array([[1.0, 0.6], [0.0, 0.8]])
    for _ in range(3):
        noise = noise / 2 + (links @ noise) / (2 * degree)
    expected = rng.gamma(6, 1 / 6, (wards, 1)) * [1.7, 20.0]
    return rng.poisson(expected * np.exp(0.6 * noise / noise.std(axis=0))), expected


def seconds(task: Callable[[], object], *, repeats: int = 3) -> float:
    """Least of a few runs."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        taken.append(time.perf_counter() - start)
    return min(taken)


def one_point(links: sp.csr_array) -> tuple[float, float]:
    """Seconds for determinant, solution and within-ward covariances at one point: sparse and dense."""
    wards = links.shape[0]
    weights = np.full(2 * wards, 5.0)
    upper = FieldPrecision(links).matrix(POINT, weights=weights).toarray()
    dense = upper + upper.T - np.diag(upper.diagonal())
    solver = LaplaceSolver(OverlapData(np.ones((wards, 2)), np.ones((wards, 2)), links))
    lower, _, order = solver.factorise(POINT, weights=weights).factors()
    inverse = SelectedInverse(lower, np.asarray(order, dtype=np.intp))

    def by_sparse() -> object:
        factor = solver.factorise(POINT, weights=weights)
        factor.solve(np.ones(2 * wards + 2))
        values, pivots, _ = factor.factors()
        return inverse.ward_covariances(values.data[:, None], np.asarray(pivots)[:, None])

    def by_dense() -> object:
        np.linalg.cholesky(dense)
        return np.linalg.inv(dense)

    return seconds(by_sparse), seconds(by_dense)


def report(name: str, links: sp.csr_array) -> None:
    """Time one fit; clock and processor, which differ on a busy machine."""
    counts, expected = counts_on(links)
    clock, processor = time.perf_counter(), time.process_time()
    fit(counts, expected, links)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    print(f"{name}, {links.shape[0]} wards: {clock:.2f} s ({processor:.2f} s of processor)", flush=True)


def main() -> None:
    """Print the table."""
    report("warm-up", triangulated(5, 5))
    for rows, columns in SIZES:
        report(f"lattice {rows} by {columns}", triangulated(rows, columns))
    for path in sys.argv[1:]:
        report(path.rsplit("/", maxsplit=1)[-1], mapped(path))
    sparse, dense = one_point(triangulated(*DENSE_SIZE))
    wards = DENSE_SIZE[0] * DENSE_SIZE[1]
    print(f"one point at {wards} wards: sparse {sparse:.3f} s, dense {dense:.3f} s, ratio {dense / sparse:.0f}")


if __name__ == "__main__":
    main()
