"""Wards into areas large enough to publish, on squares of 1 km."""

import numpy as np
import pytest
import shapely

from analysis.areas import NO_SIGNIFICANCE, Areas, make_areas
from data.errors import RefusedInputError, UsageError
from geo.neighbours import ward_neighbours
from tests.square_wards import square_wards


def areas_of(wards, referrals, incidents=None, **options) -> Areas:
    """Incidents are plenty unless they are given."""
    referrals = np.asarray(referrals)
    incidents = np.full(len(wards), 100) if incidents is None else np.asarray(incidents)
    options = {"least": 8, **options}
    return make_areas(wards, referrals=referrals, incidents=incidents, neighbours=ward_neighbours(wards), **options)


def grouped(areas: Areas) -> set[frozenset[int]]:
    """Areas as sets of ward numbers."""
    numbers = areas.ward_area.index.str[3:].astype(int)
    return {frozenset(group) for group in numbers.groupby(areas.ward_area.to_numpy()).values()}


def test_every_area_has_enough_of_both_and_every_ward_and_event_is_in_one():
    rng = np.random.default_rng(1)
    wards = square_wards(6, 8, districts=["North"] * 24 + ["South"] * 24)
    referrals, incidents = rng.poisson(2.0, 48), rng.poisson(9.0, 48)
    areas = areas_of(wards, referrals, incidents)
    assert len(areas.table) > 3
    assert areas.table["referrals"].min() >= 8
    assert areas.table["incidents"].min() >= 8
    assert areas.ward_area.notna().all()
    assert set(areas.ward_area) == set(areas.table["area_code"])
    assert areas.table["wards"].sum() == 48
    assert areas.table["referrals"].sum() == referrals.sum()
    assert areas.table["incidents"].sum() == incidents.sum()
    assert areas.table["residents"].sum() == 48 * 8_000
    assert areas.table["in_one_piece"].all()
    assert areas.table.geometry.area.sum() == pytest.approx(48e6)
    assert not shapely.intersection(areas.table.geometry.iloc[0], areas.table.geometry.iloc[1]).area


def test_the_rarer_measure_decides_whichever_it_is():
    wards = square_wards(1, 4)
    few = [4, 4, 4, 4]
    by_referrals = areas_of(wards, few, [90] * 4, least_residents=1)
    by_incidents = areas_of(wards, [90] * 4, few, least_residents=1)
    assert grouped(by_referrals) == grouped(by_incidents) == {frozenset({0, 1}), frozenset({2, 3})}


def test_exactly_enough_is_enough():
    areas = areas_of(square_wards(1, 2), [8, 8], [8, 8], least_residents=1)
    assert len(areas.table) == 2


def test_a_piece_that_falls_short_is_merged_inside_its_district_before_across():
    # ward 1 touches both; ward 2 of the other district is as near and has as many residents
    wards = square_wards(1, 3, districts=["North", "North", "South"])
    assert grouped(areas_of(wards, [20, 3, 20], least_residents=1)) == {frozenset({0, 1}), frozenset({2})}


def test_a_district_that_falls_short_as_a_whole_is_merged_across_its_border():
    wards = square_wards(1, 3, districts=["North", "South", "South"])
    areas = areas_of(wards, [3, 20, 20], least_residents=1)
    assert grouped(areas) == {frozenset({0, 1}), frozenset({2})}
    assert "Ward 0 and Ward 1, North and South" in set(areas.table["area_name"])


def test_of_two_neighbours_the_one_that_keeps_the_area_compact_is_taken():
    # ward 1 could make a row of three with 2 and 3, or a square with 5 and 4 and itself
    wards = square_wards(2, 4, residents=[8e3, 8e3, 8e3, 8e3, 8e3, 8e3, 8e3, 8e3])
    areas = areas_of(wards, [9, 9, 9, 9, 9, 9, 9, 9], least_residents=32_000)
    assert grouped(areas) == {frozenset({0, 1, 4, 5}), frozenset({2, 3, 6, 7})}


def test_borders_do_not_move_with_events_while_every_piece_has_enough():
    wards = square_wards(4, 6, residents=np.linspace(3_000, 14_000, 24))
    rng = np.random.default_rng(0)
    alike = {frozenset(grouped(areas_of(wards, rng.integers(8, 60, 24), least_residents=30_000))) for _ in range(5)}
    assert len(alike) == 1


def test_the_usual_number_of_residents_holds_still_when_a_few_events_come_or_go():
    wards = square_wards(5, 5)
    usual = {areas_of(wards, [events, *[4] * 24]).least_residents for events in range(10)}
    # 25 wards of 8,000 with about 100 referrals: 1.5 times 8 referrals are expected among 24,000
    assert usual == {25_000}


@pytest.mark.parametrize(("referrals", "usual"), [(6, 16_000), (4, 25_000), (1, 100_000)])
def test_the_usual_number_of_residents_follows_from_the_rarer_measure(referrals, usual):
    # 1.5 times 8 events among 200,000 residents with 25 times so many
    wards = square_wards(5, 5)
    assert areas_of(wards, [referrals] * 25).least_residents == usual
    assert areas_of(wards, [99] * 25, [referrals] * 25).least_residents == usual


def test_an_island_goes_to_the_nearest_area_and_this_is_said():
    wards = square_wards(1, 4, moved={0: (40.0, 0.0)})
    areas = areas_of(wards, [1, 9, 9, 9], least_residents=1)
    assert grouped(areas) == {frozenset({1}), frozenset({2}), frozenset({0, 3})}
    assert areas.table["in_one_piece"].tolist().count(False) == 1
    assert "1 of them is not in one piece" in areas.statement


