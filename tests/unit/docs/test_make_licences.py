"""The licences page is that of requirements.txt, and nothing on it binds the product."""

import sys
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from docs.licences_by_hand import BUNDLED, LICENCES, WEAK
from docs.make_licences import EXCEPTED, FREE, PAGE, PARTLY, Licence, allowed, licences, page
from docs.pinned import read_pinned

ON_THE_PAGE = PAGE.read_text(encoding="utf-8")


def rows() -> tuple[Licence, ...]:
    table = ON_THE_PAGE.partition("| --- |")[2].partition("\n\n")[0].splitlines()[1:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in table]
    return tuple(Licence(name=c[0], versions=tuple(c[1].split(", ")), licence=c[2], home=c[3]) for c in cells)


def test_the_page_has_every_package_and_version_that_is_pinned():
    pinned = {(one.name, one.version) for one in read_pinned()}
    assert {(row.name, version) for row in rows() for version in row.versions} == pinned


def test_the_page_says_what_the_installed_packages_say_of_themselves():
    assert page(licences()) == ON_THE_PAGE, "run `python -m docs.make_licences`"


def test_nothing_binds_the_product():
    bound = [row.name for row in rows() if not allowed(row.licence) and row.name not in WEAK]
    assert not bound, f"under a licence that is not allowed: {bound}"
    inside = [one.what for one in BUNDLED if not allowed(one.licence, among=FREE | PARTLY | EXCEPTED)]
    assert not inside


def test_an_exception_is_made_by_name_for_a_licence_that_binds_only_the_package_itself():
    by_name = {row.name: row.licence for row in rows()}
    assert all(allowed(by_name[name], among=FREE | PARTLY) and not allowed(by_name[name]) for name in WEAK)


@pytest.mark.parametrize(
    ("licence", "is_allowed"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-2.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("LGPL-2.1-or-later", False),
        ("MPL-2.0", False),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("UNKNOWN", False),
        ("Our own words", False),
    ],
)
def test_which_licences_are_allowed_without_a_word(licence: str, is_allowed: bool):
    assert allowed(licence) is is_allowed


def test_what_is_told_by_hand_is_told_of_packages_that_are_there():
    names = {one.name for one in read_pinned()}
    assert {*LICENCES, *WEAK, *(one.carrier for one in BUNDLED)} <= names


@pytest.mark.skipif(sys.platform != "linux", reason="the page tells of the files for Linux")
def test_every_shared_library_beside_a_package_is_on_the_page():
    told = {(one.carrier, library) for one in BUNDLED for library in one.libraries}
    found = []
    for package in {one.name for one in read_pinned()} - {"colorama"}:
        beside = Path(str(distribution(package).locate_file(f"{package.replace('-', '_')}.libs")))
        found += [(package, path.name) for path in beside.glob("*.so*")]
    assert found
    untold = [each for each in found if not any(each[0] == by and each[1].startswith(name) for by, name in told)]
    assert not untold


def test_the_spatial_database_within_the_geometry_reader_is_built_without_its_parts_under_the_gpl(tmp_path: Path):
    path = tmp_path / "one.gpkg"
    pyogrio.write_dataframe(gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(0, 0)], crs="EPSG:27700"), path)
    # A wheel without the spatial database has no such functions, and then the test is to go with its row on the page.
    asked = "SELECT HasRtTopo() AS topo, HasGCP() AS gcp"
    answer = pyogrio.read_dataframe(path, sql=asked, sql_dialect="SQLITE", read_geometry=False)
    assert answer.iloc[0].tolist() == [0, 0]


def test_leaflet_within_its_package_is_the_version_on_the_page():
    spec = find_spec("js_lib_leaflet")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    head = (Path(spec.submodule_search_locations[0]) / "static/js_lib_leaflet/leaflet.js").read_text(encoding="utf-8")[
        :200
    ]
    assert "Leaflet 1.9.4," in head
    assert any(one.what == "Leaflet 1.9.4" and one.licence == "BSD-2-Clause" for one in BUNDLED)
