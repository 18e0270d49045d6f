"""Kinds of file that `run` can write, by the ending that people know them by."""

from typing import TYPE_CHECKING

from data.errors import UsageError

if TYPE_CHECKING:
    from disclosure.export_sinks import Sink

FORMATS = ("csv", "geojson", "gpkg", "parquet", "xlsx", "png", "svg")
USUAL = "csv,geojson"
_OTHER_NAMES = {"geoparquet": "parquet", "geopackage": "gpkg", "excel": "xlsx"}
"""By which the documents call them."""


def parse_formats(text: str) -> list[str]:
    """Read a list such as `csv,gpkg`; each kind once, in the order of `FORMATS`, whichever of its names is given.

    Raises
    ------
    UsageError
        If one is not known, or none is named.
    """
    named = {one.strip().lower().lstrip(".") for one in text.split(",") if one.strip()}
    asked = {_OTHER_NAMES.get(one, one) for one in named}
    if not asked or not asked <= set(FORMATS):
        raise UsageError(f"--format: choose among {', '.join(FORMATS)}, with commas between them.")
    return [one for one in FORMATS if one in asked]


def sinks_of(formats: list[str]) -> "list[Sink]":
    """Give what writes each kind."""
    from briefing.exported_map import png_files, svg_files
    from disclosure.export_geopackage import geopackage_file
    from disclosure.export_geoparquet import geoparquet_file
    from disclosure.export_sinks import csv_file, geojson_file
    from disclosure.export_workbook import workbook_file

    writers: dict[str, Sink] = {
        "csv": csv_file,
        "geojson": geojson_file,
        "gpkg": geopackage_file,
        "parquet": geoparquet_file,
        "xlsx": workbook_file,
        "png": png_files,
        "svg": svg_files,
    }
    return [writers[one] for one in formats]
