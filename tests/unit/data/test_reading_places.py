"""Residents of areas finer than wards."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from shapely import Point, box

from data.errors import RefusedInputError
from data.reading_places import read_places
from data.settings import Population


def written(folder: Path, people: list[object], shapes: list[object]) -> Path:
    path = folder / "places.gpkg"
    gpd.GeoDataFrame({"residents": people}, geometry=shapes, crs="EPSG:27700").to_file(path)
    return path


@pytest.mark.parametrize(
    "shapes",
    [
        [Point(450_005, 300_005), Point(450_105, 300_005)],
        [box(450_000, 300_000, 450_010, 300_010), box(450_100, 300_000, 450_110, 300_010)],
    ],
)
def test_outlines_and_points_give_a_point_each(tmp_path: Path, shapes: list[object]):
    places = read_places(written(tmp_path, [120, 0], shapes), Population())
    assert places["residents"].tolist() == [120.0, 0.0]
    assert (shapely.distance(places.geometry.to_numpy(), shapes) == 0).all()
    assert places.crs == "EPSG:27700"


@pytest.mark.parametrize(
    ("people", "shapes", "said"),
    [
        (["many", "3"], [Point(450_000, 300_000)] * 2, "1 of 2 areas have no number of people"),
        ([-1, 3], [Point(450_000, 300_000)] * 2, "1 of 2 areas have no number of people"),
        ([1, 3], [Point(450_000, 300_000), None], "some areas have no place"),
    ],
)
def test_what_is_no_number_of_people_or_no_place_is_refused(tmp_path: Path, people, shapes, said):
    with pytest.raises(RefusedInputError, match=said) as refused:
        read_places(written(tmp_path, people, shapes), Population())
    assert "many" not in str(refused.value)
