"""The demonstration as plain files."""

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data.demo import demo_settings, stored_area, write_demo
from data.settings import load_settings

NAMES = [
    "README.txt",
    "settings.toml",
    "wards.geojson",
    "population.csv",
    "referrals.csv",
    "incidents.csv",
    "provision-2026-09-30.csv",
    "truth.csv",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "new" / "folder"
    write_demo(folder)
    return folder


def test_it_writes_every_file_and_tells_of_each(tmp_path: Path) -> None:
    told: list[str] = []
    paths = write_demo(tmp_path, progress=told.append)
    assert [path.name for path in paths] == told == NAMES
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)


def test_the_same_files_are_written_each_time(folder: Path, tmp_path: Path) -> None:
    for path in write_demo(tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_the_settings_are_valid_and_say_that_the_place_is_fictional(folder: Path) -> None:
    settings = load_settings(folder / "settings.toml")
    assert settings == demo_settings()
    assert "fictional" in settings.partnership.name


def test_the_readme_names_every_file_and_says_that_all_is_fictional(folder: Path) -> None:
    text = (folder / "README.txt").read_text(encoding="utf-8")
    assert "FICTIONAL" in text.splitlines()[0]
    assert all(name in text for name in NAMES[1:])


@pytest.mark.parametrize("name", ["population.csv", "referrals.csv", "incidents.csv"])
def test_every_row_of_a_table_says_that_it_is_invented(folder: Path, name: str) -> None:
    assert (pd.read_csv(folder / name)["provenance"] == "invented").all()


def test_tables_have_the_columns_that_the_settings_name(folder: Path) -> None:
    settings = demo_settings()
    named = {
        "population.csv": [settings.population.code, settings.population.residents, settings.population.workday],
        "referrals.csv": [settings.referrals.ward_code, settings.referrals.quarter, settings.referrals.category],
        "incidents.csv": [settings.incidents.date, settings.incidents.easting, settings.incidents.category],
    }
    for name, columns in named.items():
        assert set(columns) <= set(pd.read_csv(folder / name, nrows=1).columns)


def test_referrals_have_no_column_beyond_the_counts(folder: Path) -> None:
    columns = pd.read_csv(folder / "referrals.csv", nrows=1).columns.tolist()
    assert columns == ["ward_code", "quarter", "category", "sector", "count", "provenance"]


def test_no_incident_is_lost_on_the_way(folder: Path) -> None:
    written = pd.read_csv(folder / "incidents.csv", parse_dates=["date"])
    stored = stored_area().incidents
    assert len(written) == len(stored)
    assert written["easting"].isna().sum() == stored["easting"].isna().sum()
    assert (written["date"].to_numpy() == stored["date"].to_numpy()).all()


def test_borders_stay_shared_in_the_ward_file(folder: Path) -> None:
    wards = gpd.read_file(folder / "wards.geojson")
    assert wards.crs == "EPSG:4326"
    assert set(wards["provenance"]) == {"invented"}
    for outlines in (wards.geometry.to_numpy(), wards.to_crs("EPSG:27700").geometry.to_numpy()):
        assert shapely.is_valid(outlines).all()
        assert shapely.coverage_is_valid(outlines)


def test_ward_corners_have_six_decimals(folder: Path) -> None:
    content = json.loads((folder / "wards.geojson").read_text(encoding="utf-8"))
    corners = shapely.get_coordinates(shapely.from_geojson(json.dumps(content["features"][0]["geometry"])))
    assert (corners.round(6) == corners).all()
