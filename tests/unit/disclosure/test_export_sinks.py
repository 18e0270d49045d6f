"""Each kind of file read back: the same rows, outlines where they were, marking, snapshot and version in it, the same bytes."""

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest

from disclosure.audiences import Audience
from disclosure.export_geopackage import geopackage_file
from disclosure.export_geoparquet import geoparquet_file
from disclosure.export_sinks import csv_file, geojson_file
from disclosure.export_workbook import workbook_file
from tests.exported import SNAPSHOT, all_patterns, make_exported

BOTH = [Audience.ANALYST, Audience.INSPECTOR]
SINKS = [csv_file, geojson_file, geopackage_file, geoparquet_file, workbook_file]
OFFICIAL = "OFFICIAL-SENSITIVE. Do not forward & keep."


def only(files):
    ((_, content),) = files.items()
    return content


def same_rows(found, exported):
    wanted = exported.attributes
    assert list(found) == list(wanted)
    pd.testing.assert_frame_equal(pd.DataFrame(found), wanted, check_dtype=False, check_names=False)


@pytest.fixture
def package(tmp_path):
    """Write a GeoPackage; give its path."""

    def written(exported):
        path = tmp_path / "overlap.gpkg"
        path.write_bytes(only(geopackage_file(exported)))
        return path

    return written


@pytest.mark.parametrize("sink", SINKS, ids=lambda one: one.__name__)
def test_the_same_run_gives_the_same_bytes_later_too(sink, monkeypatch):
    time_machine = pytest.importorskip("time_machine")
    first = sink(make_exported())
    with time_machine.travel("2031-05-06 07:08:09", tick=False):
        assert sink(make_exported()) == first


@pytest.mark.parametrize("audience", BOTH)
def test_a_geopackage_comes_back_with_the_same_rows_in_metres(package, audience):
    exported = make_exported(audience)
    found = gpd.read_file(package(exported), layer="overlap")
    assert found.crs == "EPSG:27700"
    same_rows(found.drop(columns="geometry"), exported)
    assert found.total_bounds == pytest.approx([450_000, 300_000, 454_000, 301_000], abs=0.01)


def test_a_geopackage_says_its_marking_where_gdal_and_qgis_look(package):
    path = package(make_exported())
    info = pyogrio.read_info(path, layer="overlap")
    assert info["layer_metadata"]["marking"].startswith(OFFICIAL)
    assert info["layer_metadata"]["snapshot"] == SNAPSHOT
    assert info["layer_metadata"]["software"] == "Ward Overlap 0.1.0"
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert json.loads(info["layer_metadata"]["origin"])["settings"]["analysis"] == {"threshold": 1.5}
    with closing(sqlite3.connect(path)) as database:
        (described,) = database.execute("SELECT description FROM gpkg_contents WHERE table_name = 'overlap'").fetchone()
        of_qgis = "SELECT metadata FROM gpkg_metadata WHERE md_standard_uri = 'http://mrcc.com/qgis.dtd'"
        (qmd,) = database.execute(of_qgis).fetchone()
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert described.startswith(OFFICIAL)
    assert (ElementTree.fromstring(qmd).findtext("constraints") or "").startswith(OFFICIAL)


def test_styles_are_where_qgis_looks_and_the_class_is_the_usual_one(package):
    path = package(make_exported())
    styles = pyogrio.read_dataframe(path, layer="layer_styles", read_geometry=False)
    assert styles["f_table_name"].tolist() == ["overlap", "overlap"]
    assert styles["f_geometry_column"].tolist() == ["geom", "geom"]
    assert styles["styleName"].tolist() == ["Overlap", "How certain that both are high"]
    assert styles["useAsDefault"].tolist() == [True, False]
    assert [name for name, _ in pyogrio.list_layers(path)] == ["overlap", "layer_styles"]


def test_every_class_of_a_theme_has_its_fill_and_pattern_in_the_style(package):
    exported = all_patterns()
    styles = pyogrio.read_dataframe(package(exported), layer="layer_styles", read_geometry=False)
    renderer = ElementTree.fromstring(styles["styleQML"][0].partition("\n")[2]).find("renderer-v2")
    assert renderer is not None
    assert renderer.get("attr") == "class"
    assert {one.get("value") for one in renderer.iter("category")} == set(exported.table["class"])
    drawn = {}
    for category in renderer.iter("category"):
        symbol = renderer.find(f"symbols/symbol[@name='{category.get('symbol')}']")
        fill, pattern = symbol.findall("layer")
        assert fill.find(".//Option[@name='color']").get("value") == "236,238,241,255"
        kind = pattern.get("class"), pattern.find("symbol/layer//Option[@name='name']")
        drawn[category.get("value")] = kind[0], None if kind[1] is None else kind[1].get("value")
    assert drawn == {
        "hatch": ("LinePatternFill", None),
        "dots": ("PointPatternFill", "circle"),
        "plus": ("PointPatternFill", "cross_fill"),
        "minus": ("PointPatternFill", "line"),
    }


@pytest.mark.parametrize("audience", BOTH)
def test_a_geoparquet_comes_back_with_the_same_rows_and_says_where_it_came_from(audience):
    exported = make_exported(audience)
    content = only(geoparquet_file(exported))
    found = gpd.read_parquet(io.BytesIO(content))
    assert found.crs == "EPSG:27700"
    same_rows(found.drop(columns="geometry"), exported)
    said = pq.read_schema(pa.BufferReader(content)).metadata
    assert said[b"ward_overlap:marking"].decode().startswith(OFFICIAL)
    assert said[b"ward_overlap:snapshot"].decode() == SNAPSHOT
    assert said[b"ward_overlap:software"] == b"Ward Overlap 0.1.0"
    assert json.loads(said[b"ward_overlap:origin"])["question"]["threshold"] == 1.5


