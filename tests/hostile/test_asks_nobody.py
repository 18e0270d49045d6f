# tables and made-up files: one a line reads better than one over five
"""No file makes the program ask an address: a server on this machine counts who comes."""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyogrio
import pytest

import data.ward_file_guard as guard
from data.errors import RefusedInputError, UsageError
from data.readers import read_population, read_wards
from data.settings import Population, Wards
from tests.area_files import POPULATION
from tests.hostile.archives import sheet_of, text_cell, text_rows, workbook, zipped
from tests.hostile.cases import ordinary
from tests.hostile.corpus_boundaries import VRT, features, geojson, put_gpkg


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
    """An address of this machine, and who came."""
    seen: list[str] = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815  # the name that the server calls

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Note) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/evil", seen
        server.shutdown()
        thread.join()


def hostile_files(address: str) -> dict[str, bytes]:
    files: dict[str, str] = {}
    for kind in ("link", "url", "LINK", "URL"):
        for key in ("href", "url"):
            files[f"{kind}-{key}.geojson"] = geojson(
                features(), crs={"type": kind, "properties": {key: address, "type": "proj4"}}
            )
    hidden = geojson(features(), crs={"type": "link", "properties": {"href": address}})
    files["escaped.geojson"] = hidden.replace('"crs"', '"\\u0063\\u0052\\u0053"')
    files["late.geojson"] = (
        json.dumps({"type": "FeatureCollection", "features": features(), "filler": "x" * 9_000_000})[:-1]
        + f', "crs": {{"type": "link", "properties": {{"href": "{address}"}}}}}}'
    )
    files["named.geojson"] = geojson(features(), crs={"type": "name", "properties": {"name": address}})
    files["system.geojson"] = geojson(features(), coordRefSys=address, conformsTo=["[ogc-json-fg-1-0.1:core]"])
    files["service.geojson"] = f"<OGRWFSDataSource><URL>{address}</URL></OGRWFSDataSource>"
    files["service.json"] = json.dumps(
        {"collections": [{"id": "a", "links": [{"rel": "items", "href": address}]}], "links": [{"href": address}]}
    )
    for ending in ("geojson", "gpkg", "shp", "json"):
        files[f"virtual.{ending}"] = VRT.format(source=f"/vsicurl/{address}")
    whole = {name: text.encode() for name, text in files.items()}
    return whole | {
        "virtual.zip": zipped({"w.geojson": whole["virtual.geojson"]}),
        "link.zip": zipped({"w.geojson": whole["link-href.geojson"]}),
    }


def test_no_boundary_file_makes_it_ask(tmp_path: Path, visits: tuple[str, list[str]]) -> None:
    address, seen = visits
    for name, content in hostile_files(address).items():
        (tmp_path / name).write_bytes(content)
        with suppress(RefusedInputError):
            read_wards(tmp_path / name, Wards(vintage=2023))
        assert not seen, name


def test_no_definition_in_a_database_makes_it_ask(tmp_path: Path, visits: tuple[str, list[str]]) -> None:
    address, seen = visits
    trial = ordinary(tmp_path)
    put_gpkg(trial, spoil=lambda base: base.execute("UPDATE gpkg_spatial_ref_sys SET definition = ?", [address]))
    with suppress(RefusedInputError):
        read_wards(Path(trial.wards), Wards(vintage=2023))
    assert not seen


def test_no_workbook_makes_it_ask(tmp_path: Path, visits: tuple[str, list[str]]) -> None:
    address, seen = visits
    for before in (
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "{address}">]>',
        f'<!DOCTYPE x SYSTEM "{address}">',
        f'<?xml-stylesheet href="{address}"?>',
    ):
        path = tmp_path / "book.xlsx"
        path.write_bytes(workbook(sheet_of(text_rows(POPULATION) + f"<row>{text_cell('&a;')}</row>", before=before)))
        with pytest.raises(RefusedInputError):
            read_population(path, Population(name="ward_name", district="district"))
    assert not seen


def test_no_coordinate_system_in_the_settings_makes_it_ask(tmp_path: Path, visits: tuple[str, list[str]]) -> None:
    address, seen = visits
    path = tmp_path / "w.geojson"
    path.write_text(geojson(features()), encoding="utf-8")
    with pytest.raises((RefusedInputError, UsageError)):
        read_wards(path, Wards(vintage=2023, crs=address, code="none"))
    assert not seen


def test_gdal_would_reach_nobody_even_if_a_file_came_past_the_checks(visits: tuple[str, list[str]]) -> None:
    address, seen = visits
    assert guard.DRIVERS
    with pytest.raises(pyogrio.errors.DataSourceError):
        pyogrio.read_info(f"/vsicurl/{address}/w.geojson")
    assert not seen
