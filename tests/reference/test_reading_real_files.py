"""Real public files, where they are present beside the project: police.uk, Census 2021, ONS boundaries."""

from pathlib import Path

import pytest

from data.readers import read_incidents, read_population, read_wards
from data.settings import Incidents, Population, Wards

SHARED = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the real public files are not present beside the project")


def test_twenty_four_months_of_police_uk_are_one_input() -> None:
    settings = Incidents(
        date="Month",
        longitude="Longitude",
        latitude="Latitude",
        category="Crime type",
        keep=("Public order",),
        stand_in="x",
    )
    table = read_incidents(SHARED / "llr" / "police_uk_street", settings)
    report = table.report
    assert len(report.files) == 24
    # Counted with `cat *.csv | grep -vc '^Crime ID,Month'` and with `grep -c ',Public order,'`.
    assert report.rows_read == 210_767
    assert report.used == 25_244
    assert set(report.rows) == {"used", "not a kept category"}
    assert set(table.rows["quarter"]) >= {"2020/21 Q3", "2022/23 Q3"}
    assert table.rows["quarter"].nunique() == 9
    assert "Rows with no coordinates: 549." in report.notes
    assert "Crime ID" in report.columns_not_read


def test_identifiers_of_police_uk_count_once_over_all_files() -> None:
    settings = Incidents(date="Month", longitude="Longitude", latitude="Latitude", category="Crime type", id="Crime ID")
    report = read_incidents(SHARED / "llr" / "police_uk_street", settings).report
    # 190,262 of the rows have an identifier, and ten of those stood in an earlier month.
    assert report.rows == {"used": 210_757, "repeated": 10}


@pytest.mark.parametrize(
    ("file", "wards"), [("llr/wards_dec2023.geojson", 176), ("england_wales/wards_dec2023.geojson", 7_624)]
)
def test_ward_boundaries_are_read_whole(file: str, wards: int) -> None:
    table = read_wards(SHARED / file, Wards(vintage=2023, code="WD23CD", name="WD23NM", district="LAD23NM"))
    assert table.report.rows == {"used": wards}
    assert table.rows.geometry.is_valid.all()
    assert table.rows.crs is not None
    assert table.rows.crs.to_epsg() == 27700


def test_a_census_population_by_ward_is_read_whole() -> None:
    settings = Population(code="ward24_code", name="ward24_name", district="ltla24_name", residents="total_residents")
    table = read_population(SHARED / "llr" / "population_census2021_wd24_bestfit.csv", settings)
    assert table.report.rows == {"used": 174}
    assert table.report.findings == ()
    assert table.report.columns_not_read == ("ltla24_code", "total_households")