@pytest.fixture
def workbook():
    def opened(exported):
        return openpyxl.load_workbook(io.BytesIO(only(workbook_file(exported))))

    return opened


def test_a_workbook_has_notes_first_that_say_marking_snapshot_settings_and_every_column(workbook):
    exported = make_exported()
    notes = workbook(exported).worksheets[0]
    assert notes.title == "Notes"
    assert notes["A1"].value == OFFICIAL
    said = {row[0]: row[1] for row in notes.iter_rows(values_only=True) if row[0]}
    assert said["Snapshot of the data"] == SNAPSHOT
    assert said["Period"] == exported.window
    assert said["Boundaries"] == "Contains OS data & more."
    assert not [name for name in exported.attributes if not said[name]]
    assert said["How to read it"].startswith("High is a true risk above 1.5 times the area's")
    assert (said["settings, analysis, threshold"], said["versions, numpy"]) == ("1.5", "2.0.0")
    assert said["window, quarters"] == str(exported.facts["window"]["quarters"])
    assert "question, concerns" not in said
    assert not [
        text for row in notes.iter_rows(values_only=True) for text in row if text and re.search(r'[{}\[\]]|": ', text)
    ]


@pytest.mark.parametrize("audience", BOTH)
def test_a_workbook_comes_back_with_the_same_figures(workbook, audience):
    exported = make_exported(audience)
    rows = list(workbook(exported)["Figures"].iter_rows(values_only=True))
    found = pd.DataFrame(rows[1:], columns=rows[0])
    for name, column in exported.attributes.items():
        given = column.where(column != "", None).tolist()
        for one, other in zip(found[name].tolist(), given, strict=True):
            if isinstance(one, float) or (one is None and pd.isna(other)):
                assert other == pytest.approx(one, nan_ok=True) if one is not None else True, name
            else:
                assert str(one) == str(other), name


def test_a_workbook_is_frozen_marked_in_print_and_has_no_formula(workbook):
    book = workbook(make_exported())
    sheet = book["Figures"]
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    for one in book.worksheets:
        assert one.oddHeader.center.text == OFFICIAL.replace("&", "&&")
        assert "OFFICIAL-SENSITIVE" in one.oddFooter.center.text
        assert {cell.data_type for row in one.iter_rows() for cell in row} <= {"s", "n", "b"}
    formats = {cell.value: sheet.cell(2, place).number_format for place, cell in enumerate(sheet[1], start=1)}
    assert formats["probability_both"] == "0.000"
    assert formats["observed_referrals"] == "#,##0"


@pytest.mark.parametrize("evil", ["=HYPERLINK(1)", "+x", "@x", "\x07=1"])
def test_a_text_that_would_be_a_formula_stays_one_in_a_workbook(workbook, evil):
    exported = make_exported()
    table = exported.table.assign(ward_name=[evil, "b", "c", "d"])
    cell = workbook(make_exported(table=table))["Figures"]["B2"]
    assert cell.data_type == "s"
    assert cell.value.startswith(("'", "="))


def test_a_small_count_is_in_no_kind_of_file_of_an_audience_without_exact_ones(package):
    exported = make_exported(Audience.INSPECTOR)
    found = gpd.read_file(package(exported), layer="overlap")
    assert found["observed_referrals"].tolist()[1:] == ["7 or fewer"] * 3
    assert not [name for name in found if name.startswith(("expected", "rate", "relative_risk_low"))]


QGIS = """
import sys
from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(sys.argv[1] + "|layername=overlap", "overlap", "ogr")
renderer = layer.renderer()
print(layer.isValid(), renderer.type(), getattr(renderer, "classAttribute", str)(), layer.crs().authid())
print(*(f"{one.value()}={one.symbol().color().name()}" for one in renderer.categories()), sep="; ")
print(layer.metadata().constraints()[0].constraint)
settings = QgsMapSettings()
settings.setLayers([layer])
settings.setDestinationCrs(layer.crs())
settings.setBackgroundColor(QColor("white"))
settings.setOutputSize(QSize(800, 260))
settings.setExtent(layer.extent().buffered(100))
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
job.renderedImage().save(sys.argv[2])
"""
"""For the Python that QGIS comes with, which is not ours."""


def in_qgis(path: Path, picture: Path) -> list[str]:
    """What QGIS says of a GeoPackage; skips where there is none."""
    python = "/usr/bin/python3"
    clean = {"PATH": os.defpath, "QT_QPA_PLATFORM": "offscreen", "HOME": tempfile.gettempdir()}
    if not Path(python).exists() or sys.platform != "linux":
        pytest.skip("no Python of the system here, so no QGIS to ask")
    known = subprocess.run([python, "-c", "import qgis.core"], env=clean, capture_output=True, check=False)
    if known.returncode:
        pytest.skip("QGIS is not installed here (Debian: python3-qgis)")
    run = subprocess.run(
        [python, "-c", QGIS, path, picture], env=clean, capture_output=True, text=True, check=True, timeout=120
    )
    return run.stdout.splitlines()


def test_qgis_itself_opens_it_styled_by_class_and_marked(package, tmp_path):
    said = in_qgis(package(make_exported()), tmp_path / "drawn.png")
    assert said[0] == "True categorizedSymbol class EPSG:27700"
    assert "high on both=#801650" in said[1]
    assert said[2].startswith(OFFICIAL)
    assert (tmp_path / "drawn.png").stat().st_size > 1_000
