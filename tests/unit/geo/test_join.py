"""Records to wards: hand-made squares, one rule at a time."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import MultiPolygon, Point, Polygon, box

from data.errors import RefusedInputError, UsageError
from geo.join import OUTCOMES, JoinReport, JoinResult, join_to_wards

BNG = "EPSG:27700"
# Square A and its neighbour B, each 1,000 m wide, somewhere in the grid; C lies apart, 30 m east of B.
A, B, C = box(0, 0, 1000, 1000), box(1000, 0, 2000, 1000), box(2030, 0, 3000, 1000)


def make_wards(
    *shapes: object, codes: str = "ABCDEFGH", names: tuple[str, ...] = (), district: str = "Mere"
) -> gpd.GeoDataFrame:
    n = len(shapes)
    return gpd.GeoDataFrame(
        {
            "ward_code": list(codes[:n]),
            "ward_name": names or [f"Ward {c}" for c in codes[:n]],
            "district": [district] * n,
        },
        geometry=list(shapes),
        crs=BNG,
    )


def at(*xy: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(xy, columns=["easting", "northing"], dtype=float)


def outcome(result: JoinResult) -> list[tuple[str | None, str]]:
    codes = [None if pd.isna(code) else code for code in result.records["ward_code"]]
    return list(zip(codes, result.records["joined_by"], strict=True))


WARDS = make_wards(A, B, C)


# --- by code ---------------------------------------------------------------------------------------------------------


def test_a_code_is_matched_exactly_but_for_blanks_around_it() -> None:
    records = pd.DataFrame({"ward_code": ["A", " B ", "C\t", "a"]})
    assert outcome(join_to_wards(records, WARDS)) == [("A", "code"), ("B", "code"), ("C", "code"), (None, "unmatched")]


def test_blanks_around_the_wards_own_codes_do_not_matter() -> None:
    wards = WARDS.assign(ward_code=["A ", " B", "C"])
    assert outcome(join_to_wards(pd.DataFrame({"ward_code": ["A", "B"]}), wards)) == [("A", "code"), ("B", "code")]


def test_a_code_is_used_rather_than_a_point_elsewhere() -> None:
    assert outcome(join_to_wards(at((1500, 500)).assign(ward_code="A"), WARDS)) == [("A", "code")]


def test_an_unknown_code_falls_back_to_the_name_then_to_the_point() -> None:
    records = at((500, 500), (500, 500), (9e5, 500)).assign(
        ward_code="E05", ward_name=["ward b", None, None], district="Mere"
    )
    result = join_to_wards(records, WARDS)
    assert outcome(result) == [("B", "name"), ("A", "point"), (None, "outside")]
    assert result.report.unknown_codes == 3


def test_numeric_codes_are_read_as_text() -> None:
    wards = make_wards(A, B, codes="12")
    assert outcome(join_to_wards(pd.DataFrame({"ward_code": [2, 1]}), wards)) == [("2", "code"), ("1", "code")]


# --- by name ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["St Mary's & All Saints", "St Mary’s and All Saints", "  ST  MARY‘S AND ALL\u00a0SAINTS ", "st mary´s&all saints"],
)
def test_blanks_case_apostrophes_and_ampersands_do_not_matter(written: str) -> None:
    wards = make_wards(A, B, names=("St Mary's & All Saints", "Other"))
    records = pd.DataFrame({"ward_name": [written], "district": [" mere"]})
    assert outcome(join_to_wards(records, wards)) == [("A", "name")]


def test_the_same_name_in_two_districts_is_told_apart_by_the_district() -> None:
    wards = make_wards(A, B, names=("Abbey", "Abbey")).assign(district=["North", "South"])
    records = pd.DataFrame({"ward_name": "Abbey", "district": ["South", "North", None, "East", ""]})
    codes = [code for code, _ in outcome(join_to_wards(records, wards))]
    assert codes == ["B", "A", None, None, None]


def test_a_name_without_district_is_matched_only_if_the_area_has_it_once() -> None:
    wards = make_wards(A, B, C, names=("Abbey", "Abbey", "Castle")).assign(district=["North", "South", "South"])
    records = pd.DataFrame({"ward_name": ["Castle", "Abbey"]})
    assert outcome(join_to_wards(records, wards)) == [("C", "name"), (None, "unmatched")]


def test_a_name_that_a_district_has_twice_is_not_guessed_but_the_point_is_used() -> None:
    wards = make_wards(A, B, names=("Abbey", "Abbey"))
    records = at((1500, 500), (np.nan, np.nan)).assign(ward_name="Abbey", district="Mere")
    assert outcome(join_to_wards(records, wards)) == [("B", "point"), (None, "unmatched")]


def test_a_name_in_another_district_is_not_matched() -> None:
    records = pd.DataFrame({"ward_name": ["Ward A"], "district": ["Elsewhere"]})
    assert outcome(join_to_wards(records, WARDS)) == [(None, "unmatched")]


def test_wards_without_names_match_no_empty_name() -> None:
    wards = WARDS.assign(ward_name=None)
    records = pd.DataFrame({"ward_name": ["", None, "nan"], "district": ["Mere"] * 3})
    assert [how for _, how in outcome(join_to_wards(records, wards))] == ["unlocated", "unlocated", "unmatched"]


# --- code against name -----------------------------------------------------------------------------------------------


def test_where_code_and_name_disagree_the_code_is_used_and_the_row_is_named() -> None:
    records = pd.DataFrame(
        {"ward_code": ["A", "A", "B", "A"], "ward_name": ["Ward A", "Ward B", "Ward C", "Nowhere"], "district": "Mere"},
        index=[7, 7, 3, 1],
    )
    result = join_to_wards(records, WARDS)
    assert outcome(result) == [("A", "code"), ("A", "code"), ("B", "code"), ("A", "code")]
    assert result.contradictions.tolist() == [1, 2]
    assert (result.report.contradictions, result.report.code_and_name) == (2, 3)
    assert result.report.codes_doubtful


def test_codes_that_agree_with_their_names_are_not_doubtful() -> None:
    records = pd.DataFrame({"ward_code": ["A", "B"], "ward_name": ["Ward A", "Ward C"], "district": "Mere"})
    report = join_to_wards(records, WARDS).report
    assert (report.contradictions, report.code_and_name, report.codes_doubtful) == (1, 2, False)
    assert not join_to_wards(pd.DataFrame({"ward_code": ["A"]}), WARDS).report.codes_doubtful


# --- by point --------------------------------------------------------------------------------------------------------


def test_a_point_inside_belongs_to_its_ward() -> None:
    assert outcome(join_to_wards(at((500, 500), (1500, 1)), WARDS)) == [("A", "point"), ("B", "point")]


def test_a_point_on_a_shared_border_belongs_to_the_lowest_code_whatever_the_order_of_wards() -> None:
    wards = make_wards(A, B, codes="ZY")
    for ordered in (wards, wards.iloc[::-1]):
        assert outcome(join_to_wards(at((1000, 500)), ordered)) == [("Y", "point")]


def test_a_corner_where_four_wards_meet_belongs_to_the_lowest_code() -> None:
    quarters = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(0, 1, 1, 2), box(1, 1, 2, 2)]
    assert outcome(join_to_wards(at((1, 1)), make_wards(*quarters, codes="DBCA"))) == [("A", "point")]


def test_a_point_in_an_overlap_belongs_to_the_lowest_code() -> None:
    wards = make_wards(box(0, 0, 1010, 1000), B, codes="BA")
    assert outcome(join_to_wards(at((1005, 500), (995, 500)), wards)) == [("A", "point"), ("B", "point")]


def test_a_point_in_a_gap_goes_to_the_nearer_ward_and_to_the_lowest_code_if_both_are_as_near() -> None:
    wards = make_wards(A, box(1010, 0, 2000, 1000), codes="BA")
    points = at((1004, 500), (1006, 500), (1005, 500))
    assert outcome(join_to_wards(points, wards)) == [("B", "nearest"), ("A", "nearest"), ("A", "nearest")]


def test_a_point_in_a_hole_is_not_in_the_ward_around_it() -> None:
    around = Polygon(box(0, 0, 1000, 1000).exterior, [box(400, 400, 600, 600).exterior])
    assert outcome(join_to_wards(at((500, 500)), make_wards(around))) == [(None, "outside")]
    assert outcome(join_to_wards(at((410, 500)), make_wards(around))) == [("A", "nearest")]
    inner = make_wards(around, box(400, 400, 600, 600))
    assert outcome(join_to_wards(at((500, 500), (400, 500)), inner)) == [("B", "point"), ("A", "point")]


def test_every_part_of_a_ward_in_several_parts_counts() -> None:
    wards = make_wards(MultiPolygon([A, box(5000, 0, 6000, 1000)]), B)
    assert outcome(join_to_wards(at((500, 1), (5500, 1), (4980, 1)), wards)) == [
        ("A", "point"),
        ("A", "point"),
        ("A", "nearest"),
    ]


def test_a_point_on_the_outer_border_is_inside() -> None:
    assert outcome(join_to_wards(at((0, 500), (3000, 1000)), WARDS, tolerance=0)) == [("A", "point"), ("C", "point")]


def test_the_tolerance_is_inclusive() -> None:
    points = at((-50, 500), (-50.001, 500))
    assert outcome(join_to_wards(points, WARDS)) == [("A", "nearest"), (None, "outside")]
    assert outcome(join_to_wards(points, WARDS, tolerance=0)) == [(None, "outside"), (None, "outside")]
    assert outcome(join_to_wards(points, WARDS, tolerance=60)) == [("A", "nearest"), ("A", "nearest")]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, None])
def test_a_point_without_two_finite_coordinates_is_unlocated(value: float | None) -> None:
    records = pd.DataFrame({"easting": [value, 500.0], "northing": [500.0, value]}, dtype=float)
    assert outcome(join_to_wards(records, WARDS)) == [(None, "unlocated")] * 2


def test_a_coordinate_that_is_not_a_number_is_unlocated_and_not_repeated() -> None:
    records = pd.DataFrame({"easting": ["five", "500"], "northing": ["500", "500"]})
    assert outcome(join_to_wards(records, WARDS)) == [(None, "unlocated"), ("A", "point")]


def test_the_same_place_given_twice_is_the_same_ward() -> None:
    assert outcome(join_to_wards(at((500, 500), (1500, 500), (500, 500)), WARDS))[::2] == [("A", "point")] * 2


# --- points in another system ----------------------------------------------------------------------------------------


def as_points(records: pd.DataFrame, *, crs: str | None = BNG) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(records, geometry=gpd.points_from_xy(records["easting"], records["northing"]), crs=crs)


def test_points_in_longitude_and_latitude_are_converted() -> None:
    wards = make_wards(A, B).assign(geometry=lambda w: w.translate(450_000, 300_000)).set_crs(BNG, allow_override=True)
    points = as_points(at((450_500, 300_500), (451_500, 300_500), (500_000, 300_500))).to_crs("EPSG:4326")
    result = join_to_wards(points, wards)
    assert outcome(result) == [("A", "point"), ("B", "point"), (None, "outside")]
    assert result.records.crs == "EPSG:4326"
    assert result.records.geometry.equals(points.geometry)


def test_eastings_are_of_the_national_grid_even_where_the_wards_are_not() -> None:
    wards = make_wards(box(450_000, 300_000, 451_000, 301_000)).to_crs("EPSG:32630")
    assert outcome(join_to_wards(at((450_500, 300_500)), wards)) == [("A", "point")]


def test_points_rather_than_eastings_are_used_where_both_are_given() -> None:
    points = as_points(at((500, 500))).assign(easting=1500.0)
    assert outcome(join_to_wards(points, WARDS)) == [("A", "point")]


def test_missing_and_empty_points_are_unlocated() -> None:
    points = gpd.GeoDataFrame(geometry=[None, Point(), Point(500, 500)], crs=BNG)
    assert outcome(join_to_wards(points, WARDS)) == [(None, "unlocated"), (None, "unlocated"), ("A", "point")]


def test_degrees_that_lie_outside_every_map_are_unlocated() -> None:
    points = gpd.GeoDataFrame(geometry=[Point(0, 999)], crs="EPSG:4326")
    assert outcome(join_to_wards(points, WARDS)) == [(None, "unlocated")]


def test_points_without_a_system_are_refused_with_both_systems_and_the_cure() -> None:
    with pytest.raises(RefusedInputError, match=r"27700.*set_crs.*4326"):
        join_to_wards(as_points(at((500, 500)), crs=None), WARDS)


def test_shapes_that_are_not_points_are_refused() -> None:
    with pytest.raises(RefusedInputError, match="1 of 2 records are not points"):
        join_to_wards(gpd.GeoDataFrame(geometry=[Point(0, 0), A], crs=BNG), WARDS)


# --- nothing is lost -------------------------------------------------------------------------------------------------


def test_every_outcome_is_counted_once() -> None:
    records = pd.DataFrame(
        {
            "ward_code": ["A", None, None, None, None, "X", None],
            "ward_name": [None, "Ward B", None, None, None, None, " "],
            "district": [None, "Mere", None, None, None, None, "Mere"],
            "easting": [np.nan, np.nan, 500, -10, 9e5, np.nan, np.nan],
            "northing": [np.nan, np.nan, 500, 500, 500, np.nan, np.nan],
        }
    )
    result = join_to_wards(records, WARDS)
    assert list(result.records["joined_by"]) == [
        "code",
        "name",
        "point",
        "nearest",
        "outside",
        "unmatched",
        "unlocated",
    ]
    assert result.report == JoinReport(
        read=7, used=4, unlocated=1, outside=1, unmatched=1,
        by_code=1, by_name=1, by_point=1, nearest=1,
        contradictions=0, code_and_name=0, unknown_codes=1,
    )  # fmt: skip


def test_a_report_that_does_not_add_up_is_refused() -> None:
    fine = {
        "read": 2,
        "used": 1,
        "unlocated": 1,
        "outside": 0,
        "unmatched": 0,
        "by_code": 1,
        "by_name": 0,
        "by_point": 0,
    }
    rest = {"nearest": 0, "contradictions": 0, "code_and_name": 0, "unknown_codes": 0}
    JoinReport(**fine, **rest)
    for wrong in ({"read": 3}, {"by_code": 0}):
        with pytest.raises(ValueError, match="accounted for"):
            JoinReport(**{**fine, **rest, **wrong})


def test_rows_keep_their_order_index_and_columns_and_the_input_is_not_changed() -> None:
    records = at((500, 500), (1500, 500), (9e5, 0)).assign(offence="x").set_axis([4, 4, 1])
    before = records.copy(deep=True)
    result = join_to_wards(records, WARDS).records
    pd.testing.assert_frame_equal(records, before)
    pd.testing.assert_frame_equal(result[list(before.columns)], before)
    assert list(result.columns) == [*before.columns, "ward_code", "joined_by"]
    assert result["ward_code"].dtype == "str"


def test_records_without_any_row_have_no_outcome() -> None:
    for records in (at(), pd.DataFrame({"ward_code": pd.Series(dtype="str")}), pd.DataFrame()):
        result = join_to_wards(records, WARDS)
        assert result.report.read == 0
        assert {"ward_code", "joined_by"} <= set(result.records.columns)


def test_empty_text_is_no_code_and_no_name() -> None:
    records = pd.DataFrame({"ward_code": ["", "  "], "ward_name": ["", " "], "district": ["Mere", ""]})
    assert outcome(join_to_wards(records, WARDS)) == [(None, "unlocated")] * 2


def test_records_that_say_nothing_of_a_place_are_unlocated() -> None:
    assert outcome(join_to_wards(pd.DataFrame({"count": [1]}), WARDS)) == [(None, "unlocated")]


def test_outcomes_are_those_that_the_report_counts() -> None:
    assert set(OUTCOMES) == {"code", "name", "point", "nearest", "outside", "unmatched", "unlocated"}


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tolerance", [-1.0, np.nan, np.inf])
def test_a_tolerance_that_is_no_distance_is_refused(tolerance: float) -> None:
    with pytest.raises(UsageError, match="tolerance"):
        join_to_wards(at((0, 0)), WARDS, tolerance=tolerance)


@pytest.mark.parametrize(
    ("wards", "says"),
    [
        (WARDS.to_crs("EPSG:4326"), r"WGS 84 \(EPSG:4326\).*EPSG:27700.*to_crs"),
        (WARDS.set_crs(None, allow_override=True), r"coordinate reference system.*crs"),
        (WARDS.to_crs("EPSG:2263"), "metres"),
        (WARDS.assign(ward_code=["A", "B", "A "]), r"unique, but A come"),
        (WARDS.assign(ward_code=["A", None, " "]), "2 of 3 wards have no ward code"),
        (WARDS.drop(columns="district"), "no column district"),
        (WARDS.set_geometry([A, None, C], crs=BNG), "no outline: B"),
        (WARDS.set_geometry([A, B, Point(0, 0)], crs=BNG), "not an area: C"),
        (WARDS.set_geometry([A, B, Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])], crs=BNG), "broken outline: C"),
    ],
)
def test_wards_that_cannot_be_computed_with_are_refused_with_the_cure(wards: gpd.GeoDataFrame, says: str) -> None:
    with pytest.raises(RefusedInputError, match=says):
        join_to_wards(at((0, 0)), wards)
