import numpy as np
import pytest
import scipy.sparse as sp
from libpysal.graph import Graph

from analysis.overlap_inputs import check_inputs, check_rule
from data.errors import RefusedInputError
from tests.overlap_worlds import lattice


def given(**changes):
    inputs = {
        "referrals": np.array([1, 0, 2, 3]),
        "incidents": [4, 5.0, 6, 0],
        "expected_referrals": np.full(4, 1.5),
        "expected_incidents": np.full(4, 4.0),
        "neighbours": Graph.from_sparse(lattice(2, 2)),
    }
    return inputs | changes


def refusal(**changes):
    with pytest.raises(RefusedInputError) as refused:
        check_inputs(**given(**changes))
    return str(refused.value)


def test_measures_stand_in_columns_and_neighbours_in_a_matrix():
    data = check_inputs(**given())
    assert data.counts.tolist() == [[1, 4], [0, 5], [2, 6], [3, 0]]
    assert data.adjacency.toarray().tolist() == lattice(2, 2).toarray().tolist()


def test_what_is_given_is_not_changed():
    inputs = given()
    check_inputs(**inputs)
    assert inputs["referrals"].tolist() == [1, 0, 2, 3]
    assert inputs["referrals"].dtype.kind == "i"


def test_an_island_is_not_its_own_neighbour():
    links = sp.csr_array(np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]))
    links[2, 3] = links[3, 2] = 0
    data = check_inputs(**given(neighbours=Graph.from_sparse(links)))
    assert data.adjacency.toarray().sum() == 2
    assert data.adjacency.nnz == 2


@pytest.mark.parametrize("wrong", [-1, 0.5, np.nan, np.inf, 1e12])
def test_counts_that_are_not_counts_are_refused_without_saying_them(wrong):
    message = refusal(incidents=[4, 5, wrong, 0])
    assert message.startswith("incidents: expected whole numbers")
    assert "1 of 4 wards" in message
    assert str(wrong) not in message


def test_text_is_refused_without_saying_it():
    message = refusal(referrals=["1", "2", "Jane Doe", "3"])
    assert message == "referrals: expected numbers, got something else. Give one number a ward."


@pytest.mark.parametrize("wrong", [0, -1, np.nan, np.inf])
def test_expected_counts_must_be_above_0(wrong):
    assert refusal(expected_referrals=[1, 1, 1, wrong]).startswith(
        "expected_referrals: expected finite numbers above 0"
    )


def test_shapes_are_said_when_lengths_differ():
    message = refusal(incidents=[1, 2, 3])
    assert "incidents (3,)" in message
    assert "referrals (4,)" in message


def test_a_table_is_refused_by_its_shape():
    assert "got shape (4, 1)" in refusal(referrals=np.ones((4, 1)))


def test_no_wards_are_refused():
    message = refusal(referrals=[], incidents=[], expected_referrals=[], expected_incidents=[])
    assert "at least one ward" in message


def test_a_graph_of_other_wards_is_refused():
    assert "expected a graph of 4 wards, one for each count, got 6" in refusal(
        neighbours=Graph.from_sparse(lattice(2, 3))
    )


def test_row_standardised_weights_are_refused():
    message = refusal(neighbours=Graph.from_sparse(lattice(2, 2)).transform("r"))
    assert "weights of 0 and 1" in message


def test_a_one_sided_graph_is_refused():
    links = lattice(2, 2).tolil()
    links[0, 1] = 0
    assert "one-sided" in refusal(neighbours=Graph.from_sparse(sp.csr_array(links)))


def test_a_matrix_in_place_of_a_graph_is_refused():
    assert "expected a libpysal.graph.Graph, got ndarray" in refusal(neighbours=np.eye(4))


@pytest.mark.parametrize("threshold", [0, -1, np.nan, np.inf])
def test_the_threshold_must_be_a_relative_risk(threshold):
    with pytest.raises(RefusedInputError, match="threshold: expected a relative risk above 0"):
        check_rule(threshold=threshold, fdr=0.1)


@pytest.mark.parametrize("fdr", [0, 1, -0.1, np.nan])
def test_the_share_of_false_flags_must_be_a_share(fdr):
    with pytest.raises(RefusedInputError, match="fdr: expected a share between 0 and 1"):
        check_rule(threshold=1.5, fdr=fdr)
