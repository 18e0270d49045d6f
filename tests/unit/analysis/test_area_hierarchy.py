"""Pieces of enough residents, from geography alone."""

import numpy as np
import pytest

from analysis.area_hierarchy import pieces_by_residents
from analysis.ward_land import measure_land
from geo.neighbours import ward_neighbours
from tests.square_wards import square_wards


def pieces(wards, least_residents) -> list[list[int]]:
    return pieces_by_residents(measure_land(wards, neighbours=ward_neighbours(wards)), least_residents=least_residents)


def test_a_four_by_four_square_falls_into_its_four_quarters():
    assert pieces(square_wards(4, 4), 32_000) == [[0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15]]


def test_no_piece_crosses_a_district():
    districts = ["A", "A", "B", "B"] * 2
    assert pieces(square_wards(2, 4, districts=districts), 32_000) == [[0, 1, 4, 5], [2, 3, 6, 7]]


def test_a_district_of_too_few_residents_is_one_piece():
    assert pieces(square_wards(2, 2), 1e9) == [[0, 1, 2, 3]]


def test_a_district_in_two_parts_is_two_pieces():
    assert pieces(square_wards(1, 3, moved={2: (9.0, 0.0)}), 1e9) == [[0, 1], [2]]


def test_branches_are_cut_at_different_heights():
    # crowded wards in the west stand alone, where the east needs four for as many residents
    wards = square_wards(2, 4, residents=[40e3, 40e3, 10e3, 10e3, 40e3, 40e3, 10e3, 10e3])
    assert pieces(wards, 40_000) == [[0], [1], [2, 3, 6, 7], [4], [5]]


@pytest.mark.parametrize("least_residents", [5_000, 20_000, 45_000])
def test_every_ward_is_in_one_piece_and_every_piece_has_enough(least_residents):
    residents = np.random.default_rng(3).integers(500, 16_000, 70).astype(float)
    found = pieces(square_wards(7, 10, residents=residents), least_residents)
    assert sorted(ward for piece in found for ward in piece) == list(range(70))
    assert min(residents[piece].sum() for piece in found) >= least_residents


@pytest.mark.parametrize(
    ("residents", "found"), [([8_000, 8_000, 1_000], [[0], [1, 2]]), ([1_000, 8_000, 8_000], [[0, 1], [2]])]
)
def test_one_ward_of_few_residents_does_not_keep_the_others_together(residents, found):
    assert pieces(square_wards(1, 3, residents=residents), 8_000) == found


def test_wards_that_meet_only_at_a_corner_hang_together():
    wards = square_wards(1, 3, moved={1: (1.0, 1.0), 2: (2.0, 0.0)})
    assert pieces(wards, 1e9) == [[0, 1, 2]]
