"""What of wards matters to putting them together."""

import numpy as np
import pytest
from shapely import box

from analysis.ward_land import measure_land
from data.errors import RefusedInputError
from geo.neighbours import ward_neighbours
from tests.square_wards import EAST, NORTH, square_wards


def test_borders_are_measured_and_corners_kept_as_links_without_length():
    wards = square_wards(2, 2)
    land = measure_land(wards, neighbours=ward_neighbours(wards))
    assert land.borders.toarray()[0].tolist() == [0, 1_000, 1_000, 0]
    assert land.borders[[0]].indices.tolist() == [1, 2, 3]
    assert land.extent.tolist() == [1e6] * 4
    assert land.perimeter.tolist() == [4e3] * 4
    assert land.centres[0].tolist() == [EAST + 500, NORTH + 500]


def test_the_graph_may_be_in_another_order():
    wards = square_wards(1, 3)
    backwards = ward_neighbours(wards.iloc[::-1])
    assert measure_land(wards, neighbours=backwards).borders.toarray().tolist() == [
        [0, 1_000, 0],
        [1_000, 0, 1_000],
        [0, 1_000, 0],
    ]


def test_an_island_has_no_neighbour():
    wards = square_wards(1, 2, moved={1: (7.0, 0.0)})
    land = measure_land(wards, neighbours=ward_neighbours(wards))
    assert land.wards == 2
    assert land.borders.nnz == 0


def test_unknown_residents_and_districts_are_said_in_one_way():
    wards = square_wards(1, 2, residents=[np.nan, 5.0], districts=[None, "North"])
    land = measure_land(wards, neighbours=ward_neighbours(wards))
    assert land.residents.tolist() == [0, 5]
    assert land.district.tolist() == ["", "North"]


def test_wards_that_touch_at_a_sliver_are_neighbours_without_a_shared_border():
    wards = square_wards(1, 2)
    wards.loc[1, "geometry"] = box(EAST + 1_000.5, NORTH, EAST + 2_000, NORTH + 1_000)
    borders = measure_land(wards, neighbours=ward_neighbours(wards)).borders
    assert borders.nnz == 2
    assert borders.toarray().max() == 0


def test_wards_without_a_column_of_residents_are_refused():
    wards = square_wards(1, 2)
    with pytest.raises(RefusedInputError, match="no column residents"):
        measure_land(wards.drop(columns="residents"), neighbours=ward_neighbours(wards))
