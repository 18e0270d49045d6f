import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from data.errors import RefusedInputError, UsageError
from data.readers import read_wards
from data.settings import Wards
from data.tables import Table
from tests.unit.data.reading_samples import CODE_A, CODE_B

SQUARE, NEXT = shapely.box(458_000, 304_000, 459_000, 305_000), shapely.box(459_000, 304_000, 460_000, 305_000)
BOW_TIE = shapely.Polygon([(458_000, 304_000), (459_000, 305_000), (459_000, 304_000), (458_000, 305_000)])


def wards(
    shapes: tuple[shapely.Geometry | None, ...] = (SQUARE, NEXT),
    *,
    codes: tuple[str | None, ...] = (CODE_A, CODE_B),
    **columns: object,
) -> gpd.GeoDataFrame:
    attributes = {
        "WD23CD": codes,
        "WD23NM": ["Abbey", "St Mary's & <b>Castle</b>"],
        "LAD23NM": ["Leicester"] * 2,
        **columns,
    }
    return gpd.GeoDataFrame(attributes, geometry=list(shapes), crs="EPSG:27700")


def read(path: Path, **settings: object) -> Table[gpd.GeoDataFrame]:
    mapped = {"vintage": 2023, "code": "WD23CD", "name": "WD23NM", "district": "LAD23NM"}
    return read_wards(path, Wards.model_validate(mapped | settings))


def write_geojson(folder: Path, frame: gpd.GeoDataFrame, *, member: object = None, name: str = "wards.geojson") -> Path:
    """Write coordinates as they stand, with or without a `crs` member: GDAL would convert them or add one."""
    content = json.loads(frame.to_json(to_wgs84=False, drop_id=True))
    content.pop("crs", None)
    if member:
        content["crs"] = {"type": "name", "properties": {"name": member}}
    path = folder / name
    path.write_text(json.dumps(content))
    return path


def as_geojson(folder: Path) -> Path:
    return write_geojson(folder, wards().to_crs(4326))


def as_geopackage(folder: Path) -> Path:
    wards().to_file(folder / "wards.gpkg", layer="wards")
    return folder / "wards.gpkg"


def as_shapefile(folder: Path) -> Path:
    wards().to_file(folder / "wards.shp", encoding="utf-8")
    return folder / "wards.shp"


def as_zip(folder: Path) -> Path:
    as_shapefile(folder)
    with zipfile.ZipFile(folder / "wards.zip", "w") as archive:
        for part in sorted(folder.glob("wards.[!z]*")):
            archive.write(part, f"Wards (December 2023)/{part.name}")
    return folder / "wards.zip"


def as_geoparquet(folder: Path) -> Path:
    wards().rename_geometry("SHAPE").to_parquet(folder / "wards.parquet")
    return folder / "wards.parquet"


