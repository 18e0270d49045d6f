# ruff: noqa: E501  # tables and made-up files: one a line reads better than one over five
"""Ward boundaries: geometry that is none, and files of every kind that are not what they say."""

import json
import pickle
import shutil
import sqlite3
import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from tests.area_files import CODES, DISTRICTS, NAMES, squares
from tests.hostile.archives import claiming, link, made_of, overlapping, zip_of, zipped
from tests.hostile.cases import READ, REFUSED, Change, Corpus, Trial

corpus = Corpus()
EVIL = "http://127.0.0.1:9/evil"


def put(trial: Trial, name: str, content: bytes | str) -> Path:
    path = trial.file(name, content)
    trial.wards = path
    return path


def features() -> list[dict[str, Any]]:
    return list(json.loads(squares().to_crs("EPSG:4326").to_json())["features"])


def geojson(changed: list[dict[str, Any]], **more: object) -> str:
    return json.dumps({"type": "FeatureCollection", **more, "features": changed})


def with_geometry(kind: str, coordinates: object) -> str:
    changed = features()
    changed[1]["geometry"] = {"type": kind, "coordinates": coordinates}
    return geojson(changed)


def box_of(feature: dict[str, Any]) -> list[list[float]]:
    return [list(map(float, point)) for point in feature["geometry"]["coordinates"][0]]


# ---- geometry, in GeoJSON ----
RING = box_of(features()[1])
(WEST, SOUTH), (EAST, NORTH) = np.min(RING, axis=0), np.max(RING, axis=0)
BOWTIE = [[WEST, SOUTH], [EAST, NORTH], [EAST, SOUTH], [WEST, NORTH], [WEST, SOUTH]]
SPIRAL = [
    [WEST + (EAST - WEST) * (0.5 + 0.5 * np.sin(n)), SOUTH + (NORTH - SOUTH) * (0.5 + 0.5 * np.cos(1.7 * n))]
    for n in range(400)
]
SHAPES: dict[str, tuple[str, str, object]] = {
    "no coordinates": (REFUSED, "Polygon", []),
    "an empty ring": (REFUSED, "Polygon", [[]]),
    "a point": (REFUSED, "Point", RING[0]),
    "a line": (REFUSED, "LineString", RING),
    "a ring of one place": (REFUSED, "Polygon", [[RING[0]] * 4]),
    "a ring of two places": (REFUSED, "Polygon", [[RING[0], RING[1], RING[0]]]),
    "a ring that was left open": (READ, "Polygon", [RING[:-1]]),
    "a bow tie": (READ, "Polygon", [BOWTIE]),
    "a ring that crosses itself 40,000 times": (REFUSED, "Polygon", [[*SPIRAL, SPIRAL[0]]]),
    "heights": (READ, "Polygon", [[[*point, 9.0] for point in RING]]),
    "four numbers a place": (READ, "Polygon", [[[*point, 9.0, 1.0] for point in RING]]),
    "one number a place": (REFUSED, "Polygon", [[[point[0]] for point in RING]]),
    "texts for numbers": (REFUSED, "Polygon", [[["a", "b"]] * 4]),
    "1e308": (REFUSED, "Polygon", [[[1e308, 1e308], [1e308, 0], [0, 0], [1e308, 1e308]]]),
    "the antimeridian": (REFUSED, "Polygon", [[[179.0, 52.0], [-179.0, 52.0], [-179.0, 53.0], [179.0, 53.0], [179.0, 52.0]]]),
    "the whole world": (REFUSED, "Polygon", [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]),
    "the other side of the world": (REFUSED, "Polygon", [[[x + 175, -y] for x, y in RING]]),
    "300 parts on top of each other": (REFUSED, "MultiPolygon", [[[[x + n * 1e-9, y] for x, y in RING]] for n in range(300)]),
    "a hole that is the ward": (REFUSED, "Polygon", [RING, RING[::-1]]),
}  # fmt: skip
for what, (outcome, kind, coordinates) in SHAPES.items():
    corpus.add(
        "geometry",
        "wards (GeoJSON)",
        what,
        outcome,
        lambda trial, k=kind, c=coordinates: put(trial, "w.geojson", with_geometry(k, c)) and None,
    )


