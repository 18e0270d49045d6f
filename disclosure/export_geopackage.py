"""GeoPackage of a run, which QGIS opens in the colours of its classes: outlines in EPSG:27700, styles, marking as metadata.

Tables as GeoPackage 1.3 (Open Geospatial Consortium 12-128r17) has them; `layer_styles` as QGIS looks for it.
"""

import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC
from pathlib import Path
from xml.etree import ElementTree

import pyogrio

from disclosure.export_sinks import METRES, Exported
from disclosure.qgis_style import qml_of

QGIS_METADATA = "http://mrcc.com/qgis.dtd"
_STYLES = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
    owner TEXT(30), ui TEXT(30), update_time DATETIME
)
"""
_GEOMETRY = "geom"


def geopackage_file(exported: Exported) -> dict[str, bytes]:
    """Write table, outlines, styles and metadata as one GeoPackage.

    The bytes are the same for the same run, the same GDAL and the same SQLite: whatever holds a time holds that of the snapshot.
    """
    name = f"{exported.name}.gpkg"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        pyogrio.write_dataframe(
            exported.table.to_crs(METRES),
            path,
            layer=exported.name,
            driver="GPKG",
            promote_to_multi=True,
            # Not for the file as a whole: GDAL then puts an .aux.xml beside it as soon as somebody reads it.
            layer_metadata={**exported.origin_in_words(), "origin": exported.origin()},
            geometry_name=_GEOMETRY,
            identifier=exported.title,
            description=" ".join(exported.marking.lines()),
        )
        with closing(sqlite3.connect(path)) as database:
            with database:
                _add_styles(database, exported)
                _add_qgis_metadata(database, exported)
                _set_times(database, exported)
            database.execute("VACUUM")
        return {name: path.read_bytes()}


def _time(exported: Exported) -> str:
    return f"{exported.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def _add_styles(database: sqlite3.Connection, exported: Exported) -> None:
    database.execute(_STYLES)
    columns = (
        "f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault"
    )
    for place, theme in enumerate(exported.themes):
        marked = " ".join(exported.marking.lines())
        row = (
            "",
            "",
            exported.name,
            _GEOMETRY,
            theme.title[:30],
            qml_of(theme),
            "",
            place == 0,
            marked,
            _time(exported),
        )
        database.execute(
            f"INSERT INTO layer_styles ({columns}, description, owner, update_time) VALUES (?,?,?,?,?,?,?,?,?,'',?)",  # noqa: S608
            row,
        )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
        "VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles of QGIS', ?)",
        (_time(exported),),
    )


def _add_qgis_metadata(database: sqlite3.Connection, exported: Exported) -> None:
    """Add what QGIS shows under Information of the layer: title, what it is, and the marking as the limit of its use."""
    said = exported.origin_in_words()
    (place,) = database.execute("SELECT max(id) + 1 FROM gpkg_metadata").fetchone()
    database.execute(
        "INSERT INTO gpkg_metadata (id, md_scope, md_standard_uri, mime_type, metadata) VALUES (?, 'dataset', ?, 'text/xml', ?)",
        (place, QGIS_METADATA, _qmd(exported)),
    )
    database.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, timestamp, md_file_id) VALUES ('table', ?, ?, ?)",
        (exported.name, said["snapshot"], place),
    )


def _qmd(exported: Exported) -> str:
    said = exported.origin_in_words()
    root = ElementTree.Element("qgis", version="3.22.0")
    texts = {
        "identifier": f"{exported.name} of snapshot {said['snapshot']}",
        "type": "dataset",
        "title": exported.title,
        "abstract": f"{said['marking']} {said['window']}. Snapshot {said['snapshot']}. {said['software']}.",
    }
    for name, text in texts.items():
        ElementTree.SubElement(root, name).text = text
    ElementTree.SubElement(root, "constraints", type="use").text = said["marking"]
    return ElementTree.tostring(root, encoding="unicode")


def _set_times(database: sqlite3.Connection, exported: Exported) -> None:
    moment = _time(exported)
    database.execute("UPDATE gpkg_contents SET last_change = ?", (moment,))
    database.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (moment,))
