"""The invented county as stored: what its tables hold, and that its code still draws it."""

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data.demo import DemoArea, generate, stored_area
from data.demo.stored import STORED
from data.quarters import quarter_range

QUARTERS = quarter_range("2026/27 Q2", 16)
EASTERNMOST_LAND = 545_000
"""Easting that Great Britain does not reach between northings 400,000 and 540,000 (Spurn Head, Flamborough Head)."""


@pytest.fixture(scope="module")
def area() -> DemoArea:
    return stored_area()


@pytest.fixture(scope="module")
def drawn_again() -> DemoArea:
    return generate()


def test_its_code_draws_the_stored_tables(area: DemoArea, drawn_again: DemoArea) -> None:
    for name in ("population", "referrals", "truth"):
        pd.testing.assert_frame_equal(getattr(drawn_again, name), getattr(area, name), check_dtype=False)
    same = drawn_again.incidents[["date", "strand"]].astype(str) == area.incidents[["date", "strand"]].astype(str)
    assert same.to_numpy().all()


def test_its_code_draws_the_stored_outlines_to_a_metre(area: DemoArea, drawn_again: DemoArea) -> None:
    assert drawn_again.wards["ward_name"].tolist() == area.wards["ward_name"].tolist()
    apart = shapely.hausdorff_distance(drawn_again.wards.geometry.to_numpy(), area.wards.geometry.to_numpy())
    assert apart.max() <= 1.5


def test_it_is_stored_small() -> None:
    assert sum(path.stat().st_size for path in STORED.glob("*.parquet")) < 1_000_000


@pytest.mark.parametrize("table", ["wards", "population", "referrals", "incidents"])
def test_every_row_is_marked_invented(area: DemoArea, table: str) -> None:
    assert set(getattr(area, table)["provenance"]) == {"invented"}


def test_wards_are_about_180_in_eight_districts_and_a_city(area: DemoArea) -> None:
    wards = area.wards
    assert 170 <= len(wards) <= 190
    assert wards["district"].nunique() == 9
    assert (wards["district"] == "Wendcaster").sum() == 40
    assert wards.groupby("district")["district_code"].nunique().eq(1).all()


def test_codes_have_the_shape_of_real_ones_and_none_that_is_in_use(area: DemoArea) -> None:
    codes = [*area.wards["ward_code"], *area.wards["district_code"].unique()]
    assert all(re.fullmatch(r"X\d{8}", code) for code in codes)
    assert area.wards["ward_code"].is_unique
    assert area.wards["ward_code"].is_monotonic_increasing


def test_names_are_unique_in_a_district_but_not_in_the_county(area: DemoArea) -> None:
    assert not area.wards.duplicated(["district", "ward_name"]).any()
    assert area.wards["ward_name"].duplicated().sum() == 1


def test_some_names_have_apostrophes_and_ampersands(area: DemoArea) -> None:
    assert area.wards["ward_name"].str.contains("'").sum() >= 3
    assert area.wards["ward_name"].str.contains("&").sum() >= 3


def test_outlines_share_their_borders_exactly(area: DemoArea) -> None:
    outlines = area.wards.geometry.to_numpy()
    assert area.wards.crs == "EPSG:27700"
    assert shapely.is_valid(outlines).all()
    assert set(shapely.get_type_id(outlines)) == {shapely.GeometryType.POLYGON}
    assert shapely.coverage_is_valid(outlines)
    corners = shapely.get_coordinates(outlines)
    assert (corners == np.rint(corners)).all()


def test_the_mainland_has_no_gaps_and_the_island_no_neighbour(area: DemoArea) -> None:
    mainland, island = sorted(
        shapely.get_parts(shapely.union_all(area.wards.geometry.to_numpy())), key=lambda p: -p.area
    )
    assert not list(mainland.interiors)
    assert area.wards.intersects(island).sum() == 1


def test_outlines_are_as_detailed_as_real_ones(area: DemoArea) -> None:
    corners = shapely.get_num_coordinates(area.wards.geometry.to_numpy())
    assert corners.min() >= 100
    assert (corners <= 300).mean() > 0.85


def test_no_ward_is_a_sliver(area: DemoArea) -> None:
    outlines = area.wards.geometry.to_numpy()
    assert shapely.area(outlines).min() > 250_000
    assert shapely.length(shapely.maximum_inscribed_circle(outlines)).min() > 150


def test_city_wards_are_much_smaller_than_country_wards(area: DemoArea) -> None:
    size = area.wards.geometry.area
    city = area.wards["district"] == "Wendcaster"
    assert size[city].median() * 4 < size[~city].median()


def test_districts_hang_together_but_for_the_island(area: DemoArea) -> None:
    parts = area.wards.dissolve("district").geometry.apply(lambda shape: len(shapely.get_parts(shape)))
    assert parts.drop("Eldersands").eq(1).all()
    assert parts["Eldersands"] == 2