@corpus.case("geometry", "wards (GeoJSON)", "NaN and Infinity, which JSON has not", REFUSED)
def _(trial: Trial) -> None:
    put(
        trial,
        "w.geojson",
        with_geometry("Polygon", [[[float("nan"), 1], [float("inf"), 2], [3, 4], [float("nan"), 1]]]),
    )


@corpus.case("geometry", "wards (GeoJSON)", "a collection of a ward, a line and a point", READ)
def _(trial: Trial) -> None:
    changed = features()
    parts = [
        changed[1]["geometry"],
        {"type": "LineString", "coordinates": RING},
        {"type": "Point", "coordinates": RING[0]},
    ]
    changed[1]["geometry"] = {"type": "GeometryCollection", "geometries": parts}
    put(trial, "w.geojson", geojson(changed))


@corpus.case("geometry", "wards (GeoJSON)", "collections in collections, 5,000 deep", REFUSED)
def _(trial: Trial) -> None:
    deep = '{"type":"GeometryCollection","geometries":[' * 5000 + "]}" * 5000
    put(
        trial,
        "w.geojson",
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"ward_code":"E05000001","ward_name":"a","district":"b"},"geometry":'
        + deep
        + "}]}",
    )


@corpus.case("geometry", "wards (GeoJSON)", "no geometry at all", REFUSED)
def _(trial: Trial) -> None:
    put(trial, "w.geojson", geojson([{**one, "geometry": None} for one in features()]))


@corpus.case("geometry", "wards (GeoJSON)", "a ward of 200,000 corners", READ)
def _(trial: Trial) -> None:
    angles = np.linspace(0, 2 * np.pi, 200_000, endpoint=False)
    middle_x, middle_y = (WEST + EAST) / 2, (SOUTH + NORTH) / 2
    ring = np.column_stack(
        [middle_x + 0.4 * (EAST - WEST) * np.cos(angles), middle_y + 0.4 * (NORTH - SOUTH) * np.sin(angles)]
    )
    corners = ",".join(f"[{x:.9f},{y:.9f}]" for x, y in [*ring, ring[0]])
    text = geojson(features()[:1] + features()[2:])
    one = json.dumps(features()[1]["properties"])
    put(
        trial,
        "w.geojson",
        text[:-2]
        + f',{{"type":"Feature","properties":{one},"geometry":{{"type":"Polygon","coordinates":[[{corners}]]}}}}]}}',
    )


@corpus.case("geometry", "wards (GeoParquet)", "curves, which shapely does not know", REFUSED)
def _(trial: Trial) -> None:
    put_parquet(trial, geometry=[struct.pack("<BII", 1, 10, 0)] * 6)


@corpus.case("geometry", "wards (GeoParquet)", "NaN for corners", REFUSED)
def _(trial: Trial) -> None:
    put_parquet(trial, geometry=[struct.pack("<BIII8d", 1, 3, 1, 4, *[float("nan")] * 8)] * 6)


@corpus.case("geometry", "wards (GeoParquet)", "infinite corners", REFUSED)
def _(trial: Trial) -> None:
    put_parquet(trial, geometry=[struct.pack("<BIII8d", 1, 3, 1, 4, *[float("inf")] * 8)] * 6)


@corpus.case("geometry", "wards (GeoParquet)", "a claim of four thousand million corners", REFUSED)
def _(trial: Trial) -> None:
    put_parquet(trial, geometry=[struct.pack("<BIII", 1, 3, 1, 0xFFFFFFFF)] * 6)


@corpus.case("geometry", "wards (GeoParquet)", "bytes that are no geometry", REFUSED)
def _(trial: Trial) -> None:
    put_parquet(trial, geometry=[b"not a shape"] * 6)


# ---- GeoJSON as a file ----
@corpus.case("deep and torn JSON", "wards (GeoJSON)", "100,000 arrays in each other", REFUSED)
def _(trial: Trial) -> None:
    put(trial, "w.geojson", '{"type":"FeatureCollection","features":' + "[" * 100_000 + "]" * 100_000 + "}")


@corpus.case("deep and torn JSON", "wards (GeoJSON)", "100,000 objects in each other, in a property", REFUSED)
def _(trial: Trial) -> None:
    changed = geojson(features()).replace(
        '"ward_name": "Castle"', '"ward_name": ' + '{"a":' * 100_000 + "1" + "}" * 100_000, 1
    )
    put(trial, "w.geojson", changed)


