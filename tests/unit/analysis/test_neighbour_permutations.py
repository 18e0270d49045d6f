from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp
from esda import Moran_Local_BV
from esda.significance import calculate_significance
from libpysal.graph import Graph

from analysis.neighbour_permutations import draw_wards, neighbour_p_values
from tests.overlap_worlds import lattice

DRAWS = 60_000


def p_values(values, links, *, draws=DRAWS, seed=1):
    values = np.asarray(values, dtype=float)
    return neighbour_p_values(
        values - values.mean(axis=0), adjacency=links, permutations=draws, rng=np.random.default_rng(seed)
    )


def exact(observed, possible):
    """Two-sided p-value by listing what could have been."""
    possible = np.asarray(possible)
    tails = [(possible >= observed - 1e-9).mean(), (possible <= observed + 1e-9).mean()]
    return min(1, 2 * min(tails))


def neighbours_of(links, ward):
    return links.indices[links.indptr[ward] : links.indptr[ward + 1]]


@pytest.fixture
def made_up():
    """Eight wards in two rows, with values that tie."""
    rng = np.random.default_rng(5)
    return rng.integers(0, 4, (8, 2)).astype(float), lattice(2, 4)


def test_p_values_given_the_ward_are_those_of_every_choice_of_other_wards(made_up):
    values, links = made_up
    found = p_values(values, links)
    centred = values - values.mean(axis=0)
    for ward in range(8):
        around = neighbours_of(links, ward)
        others = [w for w in range(8) if w != ward]
        sums = np.array([centred[list(some)].sum(axis=0) for some in combinations(others, len(around))])
        observed = centred[around].sum(axis=0)
        for measure in range(2):
            assert found.around[ward, measure] == pytest.approx(exact(observed[measure], sums[:, measure]), abs=0.015)
        assert found.product[ward] == pytest.approx(exact(observed.prod(), sums.prod(axis=1)), abs=0.015)


def test_p_values_of_the_ward_and_its_neighbours_are_those_of_every_choice_of_wards(made_up):
    values, links = made_up
    found = p_values(values, links)
    for ward in range(8):
        together = [ward, *neighbours_of(links, ward)]
        sums = np.array([values[list(some)].sum(axis=0) for some in combinations(range(8), len(together))])
        for measure in range(2):
            wanted = exact(values[together, measure].sum(), sums[:, measure])
            assert found.together[ward, measure] == pytest.approx(wanted, abs=0.015)


def test_they_agree_with_the_permutations_of_esda():
    links = lattice(6, 6)
    values = np.random.default_rng(2).standard_normal((36, 2))
    found = p_values(values, links)
    with pytest.warns(DeprecationWarning, match="alternative hypothesis"):
        theirs = Moran_Local_BV(*values.T, Graph.from_sparse(links).transform("r"), permutations=9_999, seed=3)
    p = calculate_significance(theirs.Is, theirs.rlisas, alternative="two-sided")
    assert found.around[:, 1] == pytest.approx(p, abs=0.03)


def test_no_p_value_is_below_what_the_number_of_draws_can_show():
    values = np.zeros((30, 2))
    values[:4] = 1000
    links = sp.csr_array(np.pad(np.ones((4, 4)) - np.eye(4), (0, 26)))
    p = p_values(values, links, draws=199)
    assert p.around.min() == 2 / 200
    assert p.together.min() == 2 / 200


def test_equal_values_are_no_finding():
    p = p_values(np.full((9, 2), 0.1), lattice(3, 3), draws=99)
    assert (p.around == 1).all()
    assert (p.product == 1).all()
    assert (p.together == 1).all()


def test_a_ward_without_neighbours_has_p_value_1():
    links = sp.csr_array(np.pad(lattice(3, 3).toarray(), (0, 1)))
    p = p_values(np.arange(20).reshape(10, 2), links, draws=99)
    assert p.around[9].tolist() == [1, 1]
    assert p.product[9] == 1
    assert p.together[9].tolist() == [1, 1]


@pytest.mark.parametrize(("wards", "size"), [(1, 1), (5, 5), (6, 3), (50, 7)])
def test_draws_are_of_different_wards_each_as_often_in_each_place(wards, size):
    drawn = draw_wards(wards, size=size, draws=20_000, rng=np.random.default_rng(4))
    assert drawn.shape == (size, 20_000)
    assert (np.diff(np.sort(drawn, axis=0), axis=0) > 0).all()
    for place in drawn:
        share = np.bincount(place, minlength=wards) / 20_000
        assert share == pytest.approx(1 / wards, abs=0.02)


def test_draws_beyond_one_block_continue_the_same_stream():
    values = np.random.default_rng(2).standard_normal((16, 2))
    once, again = (p_values(values, lattice(4, 4), draws=25_000) for _ in range(2))
    assert once.around.tolist() == again.around.tolist()
    assert once.around[:, 0] == pytest.approx(p_values(values, lattice(4, 4), seed=9).around[:, 0], abs=0.02)
