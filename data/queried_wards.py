"""Ward boundaries that a query gave: WKB as PostGIS and other databases write it (with the SRID or without), or WKT."""

import re
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from data.errors import RefusedInputError
from data.queried import QueriedTable
from data.ward_files import WardFile

_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")
_NAMED = 5


def open_queried_wards(table: QueriedTable) -> WardFile:
    """Give what a query gave as a boundary file.

    Raises
    ------
    RefusedInputError
        When it is read: if outlines are of several coordinate systems, or of one that is not known.
    """
    assert table.outline is not None  # the query was run for wards
    outline = table.outline
    columns = tuple(heading for place, heading in enumerate(table.headings) if place != outline)

    def read(wanted: Sequence[str], close: bool) -> gpd.GeoDataFrame:
        rows = list(table.read_rows())
        places = {heading: table.headings.index(heading) for heading in wanted}
        texts = {heading: pd.Series([row[at] for row in rows], dtype="str") for heading, at in places.items()}
        try:
            shapes = _shapes([row[outline] for row in rows], close=close)
        except NotImplementedError:
            raise RefusedInputError(
                f"{table.name}: outlines have curves. Write ST_CurveToLine(…) around them in the query."
            ) from None
        system = _system(shapes, file=table.name)
        return gpd.GeoDataFrame(texts, geometry=gpd.GeoSeries(shapes, crs=system), index=range(len(rows)))

    return WardFile(columns, table.rows, read, (table.note,))


def _shapes(texts: Sequence[str | None], *, close: bool) -> NDArray[np.object_]:
    """Read outlines; one that cannot be read is none, and is refused by its row later on."""
    raw = np.array([bytes.fromhex(text) if text and _HEX.fullmatch(text) else None for text in texts], dtype=object)
    words = np.array([text if text and not _HEX.fullmatch(text) else None for text in texts], dtype=object)
    if not close:  # raises where a ring is left open: whoever asked then asks for them to be closed
        _refuse_open_rings(raw, words)
    shapes = shapely.from_wkb(raw, on_invalid="fix")
    written = shapely.from_wkt(words, on_invalid="fix")
    return np.where(shapely.is_missing(shapes), written, shapes)


def _refuse_open_rings(raw: NDArray[np.object_], words: NDArray[np.object_]) -> None:
    """Raise GEOSException where rings can be closed; what is no outline at all stays for its own sentence."""
    for read, given in ((shapely.from_wkb, raw), (shapely.from_wkt, words)):
        broken = shapely.is_missing(read(given, on_invalid="ignore")) & (given != np.array(None))
        mended = ~shapely.is_missing(read(given[broken], on_invalid="fix"))
        if mended.any():
            read(given[broken][mended], on_invalid="raise")


def _system(shapes: NDArray[np.object_], *, file: str) -> CRS | None:
    """Find the coordinate system that the outlines name; none if they name none."""
    named = sorted({int(one) for one in shapely.get_srid(shapes[~shapely.is_missing(shapes)])} - {0})
    if len(named) > 1:
        listed = ", ".join(map(str, named[:_NAMED]))
        raise RefusedInputError(
            f"{file}: its outlines are of several coordinate systems (SRID {listed}). "
            "Write ST_Transform(…, 27700) around them in the query."
        )
    try:
        return CRS.from_epsg(named[0]) if named else None
    except CRSError:
        raise RefusedInputError(
            f"{file}: the coordinate system of its outlines (SRID {named[0]}) is none of EPSG's. "
            "Write ST_Transform(…, 27700) around them in the query, or ST_SetSRID with the right one."
        ) from None
