"""Outlines for drawing: shared borders, nothing lost, small, and safe inside a script."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from data.errors import RefusedInputError
from geo.outlines import outlines_geojson, simplify_outlines, size_budget

REAL = Path("../shared/data")
EAST, NORTH = 450_000, 300_000


def make_wards(shapes: list[object]) -> gpd.GeoDataFrame:
    codes = [f"E{number:03}" for number in range(len(shapes))][::-1]
    wards = gpd.GeoDataFrame(
        {"ward_code": codes, "ward_name": codes, "district": "Mere"}, geometry=shapes, crs="EPSG:27700"
    )
    return wards.set_geometry(wards.translate(EAST, NORTH))


def jagged_squares(*, vertices: int, side: float = 2_000, across: int = 3) -> gpd.GeoDataFrame:
    """Squares whose shared borders wind: every vertex is moved by an amount that follows from where it is."""
    cells = [box(x * side, y * side, (x + 1) * side, (y + 1) * side) for y in range(across) for x in range(across)]
    dense = shapely.segmentize(np.array(cells, dtype=object), side / vertices)
    return make_wards(list(shapely.transform(dense, _wind)))


def _wind(xy: np.ndarray) -> np.ndarray:
    """Bends of 1.2 km, 120 m and 12 m, each too shallow for a border to cross itself."""
    xy = np.round(xy, 3)
    return xy + sum(0.2 / wave * np.sin(wave * xy[:, ::-1] + 1) for wave in (0.005, 0.05, 0.5))


def coverage_is_shared(outlines: gpd.GeoDataFrame) -> bool:
    return shapely.coverage_is_valid(np.asarray(outlines.geometry.array, dtype=object))


def test_borders_shared_by_two_wards_stay_shared() -> None:
    wards = jagged_squares(vertices=200)
    assert coverage_is_shared(wards)
    for tolerance in (10.0, 50.0, 400.0):
        outlines = simplify_outlines(wards, tolerance=tolerance)
        assert (
            shapely.get_num_coordinates(outlines.geometry.array).sum()
            < 0.8 * shapely.get_num_coordinates(wards.geometry.array).sum()
        )
        assert coverage_is_shared(outlines)


def test_outlines_are_in_degrees_in_the_same_order_with_code_name_and_district_only() -> None:
    wards = jagged_squares(vertices=10).assign(residents=1.0).set_axis(range(9, 0, -1))
    outlines = simplify_outlines(wards)
    assert outlines.crs == "EPSG:4326"
    assert list(outlines.columns) == ["ward_code", "ward_name", "district", "geometry"]
    assert list(outlines["ward_code"]) == list(wards["ward_code"])
    back = outlines.to_crs("EPSG:27700")
    moved = back.representative_point().to_numpy()
    assert shapely.contains(np.asarray(wards.geometry.array, dtype=object), moved).all()


def test_coordinates_have_five_decimals() -> None:
    xy = shapely.get_coordinates(simplify_outlines(jagged_squares(vertices=20)).geometry.array)
    assert (xy == np.round(xy, 5)).all()


def test_boundaries_that_are_small_already_are_not_simplified() -> None:
    wards = jagged_squares(vertices=20)
    outlines = simplify_outlines(wards)
    assert list(outlines.count_coordinates()) == list(wards.count_coordinates())


def test_detailed_boundaries_are_simplified_until_they_fit_and_still_look_right() -> None:
    wards = jagged_squares(vertices=4_000)
    outlines = simplify_outlines(wards)
    assert len(outlines_geojson(outlines)) <= size_budget(len(wards)) < 200_000
    assert coverage_is_shared(outlines)
    whole, drawn = wards.geometry, outlines.to_crs("EPSG:27700").geometry
    assert (whole.symmetric_difference(drawn).area / whole.area).max() < 0.02


def test_the_size_that_outlines_may_have_grows_with_the_number_of_wards() -> None:
    assert size_budget(176) == 350_000
    assert 4_300_000 < size_budget(7_624) < 4_700_000


def test_no_ward_vanishes_however_small() -> None:
    speck = box(1000, 1000, 1000.3, 1000.3)
    ring = Polygon(box(0, 0, 2000, 2000).exterior, [speck.exterior])
    islets = MultiPolygon([box(5000, 0, 5003, 3), box(5010, 0, 5012, 2)])
    wards = make_wards([ring, speck, islets])
    for tolerance in (None, 0.0, 1_000.0):
        outlines = simplify_outlines(wards, tolerance=tolerance)
        assert not outlines.is_empty.any()
        assert (shapely.area(outlines.geometry.array) > 0).all()


def test_outlines_that_overlap_or_leave_gaps_are_mended_before_they_are_simplified() -> None:
    wards = make_wards([box(0, 0, 1000, 1000), box(990, 0, 2000, 1000), box(2001, 0, 3000, 1000)])
    assert not coverage_is_shared(wards)
    outlines = simplify_outlines(wards)
    assert coverage_is_shared(outlines)
    assert outlines.to_crs("EPSG:27700").area.sum() == pytest.approx(3e6, rel=0.005)


def test_a_ward_that_lies_wholly_under_another_is_still_drawn() -> None:
    wards = make_wards([box(0, 0, 1000, 1000), box(0, 0, 1000, 1000)])
    assert (shapely.area(simplify_outlines(wards).geometry.array) > 0).all()


def test_wards_without_a_system_are_refused() -> None:
    wards = jagged_squares(vertices=2)
    with pytest.raises(RefusedInputError, match="coordinate reference system"):
        simplify_outlines(wards.set_crs(None, allow_override=True))


def test_the_wards_are_not_changed() -> None:
    wards = jagged_squares(vertices=30)
    before = wards.copy(deep=True)
    simplify_outlines(wards, tolerance=100)
    assert before.equals(wards)


# --- GeoJSON ---------------------------------------------------------------------------------------------------------


def test_geojson_holds_geometry_code_name_and_district_and_no_value() -> None:
    outlines = simplify_outlines(jagged_squares(vertices=3)).assign(residents=123456.0)
    written = json.loads(outlines_geojson(outlines))
    assert set(written) == {"type", "features"}
    assert [set(feature) for feature in written["features"]] == [{"type", "properties", "geometry"}] * 9
    assert [feature["properties"] for feature in written["features"]] == [
        {"code": code, "name": code, "district": "Mere"} for code in outlines["ward_code"]
    ]
    assert "123456" not in outlines_geojson(outlines)


def test_geojson_gives_the_outlines_back() -> None:
    outlines = simplify_outlines(make_wards([box(0, 0, 9, 9), MultiPolygon([box(20, 0, 29, 9), box(40, 0, 49, 9)])]))
    back = gpd.GeoDataFrame.from_features(json.loads(outlines_geojson(outlines)), crs="EPSG:4326")
    assert back.geometry.geom_equals(outlines.geometry).all()


def test_geojson_is_compact() -> None:
    text = outlines_geojson(simplify_outlines(jagged_squares(vertices=3)))
    assert " " not in text
    assert "\n" not in text
    assert max(len(number) for number in text.replace("[", ",").replace("]", ",").split(",") if number[:2] == "52") <= 8


@pytest.mark.parametrize(
    "name",
    [
        "</script><script>alert(1)</script>",
        "<!--",
        "Tom & Jerry's",
        'A "quoted" \\ name',
        "Ŵyddgrug\u2028\u2029",
        "]]>",
    ],
)
def test_a_name_is_data_whatever_it_holds(name: str) -> None:
    outlines = simplify_outlines(make_wards([box(0, 0, 9, 9)])).assign(ward_name=name)
    text = outlines_geojson(outlines)
    assert text.isascii()
    assert not set("<>&") & set(text)
    assert json.loads(text)["features"][0]["properties"]["name"] == name


def test_a_ward_without_district_is_written_without_one() -> None:
    outlines = simplify_outlines(make_wards([box(0, 0, 9, 9)])).assign(district=None)
    assert json.loads(outlines_geojson(outlines))["features"][0]["properties"]["district"] is None


@pytest.mark.parametrize("area", ["llr", "england_wales"])
def test_real_outlines_are_small_shared_and_complete(area: str) -> None:
    path = REAL / area / "wards_dec2023.geojson"
    if not path.exists():
        pytest.skip("the real ward boundaries are not present")
    wards = gpd.read_file(path).to_crs("EPSG:27700")
    wards = wards.rename(columns={"WD23CD": "ward_code", "WD23NM": "ward_name", "LAD23NM": "district"})
    outlines = simplify_outlines(wards)
    assert len(outlines_geojson(outlines)) <= size_budget(len(wards))
    assert not outlines.is_empty.any()
    assert outlines.is_valid.all()
    assert coverage_is_shared(outlines)
