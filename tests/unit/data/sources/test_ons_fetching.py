"""From the service to files that the program reads: the wards that were served are the wards that are read."""

import csv
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely

from data.errors import RefusedInputError
from data.reading_population import read_population
from data.reading_wards import read_wards
from data.settings import Population, Wards
from data.sources.faults import ServiceError
from data.sources.fetched import save
from data.sources.ons import parse_place, parse_vintage
from data.sources.ons_fetching import Errand, Wanted, fetch_lookup, fetch_population, fetch_wards
from tests.arcgis_server import ArcgisServer, Served, arcgis_server, square, ward_records, wards_served
from tests.service_callers import Told, caller_of

WARDS = "WD_DEC_2023_UK_BGC"


@pytest.fixture
def server() -> Iterator[ArcgisServer]:
    with arcgis_server() as running:
        running.services[WARDS] = wards_served(25, page=10)
        yield running


def bring(server, fetch, out, *, place=None, told=None, **wanted):
    noted = told or Told()
    vintages = {key: parse_vintage(wanted.pop(key)) for key in ("vintage", "since") if key in wanted}
    with caller_of(server, noted) as caller:
        errand = Errand(caller, parse_place(place or server.address), out, noted.lines.append)
        return save(fetch(errand, Wanted(**vintages, **wanted)), out)


def source(folder: Path):
    return json.loads((folder / "source.json").read_text(encoding="utf-8"))


def pasted(folder: Path):
    return tomllib.loads("\n".join(source(folder)["settings"]))


