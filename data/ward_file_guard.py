"""What is asked of a boundary file before GDAL opens it, which reads far more than is read here.

GDAL goes by what a file holds, not by its name: a `.geojson` may be a virtual layer on another file or on the web, a web service,
or name its coordinate system by a link that GDAL then follows. So a file has to be what its name says, and asks nobody.
"""

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

import pyogrio

from data.errors import RefusedInputError

DRIVERS = ("GeoJSON", "GPKG", "ESRI Shapefile")
_FIRST_BYTES = {
    ".gpkg": (b"SQLite format 3\0",),
    ".shp": (b"\0\0\x27\x0a",),
    ".geojson": (b"{", b"\xef\xbb\xbf{"),
    ".json": (b"{", b"\xef\xbb\xbf{"),
}
_A_LETTER = r"(?:{small}|{capital}|\\u00{small_code:02x}|\\u00{capital_code:02x})"
_CRS_KEY = re.compile(
    (
        '"'
        + "".join(
            _A_LETTER.format(small=one, capital=one.upper(), small_code=ord(one), capital_code=ord(one.upper()))
            for one in "crs"
        )
        + r'"\s*:\s*(?=\{)'
    ).encode(),
    re.IGNORECASE,
)
_CHUNK, _LONGEST_SYSTEM = 4 * 2**20, 64 * 2**10

# Nothing is fetched, whatever a file says: should GDAL ask, it asks a port of this machine at which nobody listens.
pyogrio.set_gdal_config_options(
    {
        "GDAL_HTTP_PROXY": "127.0.0.1:9",
        "GDAL_HTTPS_PROXY": "127.0.0.1:9",
        "GDAL_HTTP_TIMEOUT": "1",
        "GDAL_HTTP_CONNECTTIMEOUT": "1",
        "GDAL_HTTP_MAX_RETRY": "0",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    }
)


def check_content(stream: IO[bytes], *, suffix: str, file: str) -> None:
    """Refuse content that is not of the kind that a name ends in, or names its coordinate system by a link.

    Parameters
    ----------
    stream
        The content, from its beginning.
    suffix
        Ending of the name, in small letters.
    file
        For messages.

    Raises
    ------
    RefusedInputError
        Saying which.
    """
    begins = _FIRST_BYTES[suffix]
    first = stream.read(64)
    text = suffix in (".geojson", ".json")
    if not (first.lstrip() if text else first).startswith(begins):
        raise RefusedInputError(
            f"{file}: the file cannot be read as {suffix}: its content is of another kind. Export it again."
        )
    if text and any(map(_leads_elsewhere, _systems(stream, first=first))):
        raise RefusedInputError(
            f"{file}: it names its coordinate system by a link, which is not followed. "
            "Export it in EPSG:4326, or with the name of its system."
        )


def _systems(stream: IO[bytes], *, first: bytes) -> Iterator[bytes]:
    """Give the beginning of every object called `crs`, however its name is written."""
    kept = first
    while chunk := stream.read(_CHUNK):
        kept += chunk
        end = len(kept) - _LONGEST_SYSTEM
        yield from (
            kept[found.end() : found.end() + _LONGEST_SYSTEM] for found in _CRS_KEY.finditer(kept, 0, max(end, 0))
        )
        kept = kept[max(end, 0) :]
    yield from (kept[found.end() : found.end() + _LONGEST_SYSTEM] for found in _CRS_KEY.finditer(kept))


def _leads_elsewhere(text: bytes) -> bool:
    try:
        system, _ = json.JSONDecoder().raw_decode(text.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return True
    named = {str(key).casefold(): value for key, value in system.items()}
    return str(named.get("type", "")).casefold() != "name"


def check_database(path: Path) -> None:
    """Refuse a GeoPackage in which a query stands where a table should: it may never end, or do more than be read.

    Raises
    ------
    RefusedInputError
        Naming nothing that the file holds.
    sqlite3.Error
        If it is damaged.
    """
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        base.execute("PRAGMA trusted_schema = OFF")
        found = base.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        if any(
            kind == "table" and str(name).casefold() == "gpkg_contents" and _is_plain(sql) for kind, name, sql in found
        ):
            listed = {
                str(name).casefold()
                for (name,) in base.execute("SELECT table_name FROM gpkg_contents").fetchmany(10_000)
            }
        else:
            listed = {"gpkg_contents"}
    wanted = {
        name for _, name, _ in found if str(name).casefold().startswith("gpkg_") or str(name).casefold() in listed
    }
    if "gpkg_contents" in listed or any(
        name in wanted and not (kind == "table" and _is_plain(sql)) for kind, name, sql in found
    ):
        raise RefusedInputError(
            f"{path.name}: a layer of this GeoPackage, or its list of layers, is a query and not a table. "
            "Export the wards as a layer of their own."
        )


def _is_plain(sql: object) -> bool:
    """Tell a table of rows from one that computes: generated columns, and tables that a module makes up."""
    text = str(sql)
    return re.search(r"\bvirtual\b|\bgenerated\b|\bas\s*\(", text, re.IGNORECASE) is None


def check_entry(path: Path, entry: zipfile.ZipInfo) -> None:
    """Check the content of an entry of an archive, as `check_content` does."""
    with zipfile.ZipFile(path) as archive, archive.open(entry) as stream:
        check_content(stream, suffix=Path(entry.filename).suffix.lower(), file=path.name)
