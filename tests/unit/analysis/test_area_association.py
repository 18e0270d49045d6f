import numpy as np
import pytest
import scipy.sparse as sp

from analysis.area_association import LEE_EXPLANATION, MORAN_EXPLANATION, area_association
from tests.overlap_worlds import lattice

STEP = np.array([1.0, 1.0, -1.0, -1.0]) * np.sqrt(3) / 2  # four wards in a row, standard deviation 1 with n - 1
COMB = np.array([1.0, -1.0, 1.0, -1.0]) * np.sqrt(3) / 2


def association(first, second, *, permutations=20_000, links=None):
    links = lattice(1, len(first)) if links is None else links
    weights = sp.csr_array(links.multiply(1 / np.maximum(links.sum(axis=1), 1)[:, None]))
    return area_association(
        np.column_stack([first, second]), weights=weights, permutations=permutations, rng=np.random.default_rng(1)
    )


def test_by_hand():
    # means of neighbours: step 1, 0, 0, -1 and comb -1, 1, -1, 1, times the square root of 3/4
    found = association(STEP, COMB, permutations=99)
    assert found.moran == pytest.approx(np.array([[0.5, 0], [0.5, -1]]))
    assert found.lee == pytest.approx(np.array([[0.5, -0.5], [-0.5, 1]]))


def test_the_p_value_is_twice_the_share_of_orders_that_are_as_extreme():
    # of the three orders, equal in chance, the step has the largest I (0.5, -0.5, -1)
    found = association(STEP, STEP)
    assert found.moran_p == pytest.approx(np.full((2, 2), 2 / 3), abs=0.02)


def test_a_ward_without_neighbours_adds_nothing_to_lees_l():
    links = sp.csr_array(np.pad(lattice(1, 3).toarray(), (0, 1)))
    values = np.array([1.0, 0.0, -1.0, 0.0]) * np.sqrt(3 / 2)
    found = association(values, values, permutations=99, links=links)
    assert found.lee == pytest.approx(np.zeros((2, 2)))
    assert np.isfinite(found.lee_p).all()


def test_all_zero_is_no_finding():
    found = association(np.zeros(4), np.zeros(4), permutations=99)
    assert not found.moran.any()
    assert (found.moran_p == 1).all()
    assert (found.lee_p == 1).all()


@pytest.mark.parametrize("explanation", [MORAN_EXPLANATION, LEE_EXPLANATION])
def test_each_is_explained_in_one_sentence(explanation):
    assert explanation.endswith(".")
    assert explanation.count(".") == 1