def rows(folder: Path):
    with (folder / "table.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_wards_that_were_served_are_the_wards_that_are_read(server, tmp_path):
    folder = bring(server, fetch_wards, tmp_path, vintage="2023", generalisation="BGC")
    table = read_wards(folder / "wards.gpkg", Wards.model_validate(pasted(folder)["wards"])).rows
    served = server.services[WARDS]
    assert table["ward_code"].tolist() == [one["WD23CD"] for one in served.records]
    assert table["ward_name"].tolist() == [one["WD23NM"] for one in served.records]
    assert table["district"].tolist() == [one["LAD23NM"] for one in served.records]
    assert table.crs.to_epsg() == 27700
    for here, there in zip(table.geometry, served.shapes, strict=True):
        assert here.equals(there)


def test_beside_the_data_stands_where_they_come_from_and_how_many_were_promised(server, tmp_path):
    server.services[WARDS].credit = "Contains \u202edata"
    folder = bring(server, fetch_wards, tmp_path, vintage="2023", generalisation="BGC")
    said = source(folder)
    assert folder.name == "wards_2023_BGC"
    assert said["sha256"] == hashlib.sha256((folder / "wards.gpkg").read_bytes()).hexdigest()
    (one,) = said["sources"]
    assert one["address"] == f"{server.address}/{WARDS}/FeatureServer/0"
    assert one["fields"] == ["WD23CD", "WD23NM", "LAD23CD", "LAD23NM"]
    assert (one["records_promised"], one["records_got"], one["pages"]) == (25, 25, 3)
    assert one["edited"] == "2023-11-14T22:13:20+00:00"
    # It is not from the ONS: nothing is said of its licence but what the service says itself.
    assert (said["licence"], said["attribution"]) == (None, ["Contains data"])
    assert pasted(folder)["wards"]["credit"] == "Contains data"


def test_nothing_else_is_left(server, tmp_path):
    folder = bring(server, fetch_wards, tmp_path, vintage="2023", generalisation="BGC")
    assert sorted(tmp_path.iterdir()) == [folder]
    assert sorted(one.name for one in folder.iterdir()) == ["source.json", "wards.gpkg"]


def test_what_was_left_when_saving_failed_is_used_the_next_time(server, tmp_path):
    server.services[WARDS].shapes[3] = None
    with pytest.raises(ServiceError, match="an outline is missing"):
        bring(server, fetch_wards, tmp_path, vintage="2023", generalisation="BGC")
    assert [one.name for one in tmp_path.iterdir()] == [".part-wards_2023_BGC"]


def test_districts_come_from_the_lookup_where_the_layer_has_none(server, tmp_path):
    server.services["WD_DEC_2019_UK_BGC"] = wards_served(25, year=19, districts=False, small=True)
    server.services["WD19_LAD19_UK_LU"] = Served(ward_records(25, year=19)[::-1])
    told = Told()
    folder = bring(server, fetch_wards, tmp_path, told=told, vintage="2019", generalisation="BGC", areas=("E06000002",))
    table = read_wards(folder / "wards.gpkg", Wards.model_validate(pasted(folder)["wards"])).rows
    assert set(table["district"]) == {"King's Lynn and West Norfolk"}
    assert table["ward_code"].tolist() == [f"E05{number:06d}" for number in range(2, 25, 3)]
    assert len(source(folder)["sources"]) == 2
    assert any("taking that from the lookup" in line for line in told.lines)


def test_a_lookup_of_another_month_that_lacks_wards_is_not_used(server, tmp_path):
    server.services["WD_DEC_2019_UK_BGC"] = wards_served(25, year=19, districts=False)
    server.services["WD19_LAD19_UK_LU"] = Served(ward_records(24, year=19))
    with pytest.raises(ServiceError, match="1 of 25 wards are not in the lookup"):
        bring(server, fetch_wards, tmp_path, vintage="2019", generalisation="BGC")


@pytest.mark.parametrize(
    ("areas", "count"),
    [
        (("Leicester",), 9),
        (("BLABY", "e06000002"), 16),
        (("E05000007", "E05000008"), 2),
        ((" King's Lynn and West Norfolk ",), 8),
    ],
)
def test_an_area_is_cut_here_by_code_or_district_and_the_service_is_not_told(server, tmp_path, areas, count):
    folder = bring(server, fetch_wards, tmp_path, vintage="2023", generalisation="BGC", areas=areas)
    assert source(folder)["records"] == count
    assert source(folder)["areas"] == list(areas)
    assert source(folder)["sources"][0]["records_got"] == 25
    for one in server.asked:
        assert not re.search("E0|leicester|blaby|king", str(one.query), re.IGNORECASE)


def test_an_area_that_is_not_there_is_named_and_nothing_is_saved(server, tmp_path):
    with pytest.raises(ServiceError, match="no ward lies in 'Leister'"):
        bring(server, fetch_wards, tmp_path, vintage="2023", generalisation="BGC", areas=("Leicester", "Leister"))
    assert not (tmp_path / "wards_2023_BGC").exists()
    server.calm()
    bring(server, fetch_wards, tmp_path, vintage="2023", generalisation="BGC", areas=("Leicester",))
    assert server.count("page") == 0


def test_rings_that_cross_themselves_are_told_and_mended_by_the_reader(server, tmp_path):
    corners = [(450_000, 300_000), (451_000, 301_000), (451_000, 300_000), (450_000, 301_000), (450_000, 300_000)]
    server.services[WARDS].shapes[0] = {"type": "Polygon", "coordinates": [corners]}
    told = Told()
    folder = bring(server, fetch_wards, tmp_path, told=told, vintage="2023", generalisation="BGC")
    assert "Outlines whose rings cross themselves or each other, which are mended when they are read: 1." in told.lines
    assert read_wards(folder / "wards.gpkg", Wards.model_validate(pasted(folder)["wards"])).rows.geometry.is_valid.all()


FLAT = {
    "type": "Polygon",
    "coordinates": [[[450_000, 300_000], [451_000, 300_000], [450_000, 300_000], [450_000, 300_000]]],
}


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        (None, "an outline is missing, or is none"),
        (FLAT, "no outline with an area"),
        ({"type": "Polygon", "coordinates": []}, "an outline is missing, or is none"),
        ({"type": "Polygon", "coordinates": "x"}, "an outline is missing, or is none"),
        ({"type": "Polygon", "coordinates": [[[1, "2"], [3, 4]]]}, "an outline is missing, or is none"),
        (
            {"type": "Polygon", "coordinates": [[[450_000, 300_000], [451_000, 300_000], [451_000, 301_000]]]},
            "is missing, or is none",
        ),
        ({"type": "Point", "coordinates": [450_000, 300_000]}, "an outline is missing, or is none"),
        ({"rings": [[[0, 0], [1, 1], [2, 0], [0, 0]]]}, "an outline is missing, or is none"),
        (shapely.box(0, 0, 9e6, 9e6), "do not lie in the United Kingdom"),
        (shapely.box(0, 0, 1, 1e300), "do not lie in the United Kingdom"),
    ],
)
def test_a_shape_that_is_no_outline_of_a_ward_ends_it(server, tmp_path, shape, sentence):
    server.services[WARDS].shapes[5] = shape
    with pytest.raises(RefusedInputError, match=sentence):
        bring(server, fetch_wards, tmp_path, vintage="2023", generalisation="BGC")
    assert not (tmp_path / "wards_2023_BGC").exists()


