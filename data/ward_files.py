"""Ward boundary files of every kind that is read: GeoJSON, GeoPackage, shapefile (zipped too), GeoParquet."""

import json
import sqlite3
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from shapely.errors import GEOSException

from data.archives import entries_of
from data.errors import RefusedInputError
from data.input_guard import regular_size
from data.limits_settings import LIMITS, Limits, how_to_raise
from data.parquet_guard import check_text_columns
from data.ward_file_guard import DRIVERS, check_content, check_database, check_entry

GEOJSON = (".geojson", ".json")
PARQUET = (".parquet", ".geoparquet")
WARD_SUFFIXES = (*GEOJSON, ".gpkg", ".shp", ".zip", *PARQUET)
_INSIDE_ZIP = (".shp", ".gpkg", ".geojson")
_LAYERS_NAMED, _NAME_SHOWN = 20, 80


# What damaged or half-copied files make the libraries raise.
_UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    NameError,  # pyogrio's answer to a .prj or a field's name that is not UTF-8
    ArithmeticError,
    RuntimeError,  # those of pyogrio and of recursion among them
    EOFError,
    pa.ArrowException,
    zipfile.BadZipFile,
    sqlite3.Error,
    GEOSException,
)


@dataclass(frozen=True)
class WardFile:
    """The columns of a boundary file, and the way to read some of them."""

    columns: tuple[str, ...]
    wards: int
    """How many features it says that it holds."""
    read: Callable[[Sequence[str], bool], gpd.GeoDataFrame]
    """Read these columns and the outlines, in `geometry`; if the second argument says so, close rings that are open."""
    notes: tuple[str, ...] = ()
    """What is to be said of where it comes from."""


def open_wards(path: Path, *, layer: str | None, limits: Limits = LIMITS) -> WardFile:
    """Look into a boundary file without reading its shapes.

    Raises
    ------
    RefusedInputError
        If it cannot be read, is not what its name says, holds more than is read, or several layers and none is named.
    """
    try:
        opened = (
            _open_parquet(path, limits=limits)
            if path.suffix.lower() in PARQUET
            else _open_vector(path, layer=layer, limits=limits)
        )
    except _UNREADABLE as error:
        raise _unreadable(path.name) from error
    for what, there, limit in (("wards", opened.wards, "wards"), ("columns", len(opened.columns), "columns")):
        if there > getattr(limits, limit):
            raise RefusedInputError(
                f"{path.name}: the file has {there:,} {what}, more than are read. "
                + how_to_raise(limit, to=getattr(limits, limit))
            )
    return opened


