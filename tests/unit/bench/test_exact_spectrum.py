import numpy as np
import pytest
import scipy.sparse as sp

from bench.exact.spectrum import spectrum
from bench.overlap.areas import made_up_area
from tests.overlap_worlds import lattice

IN_PIECES = sp.csr_array(sp.block_diag([lattice(3, 2), sp.csr_array((2, 2)), lattice(2, 2)]))
MAPS = {"in one piece": lattice(4, 5), "in pieces, with islands": IN_PIECES, "of islands only": sp.csr_array((3, 3))}


@pytest.mark.parametrize("links", MAPS.values(), ids=MAPS.keys())
def test_the_vectors_are_orthonormal_and_sum_to_zero(links):
    vectors = spectrum(links).vectors
    assert vectors.shape == (links.shape[0], links.shape[0] - 1)
    assert vectors.T @ vectors == pytest.approx(np.eye(links.shape[0] - 1))
    assert vectors.sum(axis=0) == pytest.approx(np.zeros(links.shape[0] - 1))


@pytest.mark.parametrize("lam", [0.0, 0.4, 0.99])
@pytest.mark.parametrize("links", MAPS.values(), ids=MAPS.keys())
def test_with_the_constant_vector_they_make_the_lerouxs_inverse(links, lam):
    found, dense = spectrum(links), links.toarray()
    precision = lam * (np.diag(dense.sum(axis=0)) - dense) + (1 - lam) * np.eye(len(dense))
    spread = (found.vectors / (lam * found.values + 1 - lam)) @ found.vectors.T
    constant = 1 / (len(dense) * (1 - lam))
    assert spread + constant == pytest.approx(np.linalg.inv(precision))


def test_there_is_a_value_of_zero_for_each_piece_but_one():
    values = spectrum(IN_PIECES).values
    assert list(np.flatnonzero(values == 0)) == [0, 1, 2]
    assert values[3] > 0.1


def test_two_wards_worked_by_hand():
    found = spectrum(lattice(1, 2))
    assert found.values == pytest.approx([2.0])
    assert np.abs(found.vectors[:, 0]) == pytest.approx([np.sqrt(0.5)] * 2)


def test_a_made_up_map_with_islands_is_rebuilt():
    area = made_up_area(30, rng=np.random.default_rng(2), islands=0.1)
    found, dense = spectrum(area.adjacency), area.adjacency.toarray()
    rebuilt = (found.vectors * found.values) @ found.vectors.T
    assert rebuilt == pytest.approx(np.diag(dense.sum(axis=0)) - dense, abs=1e-9)