def test_degrees_are_turned_into_metres_and_that_is_said(server, tmp_path):
    in_degrees = [shapely.box(-1.2 + place / 100, 52.6, -1.19 + place / 100, 52.61) for place in range(25)]
    server.services[WARDS].shapes = in_degrees
    told = Told()
    folder = bring(server, fetch_wards, tmp_path, told=told, vintage="2023", generalisation="BGC")
    table = read_wards(folder / "wards.gpkg", Wards.model_validate(pasted(folder)["wards"])).rows
    assert 450_000 < table.geometry.iloc[0].centroid.x < 460_000
    assert any("came in degrees" in line for line in told.lines)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda served: served.records[4].update(WD23CD="E05000003"), "1 of 25 records repeat the code of a ward"),
        (lambda served: served.records[4].update(WD23CD="E06000003"), "1 of 25 records have no code of a ward"),
        (lambda served: served.records[4].update(WD23CD=None), "1 of 25 records have no code of a ward"),
        (lambda served: served.records[4].update(WD23CD=" "), "1 of 25 records have no code of a ward"),
    ],
)
def test_codes_that_are_not_one_for_each_ward_end_it(server, tmp_path, change, sentence):
    change(server.services[WARDS])
    with pytest.raises(ServiceError, match=sentence):
        bring(server, fetch_wards, tmp_path, vintage="2023", generalisation="BGC")


def test_fields_of_another_vintage_are_not_taken(server, tmp_path):
    server.services[WARDS] = wards_served(25, year=22)
    with pytest.raises(ServiceError, match="no layer with outlines and a field WD23CD"):
        bring(server, fetch_wards, tmp_path, vintage="2023", generalisation="BGC")


def test_a_service_that_is_named_is_asked_without_its_list(server, tmp_path):
    server.services["Our (own) wards"] = wards_served(5)
    place = f"{server.address}/Our (own) wards/FeatureServer/0"
    bring(server, fetch_wards, tmp_path, place=place, vintage="2023", generalisation="BGC")
    assert server.count("directory") == 0


def test_a_lookup_becomes_a_table(server, tmp_path):
    server.services["WD23_LAD23_UK_LU_DEC"] = Served(ward_records(25))
    folder = bring(server, fetch_lookup, tmp_path, vintage="2023-12", areas=("Blaby",))
    assert folder.name == "lookup_2023-12"
    assert rows(folder)[0] == {
        "WD23CD": "E05000001",
        "WD23NM": "Abbey 1",
        "LAD23CD": "E06000001",
        "LAD23NM": "Blaby",
    }
    assert len(rows(folder)) == source(folder)["records"] == 8


def test_names_that_a_spreadsheet_would_run_are_disarmed(server, tmp_path):
    records = ward_records(3)
    records[0]["WD23NM"] = '=HYPERLINK("http://x")'
    server.services["WD23_LAD23_UK_LU"] = Served(records)
    assert rows(bring(server, fetch_lookup, tmp_path, vintage="2023"))[0]["WD23NM"].startswith("'=")


def changes():
    """Ward 0 stays, wards 1 and 2 become one, ward 3 is split in two."""
    pairs = [(0, 10), (1, 11), (2, 11), (3, 12), (3, 13)]
    return Served([{"WD19CD": f"E050000{a:02d}", "WD23CD": f"E050000{b}", "LAD23NM": "Blaby"} for a, b in pairs])


def test_a_lookup_between_vintages_keeps_every_pair(server, tmp_path):
    server.services["WD19_WD23_UK_LU"] = changes()
    folder = bring(server, fetch_lookup, tmp_path, vintage="2023", since="2019")
    assert folder.name == "lookup_2019_to_2023"
    assert [(one["WD19CD"][-2:], one["WD23CD"][-2:]) for one in rows(folder)] == [
        ("00", "10"),
        ("01", "11"),
        ("02", "11"),
        ("03", "12"),
        ("03", "13"),
    ]


def test_populations_are_read_by_the_lines_that_are_printed(server, tmp_path):
    records = [{**one, "Total": 8_000 + number, "F16": 7} for number, one in enumerate(ward_records(25))]
    server.services["Ward_Mid_2023_Population_EW"] = Served(records)
    folder = bring(server, fetch_population, tmp_path, vintage="2023")
    table = read_population(folder / "table.csv", Population.model_validate(pasted(folder)["population"])).rows
    assert table["residents"].tolist() == [8_000.0 + number for number in range(25)]
    assert table["ward_code"].tolist() == [one["WD23CD"] for one in records]
    assert "F16" not in rows(folder)[0]


def test_a_square_of_the_server_is_a_square_kilometre():
    assert square(12).area == 1e6
