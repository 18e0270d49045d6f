"""Groups drawn as whole squares."""

import numpy as np
import shapely

from analysis.square_areas import SquareAreas, draw_square_areas


def draw(places, groups, *, counts=None, least=2) -> SquareAreas:
    """Squares of 100 m."""
    places = np.asarray(places, dtype=float).reshape(-1, 2)
    counts = np.ones(len(places), dtype=np.int64) if counts is None else np.asarray(counts)
    return draw_square_areas(places, counts=counts, groups=np.asarray(groups), side=100.0, least=least)


def squares(areas: SquareAreas) -> dict[tuple[int, int], int]:
    return {(east, north): area for east, north, area in areas.squares.itertuples(index=False)}


def test_a_square_belongs_to_the_group_with_most_incidents_in_it():
    areas = draw([(10, 10), (20, 20), (150, 50), (160, 60)], [0, 1, 1, 1], counts=[5, 6, 1, 1])
    assert squares(areas) == {(0, 0): 0, (1, 0): 0}
    assert areas.area_at(np.array([[10.0, 10.0], [150.0, 50.0], [250.0, 50.0]])).tolist() == [0, 0, -1]


def test_a_tie_goes_to_the_group_with_more_incidents():
    areas = draw([(10, 10), (20, 20), (150, 50)], [0, 1, 0], counts=[3, 3, 9])
    assert squares(areas) == {(0, 0): 0, (1, 0): 0}


def test_gaps_in_a_group_are_filled():
    areas = draw([(50, 50), (250, 50), (50, 250), (250, 250)], [0] * 4)
    assert len(squares(areas)) == 9
    assert areas.outlines()[0].area == 90_000


def test_squares_that_meet_at_a_corner_are_filled_into_one_piece():
    assert shapely.get_type_id(draw([(50, 50), (150, 150)], [0, 0]).outlines()).tolist() == [3]


def test_a_gap_that_is_anothers_is_not_filled():
    areas = draw([(50, 50), (60, 50), (150, 50), (160, 50), (250, 50), (260, 50)], [0, 0, 1, 1, 0, 0])
    assert squares(areas) == {(0, 0): 0, (1, 0): 1, (2, 0): 2}


def test_a_part_cut_off_with_too_few_incidents_is_left_out():
    areas = draw([(50, 50), (60, 50), (150, 50), (160, 50), (250, 50)], [0, 0, 1, 1, 0])
    assert squares(areas) == {(0, 0): 0, (1, 0): 1}


def test_incidents_of_no_group_count_where_they_lie():
    assert squares(draw([(50, 50), (60, 50)], [0, -1], least=2)) == {(0, 0): 0}
    assert squares(draw([(50, 50), (160, 50)], [0, -1], least=2)) == {}


def test_a_square_holds_its_south_and_west_side():
    areas = draw([(100, 100), (100, 100)], [0, 0])
    assert squares(areas) == {(1, 1): 0}
    assert areas.area_at(np.array([[100.0, 100.0], [199.9, 199.9], [200.0, 100.0], [99.9, 100.0]])).tolist() == [
        0,
        0,
        -1,
        -1,
    ]


def test_no_groups_are_no_areas():
    for areas in (draw([], []), draw([(1, 1)], [-1])):
        assert squares(areas) == {}
        assert areas.outlines().shape == (0,)
        assert areas.area_at(np.array([[1.0, 1.0]])).tolist() == [-1]