@corpus.case("deep and torn JSON", "wards (GeoJSON)", "100,000 arrays as coordinates", REFUSED)
def _(trial: Trial) -> None:
    put(trial, "w.geojson", with_geometry("Polygon", "@").replace('"@"', "[" * 100_000 + "]" * 100_000))


TORN: dict[str, str] = {
    "cut off in the middle": geojson(features())[: len(geojson(features())) // 2],
    "an empty object": "{}",
    "an empty array": "[]",
    "no features": geojson([]),
    "features that are no list": '{"type":"FeatureCollection","features":{"a":1}}',
    "features that are numbers": '{"type":"FeatureCollection","features":[1,2,3]}',
    "a million opening brackets": "[" * 10**6,
    "nothing": "",
    "NUL bytes": "\0" * 4096,
    "two documents after each other": geojson(features()) + geojson(features()),
    "properties that are a list": geojson(features()).replace('"properties": {', '"properties": [{', 1),
    "a column a million times": geojson([{**features()[0], "properties": {f"c{n}": n for n in range(20_000)}}]),
    "UTF-16": "",
}
for what, text in TORN.items():
    content = geojson(features()).encode("utf-16") if what == "UTF-16" else text.encode()
    corpus.add(
        "deep and torn JSON",
        "wards (GeoJSON)",
        what,
        REFUSED,
        lambda trial, c=content: put(trial, "w.geojson", c) and None,
    )

SYSTEMS: dict[str, object] = {
    "a link on the web": {"type": "link", "properties": {"href": EVIL, "type": "proj4"}},
    "a name that is an address": {"type": "name", "properties": {"name": EVIL}},
    "a name that is a file": {"type": "name", "properties": {"name": "/etc/passwd"}},
    "an object 5,000 deep": "@",
    "Mars": {"type": "name", "properties": {"name": "IAU_2015:49900"}},
}
for what, system in SYSTEMS.items():
    text = geojson(features(), crs=system).replace('"@"', '{"a":' * 5000 + "1" + "}" * 5000)
    corpus.add(
        "coordinate systems",
        "wards (GeoJSON)",
        what,
        READ if what.startswith("a name") else REFUSED,
        lambda trial, c=text: put(trial, "w.geojson", c) and None,
    )

VRT = '<OGRVRTDataSource><OGRVRTLayer name="w"><SrcDataSource>{source}</SrcDataSource><SrcLayer>w</SrcLayer></OGRVRTLayer></OGRVRTDataSource>'
WRONG: dict[str, bytes] = {
    "a virtual layer on another file": VRT.format(source="wards.geojson").encode(),
    "a virtual layer on the web": VRT.format(source=f"/vsicurl/{EVIL}").encode(),
    "a web feature service": f"<OGRWFSDataSource><URL>{EVIL}</URL></OGRWFSDataSource>".encode(),
    "GML with an external entity": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml">&a;</gml:FeatureCollection>',
    "KML": b'<kml xmlns="http://www.opengis.net/kml/2.2"><NetworkLink><Link><href>http://127.0.0.1:9/</href></Link></NetworkLink></kml>',
    "a web page": b"<!DOCTYPE html><html></html>",
    "a PDF": b"%PDF-1.7\n%%EOF\n",
    "an address and nothing else": EVIL.encode(),
    "a GDAL pipeline": json.dumps(
        {"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read wards.geojson"}
    ).encode(),
    "CSV": b'ward_code,ward_name,district,WKT\nE05000001,a,b,"POLYGON((0 0,1 0,1 1,0 0))"\n',
}
for suffix in (".geojson", ".json", ".gpkg", ".shp", ".parquet", ".zip"):
    for what, wrong in WRONG.items():
        if suffix in (".geojson", ".gpkg") or what in ("a web page", "a virtual layer on another file"):
            corpus.add(
                "wrong kinds",
                f"wards ({suffix})",
                what,
                REFUSED,
                lambda trial, c=wrong, s=suffix: put(trial, f"w{s}", c) and None,
            )


# ---- GeoPackage ----
def put_gpkg(trial: Trial, *, layer: str = "w", spoil: Callable[[sqlite3.Connection], object] = lambda _: None) -> None:
    path = trial.folder / "w.gpkg"
    squares().to_file(path, layer="w")
    with sqlite3.connect(path) as base:
        base.create_function("ST_IsEmpty", 1, lambda _: 0)
        for name in ("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            base.create_function(name, 1, lambda _: 0.0)
        if layer != "w":
            rename_layer(base, layer)
        spoil(base)
    base.close()
    trial.wards = path


def rename_layer(base: sqlite3.Connection, name: str) -> None:
    quoted = name.replace('"', '""')
    base.executescript(
        "".join(
            f'DROP TRIGGER "{one}";' for (one,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        )
    )
    base.executescript(f"ALTER TABLE w RENAME TO \"{quoted}\"; DELETE FROM gpkg_extensions WHERE table_name = 'w';")
    for table in ("gpkg_contents", "gpkg_geometry_columns"):
        base.execute(f"UPDATE {table} SET table_name = ?", [name])


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"


def as_view(base: sqlite3.Connection) -> None:
    base.executescript(
        f"ALTER TABLE w RENAME TO old; CREATE VIEW w AS {ENDLESS} SELECT old.* FROM old, c WHERE c.x < 0;"
    )


def index_as_view(base: sqlite3.Connection) -> None:
    base.executescript(
        f"ALTER TABLE gpkg_contents RENAME TO old; CREATE VIEW gpkg_contents AS {ENDLESS} SELECT old.* FROM old, c WHERE c.x < 0;"
    )


GPKG: dict[str, tuple[str, Callable[[sqlite3.Connection], object]]] = {
    "a layer that is an endless query": (REFUSED, as_view),
    "a table of contents that is an endless query": (REFUSED, index_as_view),
    "triggers that delete and attach": (READ, lambda base: base.executescript("CREATE TRIGGER t AFTER UPDATE ON w BEGIN DELETE FROM gpkg_contents; END;")),
    "a trigger that loads code": (READ, lambda base: base.executescript("CREATE TRIGGER t AFTER INSERT ON w BEGIN SELECT load_extension('evil.so'); END;")),
    "a generated column that swells": (REFUSED, lambda base: base.executescript("ALTER TABLE w RENAME COLUMN ward_name TO n; ALTER TABLE w ADD COLUMN ward_name TEXT AS (hex(zeroblob(500000000)));")),
    "an extension it does not know": (READ, lambda base: base.executescript("CREATE TABLE gpkg_extensions2(a); INSERT INTO gpkg_extensions2 VALUES (1);")),
    "geometry that is text": (REFUSED, lambda base: base.execute("UPDATE w SET geom = 'x'")),
    "no layer": (REFUSED, lambda base: base.execute("DELETE FROM gpkg_contents")),
    "a layer of a table that is not there": (REFUSED, lambda base: base.execute("UPDATE gpkg_contents SET table_name = 'other'")),
    "a definition of its system that is an address": (READ, lambda base: base.execute("UPDATE gpkg_spatial_ref_sys SET definition = ?", [EVIL])),
    "a name that is a blob": (READ, lambda base: base.execute("UPDATE w SET ward_name = x'00ff00ff'")),
    "numbers for codes": (READ, lambda base: base.execute("UPDATE w SET ward_name = 1e300")),
}  # fmt: skip
for what, (outcome, spoil) in GPKG.items():
    corpus.add(
        "hostile databases", "wards (GeoPackage)", what, outcome, lambda trial, s=spoil: put_gpkg(trial, spoil=s)
    )
for what, layer in {
    "SQL": 'w"; DROP TABLE gpkg_contents; --',
    "a line break and an escape": "w\n\x1b[31m",
    "5,000 characters": "w" * 5000,
    "a path": "../../w",
    "an option of GDAL's": "-sql SELECT 1",
}.items():
    corpus.add(
        "hostile databases",
        "wards (GeoPackage)",
        f"a layer called by {what}",
        READ,
        lambda trial, name=layer: put_gpkg(trial, layer=name),
    )


@corpus.case(
    "hostile databases",
    "wards (GeoPackage)",
    "two layers, one called by control characters and a picture",
    REFUSED,
    says="Name one",
)
def _(trial: Trial) -> None:
    put_gpkg(trial, layer="\u202e![x](http://evil.example/x.png)\x1b[2J")
    squares().to_file(trial.folder / "w.gpkg", layer="b" * 500)


@corpus.case("truncated and torn", "wards (GeoPackage)", "cut in half", REFUSED)
def _(trial: Trial) -> None:
    put_gpkg(trial)
    path = Path(trial.wards)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@corpus.case("truncated and torn", "wards (GeoPackage)", "every twentieth byte another", REFUSED)
def _(trial: Trial) -> None:
    put_gpkg(trial)
    path = Path(trial.wards)
    content = bytearray(path.read_bytes())
    content[200::20] = b"\xff" * len(content[200::20])
    path.write_bytes(content)


@corpus.case("truncated and torn", "wards (GeoPackage)", "a journal beside it that undoes everything", REFUSED)
def _(trial: Trial) -> None:
    put_gpkg(trial)
    trial.file("w.gpkg-journal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(1024))
    trial.file("w.gpkg-wal", b"\x37\x7f\x06\x82" + bytes(1024))


# ---- GeoParquet ----
def put_parquet(
    trial: Trial,
    *,
    geometry: list[bytes] | None = None,
    geo: object = None,
    schema: dict[bytes, bytes] | None = None,
    names: pa.Array | None = None,
) -> None:
    wards = squares()
    shapes = geometry or list(shapely.to_wkb(wards.geometry.to_numpy()))
    table = pa.table(
        {
            "ward_code": CODES,
            "ward_name": names if names is not None else NAMES,
            "district": DISTRICTS,
            "geometry": pa.array(shapes, pa.binary()),
        }
    )
    said = {
        "version": "1.0.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": [], "crs": json.loads(wards.crs.to_json())}},
    }
    text = geo if isinstance(geo, bytes) else json.dumps(said if geo is None else geo).encode()
    path = trial.folder / "w.parquet"
    pq.write_table(table.replace_schema_metadata({b"geo": text, **(schema or {})}), path)
    trial.wards = path


GEO: dict[str, object] = {
    "a list": [1, 2], "a number": 1, "no primary column": {"columns": {}}, "a primary column that is not there": {"version": "1.0.0", "primary_column": "x", "columns": {}},
    "a primary column that is a list": {"version": "1.0.0", "primary_column": [["a"]], "columns": {}}, "columns that are a list": {"version": "1.0.0", "primary_column": "geometry", "columns": []},
    "no JSON": b"\xff\xfe{", "100,000 arrays in each other": b"[" * 100_000, "a version of the future": {"version": "99", "primary_column": "geometry", "columns": {"geometry": {"encoding": "magic", "geometry_types": []}}},
    "a system of 10 MB": {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "geometry_types": [], "crs": {"type": "x" * 10**7}}}},
    "a system that is an address": {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "geometry_types": [], "crs": EVIL}}},
}  # fmt: skip
for what, geo in GEO.items():
    corpus.add("hostile metadata", "wards (GeoParquet)", what, REFUSED, lambda trial, g=geo: put_parquet(trial, geo=g))