@pytest.mark.parametrize("write", [as_geojson, as_geopackage, as_shapefile, as_zip, as_geoparquet])
def test_every_format_gives_the_same_wards(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    table = read(write(tmp_path))
    assert list(table.rows) == ["ward_code", "ward_name", "district", "geometry", "source_row", "source_file"]
    assert table.rows["ward_code"].tolist() == [CODE_A, CODE_B]
    assert table.rows["ward_name"].tolist() == ["Abbey", "St Mary's & <b>Castle</b>"]
    assert table.rows["source_row"].tolist() == [1, 2]
    assert table.rows.crs.to_epsg() == 27700
    # Degrees in GeoJSON are converted there and back by the same formula.
    assert table.rows.geometry.iloc[0].symmetric_difference(SQUARE).area < 1_000
    assert table.report.rows == {"used": 2}


def test_only_mapped_columns_are_read_and_the_others_are_listed(tmp_path: Path) -> None:
    wards(rank=[1, 2], area=[1.0, 2.0]).to_file(tmp_path / "wards.gpkg", layer="wards")
    assert set(read(tmp_path / "wards.gpkg").report.columns_not_read) == {"rank", "area"}
    wards(FID=[1, 2]).to_parquet(tmp_path / "wards.parquet")
    assert read(tmp_path / "wards.parquet").report.columns_not_read == ("FID",)


def test_rings_that_cross_themselves_are_mended_and_counted(tmp_path: Path) -> None:
    wards((BOW_TIE, NEXT)).to_parquet(tmp_path / "wards.parquet")
    table = read(tmp_path / "wards.parquet")
    assert table.rows.geometry.is_valid.all()
    assert table.rows.geometry.iloc[0].area == pytest.approx(500_000)
    assert table.report.notes == ("Outlines whose rings crossed themselves or each other and were mended: 1.",)


def test_what_has_no_area_is_dropped_from_a_mended_outline(tmp_path: Path) -> None:
    spike = shapely.GeometryCollection([SQUARE, shapely.LineString([(0, 0), (458_000, 304_000)])])
    wards((spike, NEXT)).to_parquet(tmp_path / "wards.parquet")
    rows = read(tmp_path / "wards.parquet").rows
    assert set(rows.geometry.geom_type) <= {"Polygon", "MultiPolygon"}
    assert rows.geometry.area.tolist() == pytest.approx([1_000_000, 1_000_000])


def test_heights_are_dropped(tmp_path: Path) -> None:
    wards((shapely.force_3d(SQUARE, 12.0), NEXT)).to_file(tmp_path / "wards.gpkg")
    assert not read(tmp_path / "wards.gpkg").rows.geometry.has_z.any()


@pytest.mark.parametrize(
    "shape",
    [
        None,
        shapely.Polygon(),
        shapely.Point(458_000, 304_000),
        shapely.LineString([(458_000, 304_000), (459_000, 304_000)]),
    ],
)
def test_a_ward_without_an_area_is_refused_by_its_row(tmp_path: Path, shape: shapely.Geometry | None) -> None:
    wards((SQUARE, shape)).to_parquet(tmp_path / "wards.parquet")
    with pytest.raises(RefusedInputError, match=r"wards\.parquet: no outline with an area in row 2"):
        read(tmp_path / "wards.parquet")


def test_a_code_that_stands_twice_is_refused_by_its_rows(tmp_path: Path) -> None:
    wards(codes=(CODE_A, f"{CODE_A.lower()} ")).to_file(tmp_path / "wards.gpkg")
    with pytest.raises(RefusedInputError, match="rows 1 and 2 have the same code in column 'WD23CD'"):
        read(tmp_path / "wards.gpkg")


def test_a_ward_without_a_code_is_refused_by_its_row(tmp_path: Path) -> None:
    wards(codes=(CODE_A, " ")).to_file(tmp_path / "wards.gpkg")
    with pytest.raises(RefusedInputError, match="no code in row 2"):
        read(tmp_path / "wards.gpkg")


def test_a_blank_name_is_said(tmp_path: Path) -> None:
    wards(WD23NM=["", "Abbey"]).to_file(tmp_path / "wards.gpkg")
    assert [finding.sentence() for finding in read(tmp_path / "wards.gpkg").report.findings] == [
        "wards.gpkg, row 1, column WD23NM: the ward name is blank. Fill it in at the source."
    ]


@pytest.mark.parametrize("suffix", ["gpkg", "shp", "parquet"])
def test_a_missing_reference_system_is_refused_and_cured_by_the_settings(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"wards.{suffix}"
    frame = wards().set_crs(None, allow_override=True)
    if suffix == "parquet":
        frame.to_parquet(path)
    else:
        with pytest.warns(UserWarning, match="crs"):
            frame.to_file(path)
    with pytest.raises(
        RefusedInputError, match=r"does not say its coordinate reference system. Say it under \[wards\] crs"
    ):
        read(path)
    table = read(path, crs="EPSG:27700")
    assert table.rows.geometry.iloc[0].equals(SQUARE)


def test_a_wrong_reference_system_in_the_settings_is_a_sentence(tmp_path: Path) -> None:
    wards().set_crs(None, allow_override=True).to_parquet(tmp_path / "wards.parquet")
    with pytest.raises(UsageError, match=r"\[wards\] crs: 'EPSG:1' is not a coordinate reference system"):
        read(tmp_path / "wards.parquet", crs="EPSG:1")
    with pytest.raises(RefusedInputError, match="these wards do not lie in Great Britain"):
        read(tmp_path / "wards.parquet", crs="EPSG:3857")


def test_metres_in_geojson_without_a_system_are_refused_and_cured_by_the_settings(tmp_path: Path) -> None:
    path = write_geojson(tmp_path, wards())
    with pytest.raises(RefusedInputError, match="GeoJSON is in degrees by its standard, but these coordinates are not"):
        read(path)
    assert read(path, crs="EPSG:27700").rows.geometry.iloc[0].equals(SQUARE)


def test_metres_in_geojson_that_names_its_system_are_read(tmp_path: Path) -> None:
    path = write_geojson(tmp_path, wards(), member="urn:ogc:def:crs:EPSG::27700")
    assert read(path).rows.geometry.iloc[0].equals(SQUARE)


def test_swapped_degrees_are_refused(tmp_path: Path) -> None:
    turned = wards().to_crs(4326)
    turned = turned.set_geometry(
        shapely.transform(turned.geometry.to_numpy(), lambda points: points[:, ::-1]), crs=4326
    )
    with pytest.raises(RefusedInputError, match="do not lie in Great Britain"):
        read(write_geojson(tmp_path, turned))


def test_layers_are_named_where_there_are_several(tmp_path: Path) -> None:
    path = as_geopackage(tmp_path)
    wards().iloc[:1].to_file(path, layer="old wards")
    with pytest.raises(RefusedInputError, match=r"2 layers \('wards', 'old wards'\)"):
        read(path)
    assert len(read(path, layer="old wards").rows) == 1
    with pytest.raises(RefusedInputError, match="there is no layer 'new wards'"):
        read(path, layer="new wards")


def test_a_missing_column_is_said_with_what_stands_there(tmp_path: Path) -> None:
    with pytest.raises(
        RefusedInputError,
        match=r"no column 'WD24CD', which the settings name under \[wards\] code. Did you mean 'WD23CD'",
    ):
        read(as_geopackage(tmp_path), code="WD24CD")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("wards.kml", b"<kml/>", "a .kml file cannot be read here"),
        ("wards.geojson", b"not json", "cannot be read as .geojson"),
        ("wards.gpkg", b"SQLite format 3\0 and then nothing", "cannot be read as .gpkg"),
        ("wards.zip", b"PK nothing", "cannot be read as .zip"),
        ("wards.parquet", b"PAR1", "cannot be read as .parquet"),
        ("wards.geojson", b'{"type": "FeatureCollection", "features": []}', "the file holds no wards|no column"),
        ("wards", b"", "a nameless file cannot be read here"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedInputError, match=what):
        read(tmp_path / name)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RefusedInputError, match="there is no such file"):
        read(tmp_path / "wards.gpkg")


def test_an_archive_of_two_layers_is_a_sentence(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "wards.zip", "w") as archive:
        archive.writestr("a.shp", b"")
        archive.writestr("b.shp", b"")
    with pytest.raises(RefusedInputError, match="the archive holds 2 boundary files"):
        read(tmp_path / "wards.zip")


def test_invented_wards_say_so(tmp_path: Path) -> None:
    wards(provenance=["invented"] * 2).to_file(tmp_path / "wards.gpkg")
    table = read(tmp_path / "wards.gpkg")
    assert table.invented
    assert table.report.columns_not_read == ()


def test_welsh_names_survive_a_shapefile(tmp_path: Path) -> None:
    wards(WD23NM=["Tŷ-nant", "Llŷn"]).to_file(tmp_path / "wards.shp", encoding="utf-8")
    assert read(tmp_path / "wards.shp").rows["ward_name"].tolist() == ["Tŷ-nant", "Llŷn"]


def test_the_outline_is_the_one_of_its_ward(tmp_path: Path) -> None:
    table = read(as_geoparquet(tmp_path))
    assert np.allclose(table.rows.geometry.centroid.x, [458_500, 459_500])


def write_rings(folder: Path, *rings: list[list[float]]) -> Path:
    """Write one ward a ring, in degrees, without a library that would mend or refuse it."""
    features = [
        {
            "type": "Feature",
            "properties": {"WD23CD": f"E0501{number:04d}", "WD23NM": "Abbey", "LAD23NM": "Leicester"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for number, ring in enumerate(rings)
    ]
    path = folder / "wards.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


RING = [[-1.1, 52.6], [-1.0, 52.6], [-1.0, 52.7], [-1.1, 52.7], [-1.1, 52.6]]


def test_a_ring_that_was_left_open_is_closed_and_noted(tmp_path: Path) -> None:
    table = read(write_rings(tmp_path, RING, RING[:-1]))
    assert table.rows.geometry.iloc[0].equals(table.rows.geometry.iloc[1])
    assert table.report.notes == ("wards.geojson: rings of some outlines were left open and have been closed.",)


@pytest.mark.parametrize("ring", [RING[:2], [RING[0]] * 4, [RING[0], [float("nan"), 52.6], *RING[2:]], []])
def test_a_ring_that_cannot_be_mended_is_refused_by_its_row(tmp_path: Path, ring: list[list[float]]) -> None:
    with pytest.raises(RefusedInputError, match="no outline with an area in row 2"):
        read(write_rings(tmp_path, RING, ring))


@pytest.mark.parametrize(("part", "what"), [("shx", "cannot be read as .shp"), ("dbf", "The headings are none")])
def test_a_shapefile_without_one_of_its_parts_is_a_sentence(tmp_path: Path, part: str, what: str) -> None:
    path = as_shapefile(tmp_path)
    path.with_suffix(f".{part}").unlink()
    with pytest.raises(RefusedInputError, match=what):
        read(path)
