"""Ward boundary files of every kind that is read: GeoJSON, GeoPackage, shapefile (zipped too), GeoParquet."""

import json
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
from shapely.errors import GEOSException

from data.errors import RefusedInputError

GEOJSON = (".geojson", ".json")
PARQUET = (".parquet", ".geoparquet")
WARD_SUFFIXES = (*GEOJSON, ".gpkg", ".shp", ".zip", *PARQUET)
_INSIDE_ZIP = (".shp", ".gpkg", ".geojson")


# What damaged or half-copied files make the libraries raise.
_UNREADABLE = (
    OSError,
    ValueError,
    pa.ArrowException,
    pyogrio.errors.DataSourceError,
    zipfile.BadZipFile,
    GEOSException,
)


@dataclass(frozen=True)
class WardFile:
    """The columns of a boundary file, and the way to read some of them."""

    columns: tuple[str, ...]
    read: Callable[[Sequence[str], bool], gpd.GeoDataFrame]
    """Read these columns and the outlines, in `geometry`; if the second argument says so, close rings that are open."""


def open_wards(path: Path, *, layer: str | None) -> WardFile:
    """Look into a boundary file without reading its shapes.

    Raises
    ------
    RefusedInputError
        If it cannot be read, or holds several layers and none is named.
    """
    try:
        return _open_parquet(path) if path.suffix.lower() in PARQUET else _open_vector(path, layer=layer)
    except _UNREADABLE as error:
        raise _unreadable(path.name) from error


def read_outlines(opened: WardFile, columns: Sequence[str], *, file: str) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Read some columns and the outlines, closing rings that were left open, which is then noted.

    Raises
    ------
    RefusedInputError
        If the file turns out to be damaged.
    """
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


def _open_vector(path: Path, *, layer: str | None) -> WardFile:
    source = _inside(path) if path.suffix.lower() == ".zip" else str(path)
    chosen = _layer([str(name) for name, kind in pyogrio.list_layers(source)], layer=layer, file=path.name)
    columns = tuple(str(name) for name in pyogrio.read_info(source, layer=chosen)["fields"])

    def read(wanted: Sequence[str], close: bool) -> gpd.GeoDataFrame:
        how = "fix" if close else "raise"
        frame: gpd.GeoDataFrame = pyogrio.read_dataframe(source, layer=chosen, columns=list(wanted), on_invalid=how)
        return frame

    return WardFile(columns, read)


def _layer(layers: Sequence[str], *, layer: str | None, file: str) -> str:
    listed = ", ".join(f"'{name}'" for name in layers)
    if layer is None and len(layers) != 1:
        raise RefusedInputError(
            f"{file}: the file holds {len(layers)} layers ({listed}). Name one under [wards] layer in the settings."
        )
    if layer is not None and layer not in layers:
        raise RefusedInputError(
            f"{file}: there is no layer '{layer}'; there is {listed}. Correct [wards] layer in the settings."
        )
    return layer or layers[0]


def _inside(path: Path) -> str:
    """Name the one boundary file in an archive, wherever it lies in it."""
    with zipfile.ZipFile(path) as archive:
        names = [PurePosixPath(name) for name in archive.namelist()]
    found = [name for name in names if name.suffix.lower() in _INSIDE_ZIP and "__MACOSX" not in name.parts]
    if len(found) != 1:
        raise RefusedInputError(
            f"{path.name}: the archive holds {len(found)} boundary files where one is wanted ({', '.join(_INSIDE_ZIP)}). "
            "Unpack it and name one."
        )
    return f"/vsizip/{path.resolve()}/{found[0]}"


def _open_parquet(path: Path) -> WardFile:
    schema = pq.read_schema(path)
    described = (schema.metadata or {}).get(b"geo")
    if not described:
        raise RefusedInputError(f"{path.name}: this Parquet file says nothing of geometry. Write it as GeoParquet.")
    shape = str(json.loads(described)["primary_column"])

    def read(wanted: Sequence[str], _close: bool) -> gpd.GeoDataFrame:
        frame = gpd.read_parquet(path, columns=[*wanted, shape])
        return frame if shape == "geometry" else frame.rename_geometry("geometry")

    return WardFile(tuple(schema.names), read)
