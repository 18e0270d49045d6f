"""Which wards touch, on hand-made squares and on real boundaries where they are present."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from shapely import box

from data.errors import RefusedInputError
from geo.neighbours import islands, nearest_wards, ward_neighbours

REAL = Path("../shared/data/llr/wards_dec2023.geojson")


def make_wards(**shapes: object) -> gpd.GeoDataFrame:
    columns = {"ward_code": list(shapes), "ward_name": list(shapes), "district": "Mere"}
    return gpd.GeoDataFrame(columns, geometry=list(shapes.values()), crs="EPSG:27700")


# Deliberately not in the order of their codes.
FOUR = make_wards(D=box(0, 0, 100, 100), B=box(100, 0, 200, 100), C=box(100, 100, 200, 200), A=box(900, 0, 999, 100))


def matrix(wards: gpd.GeoDataFrame, **options: float) -> list[list[int]]:
    return ward_neighbours(wards, **options).sparse.toarray().astype(int).tolist()


def test_wards_that_share_a_border_or_a_corner_are_neighbours() -> None:
    assert matrix(FOUR) == [[0, 1, 1, 0], [1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 0]]


def test_the_graph_is_in_the_order_of_the_wards_and_keeps_islands() -> None:
    for wards in (FOUR, FOUR.iloc[::-1], FOUR.sort_values("ward_code")):
        graph = ward_neighbours(wards)
        assert list(graph.unique_ids) == list(wards["ward_code"])
        assert islands(graph) == ["A"]


def test_weights_are_one_and_go_both_ways() -> None:
    graph = ward_neighbours(FOUR)
    dense = graph.sparse.toarray()
    assert (dense == dense.T).all()
    assert set(np.unique(dense)) == {0, 1}
    assert graph.cardinalities.to_dict() == {"D": 2, "B": 2, "C": 2, "A": 0}


def test_a_gap_of_rounding_does_not_part_neighbours_but_a_street_does() -> None:
    wards = make_wards(A=box(0, 0, 100, 100), B=box(100.8, 0, 200, 100), C=box(210, 0, 300, 100))
    assert matrix(wards) == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert matrix(wards, gap=10) == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    assert matrix(wards, gap=0) == [[0] * 3] * 3


def test_wards_that_overlap_are_neighbours() -> None:
    assert matrix(make_wards(A=box(0, 0, 100, 100), B=box(90, 10, 190, 90))) == [[0, 1], [1, 0]]


def test_one_ward_alone_is_an_island() -> None:
    assert islands(ward_neighbours(make_wards(A=box(0, 0, 1, 1)))) == ["A"]


def test_the_wards_are_not_changed() -> None:
    before = FOUR.copy(deep=True)
    ward_neighbours(FOUR)
    assert before.equals(FOUR)


def test_wards_in_degrees_are_refused() -> None:
    with pytest.raises(RefusedInputError, match="EPSG:4326"):
        ward_neighbours(FOUR.to_crs("EPSG:4326"))


# In a row: A and B near each other, C a little further, D far away.
ROW = make_wards(**{name: box(x, 0, x + 10, 10) for name, x in (("D", 900), ("B", 20), ("C", 60), ("A", 0))})


def test_the_nearest_wards_are_neighbours_both_ways_across_any_gap() -> None:
    graph = nearest_wards(ROW, count=1)
    assert list(graph.unique_ids) == ["D", "B", "C", "A"]
    assert graph.sparse.toarray().astype(int).tolist() == [[0, 0, 1, 0], [0, 0, 1, 1], [1, 1, 0, 0], [0, 1, 0, 0]]
    assert islands(graph) == []


def test_fewer_wards_than_are_asked_for_are_all_neighbours() -> None:
    assert (nearest_wards(ROW, count=6).sparse.toarray() == 1 - np.eye(4)).all()
    assert islands(nearest_wards(ROW.iloc[:1])) == ["D"]


def test_wards_with_one_and_the_same_outline_are_neighbours_of_each_other_not_of_themselves() -> None:
    same = make_wards(A=box(0, 0, 1, 1), B=box(0, 0, 1, 1), C=box(0, 0, 1, 1), D=box(5, 0, 6, 1))
    dense = nearest_wards(same, count=2).sparse.toarray()
    assert (np.diag(dense) == 0).all()
    assert (dense == dense.T).all()
    assert (dense.sum(axis=1) >= 2).all()


@pytest.mark.skipif(not REAL.exists(), reason="the real ward boundaries are not present")
def test_real_wards_are_all_connected_and_have_the_neighbours_that_exact_contiguity_finds() -> None:
    wards = gpd.read_file(REAL).to_crs("EPSG:27700")
    wards = wards.rename(columns={"WD23CD": "ward_code", "WD23NM": "ward_name", "LAD23NM": "district"})
    graph = ward_neighbours(wards)
    assert (graph.n, islands(graph), graph.n_components) == (176, [], 1)
    touching = wards.sindex.query(wards.geometry, predicate="intersects")
    assert graph.n_edges == (touching[0] != touching[1]).sum()