corpus.add(
    "hostile metadata",
    "wards (GeoParquet)",
    "pandas metadata that is no JSON",
    REFUSED,
    lambda trial: put_parquet(trial, schema={b"pandas": b"{["}),
)
corpus.add(
    "hostile metadata",
    "wards (GeoParquet)",
    "lists for names",
    REFUSED,
    lambda trial: put_parquet(trial, names=pa.array([["a", "b"]] * 6)),
)
corpus.add(
    "hostile metadata",
    "wards (GeoParquet)",
    "records for names",
    REFUSED,
    lambda trial: put_parquet(trial, names=pa.array([{"a": {"b": 1}}] * 6)),
)
corpus.add(
    "hostile metadata",
    "wards (GeoParquet)",
    "bytes for names",
    REFUSED,
    lambda trial: put_parquet(trial, names=pa.array([b"\xff\xfe"] * 6)),
)
corpus.add(
    "hostile metadata",
    "wards (GeoParquet)",
    "names of invalid UTF-8",
    REFUSED,
    lambda trial: put_parquet(trial, names=pa.array([b"\xff\xfe"] * 6).view(pa.string())),
)


class _Touch:
    """What a pickle would do if anything unpickled it."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path(self.path),)  # type: ignore[return-value]


def nothing_ran(trial: Trial) -> None:
    assert not (trial.folder / "code-ran").exists()


@corpus.case(
    "hostile metadata",
    "wards (GeoParquet)",
    "a column of a kind that is a pickle (CVE-2023-47248)",
    READ,
    check=nothing_ran,
)
def _(trial: Trial) -> None:
    bomb = pickle.dumps(_Touch(str(trial.folder / "code-ran")))
    field = pa.field(
        "ward_name",
        pa.string(),
        metadata={b"ARROW:extension:name": b"arrow.py_extension_type", b"ARROW:extension:metadata": bomb},
    )
    put_parquet(trial)
    table = pq.read_table(trial.wards)
    at = table.schema.get_field_index("ward_name")
    pq.write_table(table.set_column(at, field, table.column(at)), trial.wards)


@corpus.case("zip bombs", "wards (GeoParquet)", "two million rows in a few kilobytes", REFUSED)
def _(trial: Trial) -> None:
    put_parquet(trial)
    table = pq.read_table(trial.wards)
    with pq.ParquetWriter(trial.wards, table.schema, compression="zstd") as writer:
        many = table.take(pa.array(np.zeros(10**6, dtype="int64")))
        for _ in range(2):
            writer.write_table(many)


@corpus.case("zip bombs", "wards (GeoParquet)", "one name of 50 MB in a few kilobytes", REFUSED)
def _(trial: Trial) -> None:
    names = pa.array(["x" * (50 * 2**20)] + ["b"] * 5)
    put_parquet(trial, names=names)
    pq.write_table(pq.read_table(trial.wards), trial.wards, compression="zstd", use_dictionary=False)


@corpus.case("truncated and torn", "wards (GeoParquet)", "cut in half", REFUSED)
def _(trial: Trial) -> None:
    put_parquet(trial)
    path = Path(trial.wards)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@corpus.case("truncated and torn", "wards (GeoParquet)", "a footer said to be two gigabytes long", REFUSED)
def _(trial: Trial) -> None:
    put_parquet(trial)
    path = Path(trial.wards)
    path.write_bytes(path.read_bytes()[:-8] + struct.pack("<I", 0x7FFFFFFF) + b"PAR1")


@corpus.case("truncated and torn", "wards (GeoParquet)", "every twentieth byte of its body another", REFUSED)
def _(trial: Trial) -> None:
    put_parquet(trial)
    path = Path(trial.wards)
    content = bytearray(path.read_bytes())
    content[8:400:5] = b"\xff" * len(content[8:400:5])
    path.write_bytes(content)


@corpus.case("wrong kinds", "wards (GeoParquet)", "encrypted", REFUSED)
def _(trial: Trial) -> None:
    put_parquet(trial)
    path = Path(trial.wards)
    path.write_bytes(b"PARE" + path.read_bytes()[4:-4] + b"PARE")


# ---- shapefiles ----
def shapefile(trial: Trial) -> dict[str, bytes]:
    folder = trial.folder / "shp"
    folder.mkdir()
    squares().to_file(folder / "w.shp")
    parts = dict(zip_of(folder, "w"))
    shutil.rmtree(folder)
    return parts


def put_parts(trial: Trial, parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        trial.file(name, content)
    trial.wards = trial.folder / "w.shp"


def setting(content: bytes, at: int, new: bytes) -> bytes:
    return content[:at] + new + content[at + len(new) :]


SHP: dict[str, tuple[str, Callable[[dict[str, bytes]], dict[str, bytes]]]] = {
    "no index": (REFUSED, lambda parts: {name: part for name, part in parts.items() if name != "w.shx"}),
    "no table": (REFUSED, lambda parts: {name: part for name, part in parts.items() if name != "w.dbf"}),
    "a table that claims four thousand million rows": (READ, lambda parts: {**parts, "w.dbf": setting(parts["w.dbf"], 4, b"\xff\xff\xff\x7f")}),
    "a record that claims a thousand million corners": (REFUSED, lambda parts: {**parts, "w.shp": setting(parts["w.shp"], 108 + 40, struct.pack("<I", 10**9))}),
    "an index that points beyond the end": (REFUSED, lambda parts: {**parts, "w.shx": setting(parts["w.shx"], 100, b"\x7f\xff\xff\xff\x7f\xff\xff\xff")}),
    "a table of an encoding called /etc/passwd": (READ, lambda parts: {**parts, "w.cpg": b"/etc/passwd"}),
    "a table in UTF-7": (READ, lambda parts: {**parts, "w.cpg": b"UTF-7"}),
    "a system that is an address": (REFUSED, lambda parts: {**parts, "w.prj": EVIL.encode()}),
    "a system of 10 MB of brackets": (REFUSED, lambda parts: {**parts, "w.prj": b"PROJCS[" * 10**6}),
    "a system that is not UTF-8": (REFUSED, lambda parts: {**parts, "w.prj": setting(parts["w.prj"], 15, b"\x80")}),
    "a heading that is not UTF-8": (REFUSED, lambda parts: {**parts, "w.dbf": setting(parts["w.dbf"], 33, b"\x80")}),
    "cut in half": (REFUSED, lambda parts: {name: part[: len(part) // 2] for name, part in parts.items()}),
}  # fmt: skip
for what, (outcome, spoil_parts) in SHP.items():
    corpus.add(
        "truncated and torn",
        "wards (shapefile)",
        what,
        outcome,
        lambda trial, s=spoil_parts: put_parts(trial, s(shapefile(trial))),
    )
    if what in (
        "no index",
        "cut in half",
        "a system that is not UTF-8",
        "a record that claims a thousand million corners",
    ):
        corpus.add(
            "truncated and torn",
            "wards (zipped shapefile)",
            what,
            outcome,
            lambda trial, s=spoil_parts: put(trial, "w.zip", zipped(s(shapefile(trial)))) and None,
        )

ZIPS: dict[str, tuple[str, Callable[[dict[str, bytes]], bytes]]] = {
    "names that climb out": (REFUSED, lambda parts: zipped({f"../../{name}": part for name, part in parts.items()})),
    "absolute names": (REFUSED, lambda parts: zipped({f"/tmp/{name}": part for name, part in parts.items()})),
    "names with backslashes that climb out": (REFUSED, lambda parts: zipped({f"..\\..\\{name}": part for name, part in parts.items()})),
    "names of devices": (READ, lambda parts: zipped({f"CON/{name}": part for name, part in parts.items()})),
    "names of 5,000 characters": (REFUSED, lambda parts: zipped({"x" * 5000 + name: part for name, part in parts.items()})),
    "names with escapes and a right-to-left override": (REFUSED, lambda parts: zipped({f"\x1b[31m\u202e{name}": part for name, part in parts.items()})),
    "a name that is a way into the web": (REFUSED, lambda parts: zipped({f"vsicurl/{EVIL}/{name}": part for name, part in parts.items()})),
    "a symbolic link for its outlines": (REFUSED, lambda _: made_of([link("w.shp", "/etc/passwd")])),
    "two outlines of one name": (REFUSED, lambda parts: _twice(parts)),
    "an archive in an archive in an archive": (REFUSED, lambda parts: zipped({"a.zip": zipped({"b.zip": zipped(parts)})})),
    "four gigabytes claimed": (REFUSED, lambda parts: claiming(zipped(parts), size=0xFFFFFFF0)),
    "ten bytes claimed": (REFUSED, lambda parts: claiming(zipped(parts), size=10)),
    "600 MB of nothing in its table": (REFUSED, lambda parts: zipped({**parts, "w.dbf": parts["w.dbf"] + bytes(600 * 10**6)})),
    "entries that share one body": (REFUSED, lambda _: overlapping("w.shp", bytes(2**20), times=3000, suffix=".shp")),
    "100,000 entries": (REFUSED, lambda parts: zipped({**parts, **{f"x/{n}": b"" for n in range(100_000)}})),
    "a virtual layer called .geojson": (REFUSED, lambda _: zipped({"w.geojson": VRT.format(source="/etc/passwd").encode()})),
    "cut in half": (REFUSED, lambda parts: zipped(parts)[: len(zipped(parts)) // 2]),
    "nothing": (REFUSED, lambda _: zipped({})),
    "before it a PDF": (READ, lambda parts: b"%PDF-1.7\n%%EOF\n" + zipped(parts)),
}  # fmt: skip


def _twice(parts: dict[str, bytes]) -> bytes:
    import warnings
    import zipfile

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile says that the name is there already
        return made_of([(zipfile.ZipInfo(name), part) for name, part in [*parts.items(), *parts.items()]])


KINDS = {
    "four gigabytes claimed": "zip bombs",
    "ten bytes claimed": "zip bombs",
    "600 MB of nothing in its table": "zip bombs",
    "entries that share one body": "zip bombs",
    "100,000 entries": "zip bombs",
    "an archive in an archive in an archive": "zip bombs",
    "cut in half": "truncated and torn",
    "nothing": "truncated and torn",
    "before it a PDF": "wrong kinds",
    "a virtual layer called .geojson": "wrong kinds",
}
for what, (outcome, pack) in ZIPS.items():
    corpus.add(
        KINDS.get(what, "path tricks"),
        "wards (zipped shapefile)",
        f"an archive: {what}",
        outcome,
        lambda trial, p=pack: put(trial, "w.zip", p(shapefile(trial))) and None,
    )


# ---- names of wards ----
SPOILT_NAMES: dict[str, tuple[str, str]] = {
    "a path": (READ, "../../../../etc/passwd"), "a device": (READ, "CON"), "a NUL": (READ, "Cas\0tle"), "5,000 characters": (REFUSED, "x" * 5000), "10,000 accents": (READ, "e" + "\u0301" * 10_000),
    "100 accents on one letter": (READ, "e" + "\u0301" * 100), "a right-to-left override": (READ, "Castle\u202egpj.exe"), "control characters": (READ, "Cas\x1b[2J\x07tle"), "zero-width characters": (READ, "Cas\u200b\u200dtle"),
    "homoglyphs": (READ, "\u0421astle"), "HTML and script": (READ, "<img src=x onerror=alert(1)>"), "a picture in Markdown": (READ, "![x](http://evil.example/x.png)"), "a formula": (READ, "=cmd|'/C calc'!A0"),
    "a full-width formula": (READ, "\uff1dcmd"), "a lone surrogate": (READ, "\ud800"), "a template": (READ, "{{7*7}}{% for x in y %}"), "line separators": (READ, "Cas\u2028\u2029tle"), "tags that nobody sees": (READ, "Castle\U000e0041\U000e0042"),
    "blanks only": (READ, " \u3000\u00a0 "),
}  # fmt: skip


def name_is_plain(trial: Trial) -> None:
    """Nothing that steers stands in the name that was stored."""
    newest = max(filter(Path.is_dir, trial.store.iterdir()), key=lambda path: path.stat().st_mtime_ns)
    stored = gpd.read_parquet(newest / "wards.parquet")["ward_name"].dropna()
    assert stored.map(str.isprintable).all()
    assert stored.str.len().max() <= 200


def name_wards(names: Sequence[str]) -> Change:
    def change(trial: Trial) -> None:
        changed = features()
        for feature, name in zip(changed, names, strict=False):
            feature["properties"]["ward_name"] = name
        put(trial, "w.geojson", geojson(changed))

    return change


corpus.add("text in fields", "ward name", "5,000 characters", REFUSED, name_wards(["x" * 5000]), says="200 characters")
SHORTER = {what: name for what, (outcome, name) in SPOILT_NAMES.items() if outcome == READ}
for first in range(0, len(SHORTER), 6):
    six = dict(list(SHORTER.items())[first : first + 6])
    said = f"names that are more than text, {first // 6 + 1}"
    corpus.add(
        "text in fields", "ward name", said, READ, name_wards(list(six.values())), check=name_is_plain, covers=six
    )


for what, code in {
    "5,000 characters": "E" * 5000,
    "control characters": "E05\x1b[31m",
    "a formula": "=1+1",
    "HTML": "<b>x</b>",
    "a path": "../../x",
    "a right-to-left override": "E0\u202e5",
}.items():

    @corpus.case("text in fields", "ward code", what, READ if what == "a right-to-left override" else REFUSED)
    def _(trial: Trial, code: str = code) -> None:
        changed = features()
        changed[1]["properties"]["ward_code"] = code
        put(trial, "w.geojson", geojson(changed))


@corpus.case("text in fields", "district", "HTML, and 5,000 characters", REFUSED)
def _(trial: Trial) -> None:
    changed = features()
    changed[1]["properties"]["district"] = "<script>" + "x" * 5000
    put(trial, "w.geojson", geojson(changed))
