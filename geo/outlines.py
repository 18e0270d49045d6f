"""Ward outlines for drawing: simplified together, in longitude and latitude, small enough to send to a browser."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from geo.ward_checks import check_wards, outlines_of

DECIMALS = 5
"""Of a degree: about a metre."""
_LEAST_AREA = 0.25 * 10.0 ** (-2 * DECIMALS)
"""Square degrees: half of the smallest triangle that the decimals can hold."""
_SPECK = 2.0
"""Metres."""
_DRAWING_CRS = "EPSG:4326"
_METRES = "EPSG:27700"
_STEPS = (0.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0)
_BYTES_PER_VERTEX = 20
_BYTES_PER_WARD = 130
_GAP = 5.0
"""Metres. Gaps narrower than this between wards are digitising, not geography, and are closed before simplifying."""


def simplify_outlines(wards: gpd.GeoDataFrame, *, tolerance: float | None = None) -> gpd.GeoDataFrame:
    """Simplify outlines so that borders shared by two wards stay shared.

    All outlines are simplified as one coverage, in EPSG:27700 (Visvalingam and Whyatt 1993, as `shapely.coverage_simplify`
    does it). Outlines that overlap or do not meet are first cleaned (`shapely.coverage_clean`): an overlap goes to the
    ward with which it shares the longest border, gaps up to 5 m are closed. This is for drawing only; nothing is
    counted or measured on these outlines.

    Parameters
    ----------
    wards : (n,) GeoDataFrame
        `ward_code`, `ward_name`, `district` and outlines in a projected CRS in metres.
    tolerance
        Metres: bends that span less than about its square are left out. Without it the least of 0, 5, 10, 20, ... 640 m
        at which the file stays within `size_budget`; boundaries that are generalised already often need none.

    Returns
    -------
    GeoDataFrame
        `ward_code`, `ward_name`, `district`, `geometry` in EPSG:4326 with 5 decimals; the wards in the same order.
        No outline is empty: where one would vanish the ward's unsimplified outline stands, and a square of a
        few metres for a ward too small even for that.

    Raises
    ------
    RefusedInputError
        If the wards cannot be used.
    """
    check_wards(wards)
    whole = _as_coverage(outlines_of(wards.to_crs(_METRES)))
    steps = _STEPS if tolerance is None else (tolerance,)
    degrees = _simplified(whole, steps=steps, most=size_budget(len(wards)))
    columns = wards[["ward_code", "ward_name", "district"]].reset_index(drop=True)
    return gpd.GeoDataFrame(columns, geometry=degrees, crs=_DRAWING_CRS)


def size_budget(wards: int) -> int:
    """Say how many bytes of GeoJSON outlines may take: 350 kB for 176 wards, 4.5 MB for 7,624."""
    return int(350_000 * (wards / 176) ** 0.68)


def outlines_geojson(outlines: gpd.GeoDataFrame) -> str:
    """Write outlines as compact GeoJSON that can stand in a script: geometry, `code`, `name`, `district`, never a value.

    Parameters
    ----------
    outlines : (n,) GeoDataFrame
        As `simplify_outlines` returns it.

    Returns
    -------
    str
        A FeatureCollection with the features in row order. ASCII only, and `<`, `>` and `&` escaped, so that no name
        can end a script element or open a comment.
    """
    names = zip(outlines["ward_code"], outlines["ward_name"], outlines["district"], strict=True)
    features = [
        {
            "type": "Feature",
            "properties": {"code": _text(code), "name": _text(name), "district": _text(district)},
            "geometry": shapely.geometry.mapping(shape),
        }
        for (code, name, district), shape in zip(names, outlines.geometry, strict=True)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _text(value: object) -> str | None:
    return None if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _as_coverage(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    if shapely.coverage_is_valid(outlines):
        return outlines
    cleaned = shapely.coverage_clean(outlines, gap_width=_GAP)  # type: ignore[attr-defined]  # newer than its stubs
    # A ward that lies wholly under others would be cleaned away; torn borders are better than a ward that is not drawn.
    return np.where(shapely.is_empty(cleaned), outlines, cleaned)


def _simplified(whole: NDArray[np.object_], *, steps: tuple[float, ...], most: int) -> NDArray[np.object_]:
    unsimplified = degrees = _to_degrees(whole)
    thinner = whole
    for step in steps:
        if step > 0:
            # Each step goes on from the one before, which is fine enough and much quicker on detailed boundaries.
            thinner = shapely.coverage_simplify(thinner, step)
            degrees = _to_degrees(thinner)
        if _size(degrees) <= most:
            break
    drawn = np.where(shapely.is_empty(degrees), unsimplified, degrees)
    gone = shapely.is_empty(drawn)
    if gone.any():
        drawn[gone] = _specks(whole[gone])
    return drawn


def _specks(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Give a square of a few metres for each outline: for one that is too small for the decimals."""
    return _to_degrees(shapely.envelope(shapely.buffer(outlines, _SPECK)))


def _size(degrees: NDArray[np.object_]) -> int:
    return int(shapely.get_num_coordinates(degrees).sum()) * _BYTES_PER_VERTEX + len(degrees) * _BYTES_PER_WARD


def _to_degrees(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Convert to longitude and latitude and round, each vertex by itself, so that shared borders stay shared."""
    degrees = outlines_of(gpd.GeoDataFrame(geometry=outlines, crs=_METRES).to_crs(_DRAWING_CRS))
    rounded = shapely.transform(degrees, lambda xy: np.round(xy, DECIMALS))
    flat = _flat_rings(rounded)
    rounded[flat] = [_without_flat_rings(outline) for outline in rounded[flat]]
    return np.asarray(shapely.orient_polygons(shapely.remove_repeated_points(rounded)), dtype=np.object_)


def _flat_rings(outlines: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Say which outlines have a ring that rounding has left without an inside."""
    parts, outline = shapely.get_parts(outlines, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    flat = np.zeros(len(outlines), dtype=np.bool_)
    flat[outline[part[shapely.area(shapely.polygons(rings)) < _LEAST_AREA]]] = True
    return flat


def _without_flat_rings(outline: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    kept = [
        Polygon(part.exterior, [hole for hole in part.interiors if Polygon(hole).area >= _LEAST_AREA])
        for part in shapely.get_parts(outline)
        if Polygon(part.exterior).area >= _LEAST_AREA
    ]
    return kept[0] if len(kept) == 1 else MultiPolygon(kept)