def read_outlines(
    opened: WardFile, columns: Sequence[str], *, file: str, limits: Limits = LIMITS
) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Read some columns and the outlines, closing rings that were left open, which is then noted.

    Raises
    ------
    RefusedInputError
        If the file turns out to be damaged, or its outlines have more corners than are read.
    """
    frame, notes = _read(opened, columns, file=file)
    corners = int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum())
    if corners > limits.vertices:
        raise RefusedInputError(
            f"{file}: the outlines have {corners:,} corners, more than are read. Take generalised boundaries. "
            + how_to_raise("vertices", to=limits.vertices)
        )
    return frame, (*opened.notes, *notes)


def _read(opened: WardFile, columns: Sequence[str], *, file: str) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    with warnings.catch_warnings():
        # GDAL and GEOS warn of rings and numbers that are mended or refused further on, ward by ward.
        warnings.simplefilter("ignore")
        try:
            return opened.read(columns, False), ()
        except GEOSException:
            pass
        except _UNREADABLE as error:
            raise _unreadable(file) from error
        try:
            return opened.read(columns, True), (f"{file}: rings of some outlines were left open and have been closed.",)
        except _UNREADABLE as error:
            raise _unreadable(file) from error


def _unreadable(file: str) -> RefusedInputError:
    return RefusedInputError(
        f"{file}: the file cannot be read as {Path(file).suffix}; it may be damaged or incomplete. Save or download it again."
    )


def _open_vector(path: Path, *, layer: str | None, limits: Limits) -> WardFile:
    source = _inside(path, limits=limits) if path.suffix.lower() == ".zip" else _checked(path)
    chosen = _layer([str(name) for name, kind in pyogrio.list_layers(source)], layer=layer, file=path.name)
    said = pyogrio.read_info(source, layer=chosen)
    if said["driver"] not in DRIVERS:
        raise _unreadable(path.name)
    columns = tuple(str(name) for name in said["fields"])

    def read(wanted: Sequence[str], close: bool) -> gpd.GeoDataFrame:
        how = "fix" if close else "raise"
        frame: gpd.GeoDataFrame = pyogrio.read_dataframe(source, layer=chosen, columns=list(wanted), on_invalid=how)
        if not isinstance(frame, gpd.GeoDataFrame):
            raise RefusedInputError(
                f"{path.name}: the layer '{chosen[:_NAME_SHOWN]}' has no outlines. Name another one."
            )
        return frame

    return WardFile(columns, int(said["features"]), read)


def _checked(path: Path) -> str:
    """Look into a file and those beside it; say how GDAL is to open it."""
    suffix = path.suffix.lower()
    with path.open("rb") as stream:
        check_content(stream, suffix=suffix, file=path.name)
    if suffix == ".gpkg":
        check_database(path)
    if suffix == ".shp":
        for beside in (".shx", ".dbf", ".prj", ".cpg"):
            other = path.with_suffix(beside)
            if other.is_symlink() or other.exists():
                regular_size(other)
    return f"GeoJSON:{path}" if suffix in GEOJSON else str(path)


def _layer(layers: Sequence[str], *, layer: str | None, file: str) -> str:
    listed = ", ".join(f"'{name[:_NAME_SHOWN]}'" for name in layers[:_LAYERS_NAMED])
    if layer is None and len(layers) != 1:
        raise RefusedInputError(
            f"{file}: the file holds {len(layers)} layers ({listed}). Name one under [wards] layer in the settings."
        )
    if layer is not None and layer not in layers:
        raise RefusedInputError(
            f"{file}: there is no layer '{layer}'; there is {listed}. Correct [wards] layer in the settings."
        )
    return layer or layers[0]


def _inside(path: Path, *, limits: Limits) -> str:
    """Name the one boundary file in an archive, wherever it lies in it."""
    entries = entries_of(path, most_megabytes=limits.file_megabytes, limit="file_megabytes")
    names = {entry: PurePosixPath(entry.filename) for entry in entries}
    found = [one for one, name in names.items() if name.suffix.lower() in _INSIDE_ZIP and "__MACOSX" not in name.parts]
    if len(found) != 1:
        raise RefusedInputError(
            f"{path.name}: the archive holds {len(found)} boundary files where one is wanted ({', '.join(_INSIDE_ZIP)}). "
            "Unpack it and name one."
        )
    check_entry(path, found[0])
    return f"/vsizip/{path.resolve()}/{found[0].filename}"


def _open_parquet(path: Path, *, limits: Limits) -> WardFile:
    with pq.ParquetFile(path) as opened:
        schema, said = opened.schema_arrow, opened.metadata
    described = (schema.metadata or {}).get(b"geo")
    if not described:
        raise RefusedInputError(f"{path.name}: this Parquet file says nothing of geometry. Write it as GeoParquet.")
    shape = str(json.loads(described)["primary_column"])

    def read(wanted: Sequence[str], _close: bool) -> gpd.GeoDataFrame:
        check_text_columns(wanted, schema=schema, said=said, file=path.name, limits=limits)
        frame = gpd.read_parquet(path, columns=[*wanted, shape])
        return frame if shape == "geometry" else frame.rename_geometry("geometry")

    return WardFile(tuple(schema.names), said.num_rows, read)