def test_an_island_with_enough_is_an_area_of_its_own():
    wards = square_wards(1, 3, moved={0: (40.0, 0.0)})
    assert grouped(areas_of(wards, [9, 9, 9], least_residents=1)) == {frozenset({0}), frozenset({1}), frozenset({2})}


def test_an_island_goes_to_its_own_district_though_another_is_nearer():
    wards = square_wards(1, 3, districts=["North", "North", "South"], moved={0: (5.0, 0.0)})
    assert grouped(areas_of(wards, [1, 9, 9], least_residents=1)) == {frozenset({0, 1}), frozenset({2})}


def test_wards_that_are_all_islands_still_reach_the_number():
    wards = square_wards(1, 5, moved={number: (10.0 * number, 0.0) for number in range(5)})
    areas = areas_of(wards, [3, 3, 3, 3, 3], least_residents=1)
    assert areas.table["referrals"].min() >= 8
    assert areas.table["wards"].sum() == 5
    assert not areas.table["in_one_piece"].any()


def test_when_all_together_are_too_few_there_is_no_area_and_every_ward_is_named():
    wards = square_wards(1, 3)
    areas = areas_of(wards, [2, 3, 2])
    assert areas.too_few == tuple(wards["ward_code"])
    assert len(areas.table) == 0
    assert areas.table.crs == wards.crs
    assert "too few referrals or too few incidents (under 8)" in areas.statement
    assert areas_of(wards, [0, 0, 0]).too_few == areas.too_few


@pytest.mark.parametrize(("referrals", "areas"), [(8, 1), (7, 0)])
def test_one_ward_is_an_area_if_it_has_enough(referrals, areas):
    assert len(areas_of(square_wards(1, 1), [referrals]).table) == areas


def test_the_statement_claims_no_significance_and_holds_no_count():
    statement = areas_of(square_wards(2, 2), [37, 41, 43, 47]).statement
    assert NO_SIGNIFICANCE in statement
    assert not any(str(count) in statement for count in (37, 41, 43, 47, 168, 100, 400))


def test_a_ward_without_residents_is_in_an_area_all_the_same():
    areas = areas_of(square_wards(1, 3, residents=[np.nan, 8_000, 8_000]), [9, 9, 9])
    assert areas.ward_area.notna().all()
    assert areas.table["residents"].sum() == 16_000


def test_compactness_is_that_of_the_dissolved_outline():
    areas = areas_of(square_wards(2, 2), [9, 0, 0, 0], least_residents=1)
    assert areas.table["compactness"].tolist() == [pytest.approx(np.pi / 4)]


def test_a_number_of_residents_can_be_stated():
    wards = square_wards(1, 4)
    assert [len(areas_of(wards, [50] * 4, least_residents=enough).table) for enough in (8_000, 16_000, 32_000)] == [
        4,
        2,
        1,
    ]


def test_wards_without_a_district_are_one_part():
    areas = areas_of(square_wards(1, 2, districts=[None, None]), [4, 4], least_residents=1)
    assert areas.table["area_name"].tolist() == ["Ward 0 and Ward 1"]


def test_ties_fall_the_same_way_whatever_the_order_of_the_rows():
    # on equal squares nearly every merger is a tie
    wards = square_wards(5, 7)
    found = set()
    for seed in range(5):
        mixed = wards.sample(frac=1, random_state=seed)
        found.add(frozenset(grouped(areas_of(mixed, [3] * 35, least_residents=20_000))))
    assert len(found) == 1


def test_nothing_given_is_changed():
    wards = square_wards(2, 2)
    before, referrals = wards.copy(), np.array([4, 4, 4, 4])
    areas_of(wards, referrals)
    assert wards.equals(before)
    assert referrals.tolist() == [4, 4, 4, 4]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"least": 0}, "least: expected 1 event or more"),
        ({"least_residents": 0.0}, "least_residents: expected a number above 0"),
        ({"least_residents": np.nan}, "least_residents: expected a number above 0"),
    ],
)
def test_options_that_make_no_sense_are_refused(options, said):
    with pytest.raises(UsageError, match=said):
        areas_of(square_wards(1, 2), [9, 9], **options)


@pytest.mark.parametrize(
    ("referrals", "said"),
    [
        ([713.5, 1.0], "referrals: expected one whole number a ward"),
        ([-713, 1], "referrals: expected one whole number a ward"),
        ([[1, 2]], "referrals: expected one whole number a ward"),
    ],
)
def test_counts_that_are_not_counts_are_refused_without_being_shown(referrals, said):
    with pytest.raises(RefusedInputError, match=said) as refused:
        areas_of(square_wards(1, 2), referrals)
    assert "713" not in str(refused.value)


def test_counts_of_other_wards_are_refused():
    with pytest.raises(RefusedInputError, match="2 wards and 3 counts"):
        areas_of(square_wards(1, 2), [9, 9, 9], [9, 9, 9])


def test_neighbours_of_other_wards_are_refused():
    wards, others = square_wards(1, 2), square_wards(1, 3)
    with pytest.raises(RefusedInputError, match="neighbours: expected a graph of the ward codes of these wards"):
        make_areas(wards, referrals=[9, 9], incidents=[9, 9], neighbours=ward_neighbours(others), least=8)


def test_wards_where_nobody_lives_are_refused():
    with pytest.raises(RefusedInputError, match="No ward has residents"):
        areas_of(square_wards(1, 2, residents=0.0), [9, 9])


def test_an_area_has_the_wards_it_needs_though_each_had_enough_events():
    several = areas_of(square_wards(1, 5, districts=["N"] * 2 + ["S"] * 3), [90] * 5, least_residents=1, least_wards=2)
    assert grouped(several) == {frozenset({0, 1}), frozenset({2, 3, 4})}
    assert areas_of(square_wards(1, 1), [90], least_wards=2).ward_area.isna().all()
