"""Referrals invented for given wards."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from data.demo import invent_referrals
from data.errors import UsageError


def grid_of_wards(side: int = 6) -> gpd.GeoDataFrame:
    corners = [(x, y) for y in range(side) for x in range(side)]
    squares = [shapely.box(x * 1000, y * 1000, x * 1000 + 1000, y * 1000 + 1000) for x, y in corners]
    codes = [f"E05{number:06d}" for number in range(len(squares))]
    return gpd.GeoDataFrame({"ward_code": codes}, geometry=squares, crs="EPSG:27700")


def invented(wards: gpd.GeoDataFrame, population: pd.DataFrame | None = None, *, seed: int = 1) -> pd.DataFrame:
    return invent_referrals(wards, population, per_year=300, quarters=8, last_quarter="2022/23 Q2", seed=seed)


def test_rows_are_counts_of_the_wards_and_quarters_asked_for() -> None:
    wards = grid_of_wards()
    rows = invented(wards)
    assert rows.columns.tolist() == ["ward_code", "quarter", "category", "sector", "count", "provenance"]
    assert set(rows["ward_code"]) <= set(wards["ward_code"])
    assert sorted(rows["quarter"].unique())[0] == "2020/21 Q3"
    assert sorted(rows["quarter"].unique())[-1] == "2022/23 Q2"
    assert rows["quarter"].nunique() == 8


def test_every_row_is_marked_invented() -> None:
    assert set(invented(grid_of_wards())["provenance"]) == {"invented"}


def test_about_as_many_are_made_as_asked_for() -> None:
    rows = invent_referrals(grid_of_wards(), per_year=2000, quarters=8, last_quarter="2022/23 Q2", seed=3)
    assert rows["count"].sum() == pytest.approx(4000, rel=0.06)


def test_the_same_seed_gives_the_same_rows_whatever_the_order_of_the_wards() -> None:
    wards = grid_of_wards()
    shuffled = wards.iloc[np.random.default_rng(0).permutation(len(wards))]
    pd.testing.assert_frame_equal(invented(wards), invented(shuffled))


def test_another_seed_gives_other_rows() -> None:
    wards = grid_of_wards()
    assert not invented(wards, seed=1).equals(invented(wards, seed=2))


def test_wards_with_more_people_get_more() -> None:
    wards = grid_of_wards()
    people = pd.DataFrame({"ward_code": wards["ward_code"], "residents": np.where(wards.index < 18, 9000.0, 1000.0)})
    rows = invented(wards, people)
    large = rows["ward_code"].isin(wards["ward_code"].iloc[:18])
    assert rows.loc[large, "count"].sum() > 4 * rows.loc[~large, "count"].sum()


def test_a_ward_without_stated_residents_still_gets_some() -> None:
    wards = grid_of_wards(2)
    people = pd.DataFrame({"ward_code": wards["ward_code"].iloc[:3], "residents": [5000.0, 5000.0, np.nan]})
    rows = invented(wards, people)
    assert set(rows["ward_code"]) == set(wards["ward_code"])


def test_the_inputs_are_left_as_they_were() -> None:
    wards = grid_of_wards(3)
    people = pd.DataFrame({"ward_code": wards["ward_code"], "residents": 5000.0})
    before = wards.copy(), people.copy()
    invented(wards, people)
    pd.testing.assert_frame_equal(wards, before[0])
    pd.testing.assert_frame_equal(people, before[1])


def test_one_ward_is_enough() -> None:
    assert invented(grid_of_wards(1))["count"].sum() > 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"last_quarter": "2022 Q2"}, "quarter"),
        ({"per_year": 0}, "at least 1"),
        ({"quarters": 0}, "at least 1"),
    ],
)
def test_a_wrong_request_is_refused_in_words(change: dict[str, object], says: str) -> None:
    request = {"per_year": 300, "quarters": 4, "last_quarter": "2022/23 Q2", "seed": 1} | change
    with pytest.raises(UsageError, match=says):
        invent_referrals(grid_of_wards(), **request)  # type: ignore[arg-type]


def test_wards_in_degrees_or_without_a_reference_system_are_refused() -> None:
    for wards in (grid_of_wards().set_crs(None, allow_override=True), grid_of_wards().to_crs("EPSG:4326")):
        with pytest.raises(UsageError, match="metres"):
            invented(wards)


def test_no_wards_are_refused() -> None:
    with pytest.raises(UsageError, match="no wards"):
        invented(grid_of_wards().iloc[:0])
