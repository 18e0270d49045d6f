"""Merging pieces until each has enough."""

import numpy as np
import pytest

from analysis.patchwork import Patchwork, compactness, merge_short
from analysis.ward_land import measure_land
from geo.neighbours import ward_neighbours
from tests.square_wards import square_wards


def land_of(*shape: int, **options: object):
    wards = square_wards(*shape, **options)
    return measure_land(wards, neighbours=ward_neighbours(wards))


def amounts(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)[:, None]


def singles(n: int) -> list[list[int]]:
    return [[ward] for ward in range(n)]


def test_nothing_is_merged_where_all_have_enough():
    assert merge_short(singles(3), land=land_of(1, 3), amounts=amounts(5, 5, 6), needed=np.array([5.0])) == singles(3)


def test_a_piece_short_of_one_of_two_amounts_is_merged():
    both = np.array([[9.0, 1.0], [9.0, 9.0]])
    assert merge_short(singles(2), land=land_of(1, 2), amounts=both, needed=np.array([5.0, 5.0])) == [[0, 1]]


def test_the_furthest_below_is_merged_first():
    # ward 2 has nothing and takes 3 (fewer residents than 1); then ward 0 has only 1 left to go to
    land = land_of(1, 4, residents=[9_000, 9_000, 9_000, 1_000])
    merged = merge_short(singles(4), land=land, amounts=amounts(3, 3, 0, 6), needed=np.array([5.0]))
    assert merged == [[0, 1], [2, 3]]


def test_the_neighbour_with_fewer_residents_is_taken_where_shapes_are_alike():
    land = land_of(1, 3, residents=[9_000, 5_000, 2_000])
    assert merge_short(singles(3), land=land, amounts=amounts(9, 1, 9), needed=np.array([5.0])) == [[0], [1, 2]]


def test_the_rounder_of_two_areas_is_made_where_residents_are_alike():
    # ward 3 makes a square with the row above it, or a longer row with the one beside it
    land = land_of(2, 6)
    start = [[6, 7, 8], [3, 4, 5], [9, 10, 11], [0, 1, 2]]
    merged = merge_short(start, land=land, amounts=amounts(*[9] * 3, *[1] * 3, *[9] * 6), needed=np.array([5.0]))
    assert merged == [[0, 1, 2], [3, 4, 5, 9, 10, 11], [6, 7, 8]]


def test_the_longer_shared_border_is_taken_where_residents_are_alike():
    land = land_of(2, 3)
    start = [[0, 1], [2], [3, 4, 5]]  # ward 2 beside the end of a pair, and on top of the end of three
    patchwork = Patchwork(start, land=land, amounts=amounts(9, 9, 1, 9, 9, 9), needed=np.array([5.0]))
    assert patchwork.borders[1] == {0: 1_000.0, 2: 1_000.0}
    assert patchwork.borders[0] == {1: 1_000.0, 2: 2_000.0}
    assert patchwork.perimeter == {0: 6_000.0, 1: 4_000.0, 2: 8_000.0}


def test_perimeter_and_borders_stay_right_while_pieces_are_merged():
    land = land_of(3, 3)
    patchwork = Patchwork(singles(9), land=land, amounts=amounts(*[1] * 9), needed=np.array([9.0]))
    for piece, into in ((1, 0), (4, 3), (3, 0)):
        patchwork.merge(piece, into=into)
    assert patchwork.pieces[0] == [0, 1, 3, 4]
    assert patchwork.perimeter[0] == 8_000.0
    assert patchwork.borders[0] == {2: 1_000.0, 5: 1_000.0, 6: 1_000.0, 7: 1_000.0, 8: 0.0}
    assert patchwork.borders[8] == {0: 0.0, 5: 1_000.0, 7: 1_000.0}


def test_a_square_is_less_round_than_a_circle():
    assert compactness(1e6, 4e3) == pytest.approx(np.pi / 4)
    assert compactness(np.pi, 2 * np.pi) == pytest.approx(1)
    assert compactness(1.0, 1e-9) == 1