def test_it_lies_in_open_sea(area: DemoArea) -> None:
    left, low, right, high = area.wards.total_bounds
    assert left > EASTERNMOST_LAND + 25_000
    assert 400_000 < low < high < 540_000
    assert right < 700_000
    assert area.incidents["easting"].min() > EASTERNMOST_LAND - 5_000


def test_it_lies_where_the_national_grid_can_be_turned_into_degrees_and_back(area: DemoArea) -> None:
    there_and_back = area.wards.to_crs("EPSG:4326").to_crs("EPSG:27700")
    corners, again = (shapely.get_coordinates(wards.geometry.to_numpy()) for wards in (area.wards, there_and_back))
    assert np.abs(corners - again).max() < 0.1


def test_populations_are_of_the_size_of_real_ones(area: DemoArea) -> None:
    people = area.population
    assert people["ward_code"].tolist() == area.wards["ward_code"].tolist()
    assert people["residents"].between(2_000, 20_000).all()
    assert people["residents"].sum() == pytest.approx(1_100_000, rel=0.02)
    assert people["workday"].sum() == pytest.approx(people["residents"].sum(), rel=0.15)


def test_people_work_in_the_city_centre(area: DemoArea) -> None:
    pull = area.population["workday"] / area.population["residents"]
    busiest = area.population.loc[pull.nlargest(3).index]
    assert pull.nlargest(3).min() > 2.5
    assert set(busiest["district"]) == {"Wendcaster"}


def test_referrals_come_at_the_volume_of_a_real_partnership(area: DemoArea) -> None:
    by_quarter = area.referrals.groupby("quarter")["count"].sum()
    assert by_quarter.index.tolist() == QUARTERS
    for start in range(0, 16, 4):
        assert by_quarter.iloc[start : start + 4].sum() == pytest.approx(300, rel=0.15)


def test_referrals_are_one_row_for_each_kind_of_count(area: DemoArea) -> None:
    assert not area.referrals.duplicated(["ward_code", "quarter", "category", "sector"]).any()
    assert (area.referrals["count"] > 0).all()
    assert set(area.referrals["ward_code"]) <= set(area.wards["ward_code"])


def test_types_of_concern_change_with_2024_25(area: DemoArea) -> None:
    new = area.referrals["quarter"] >= "2024/25 Q1"
    before, after = (set(area.referrals.loc[rows, "category"]) for rows in (~new, new))
    assert "Conflicted" in before - after
    assert "No ideology" in after - before


def test_schools_refer_less_in_summer(area: DemoArea) -> None:
    schools = area.referrals[area.referrals["sector"] == "Education"]
    by_season = schools.groupby(schools["quarter"].str[-1])["count"].sum()
    assert by_season["2"] < 0.8 * by_season.drop("2").mean()


def test_incidents_come_at_the_volume_of_a_real_force_area(area: DemoArea) -> None:
    period = area.incidents["date"].dt.to_period("Q-MAR")
    by_quarter = area.incidents.groupby(period).size()
    assert len(by_quarter) == 16
    for start in range(0, 16, 4):
        assert by_quarter.iloc[start : start + 4].sum() == pytest.approx(3500, rel=0.10)


def test_most_incidents_are_about_race_as_published(area: DemoArea) -> None:
    shares = area.incidents["strand"].value_counts(normalize=True)
    assert shares["Race"] == pytest.approx(82490 / 115990, abs=0.02)
    assert shares["Religion"] == pytest.approx(7164 / 115990, abs=0.01)


def test_some_incidents_have_no_place_and_a_few_lie_outside(area: DemoArea) -> None:
    incidents = area.incidents
    located = incidents.dropna(subset="easting")
    assert 0.02 <= 1 - len(located) / len(incidents) <= 0.035
    assert incidents["easting"].isna().equals(incidents["northing"].isna())
    inside = _inside(located, area.wards)
    assert 0.002 <= 1 - inside.mean() <= 0.012


def test_incidents_are_snapped_to_street_points(area: DemoArea) -> None:
    located = area.incidents.dropna(subset="easting")
    assert len(located) > 1.3 * len(located.drop_duplicates(["easting", "northing"]))


def test_some_incidents_lie_exactly_on_a_border(area: DemoArea) -> None:
    located = area.incidents.dropna(subset="easting")
    points = shapely.points(located["easting"].astype(float), located["northing"].astype(float))
    _, ward = shapely.STRtree(area.wards.geometry.to_numpy()).query(points, predicate="intersects")
    assert len(ward) > _inside(located, area.wards).sum()


def _inside(located: pd.DataFrame, wards: gpd.GeoDataFrame) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    points = shapely.points(located["easting"].astype(float), located["northing"].astype(float))
    return shapely.intersects(shapely.union_all(wards.geometry.to_numpy()), points)
