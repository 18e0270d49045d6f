"""Groups that the ward map shows as lines over its classes: how each is drawn, what is sent of it, its part of the legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal
from urllib.parse import quote

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.outlines import DECIMALS

Kind = Literal["districts", "areas", "places", "provision"]

_DASHES: dict[Kind, str] = {"districts": "", "areas": "9 5", "places": "2 2", "provision": ""}
"""Tell the kinds apart without colour."""
_WIDTHS: dict[Kind, float] = {"districts": 2.4, "areas": 1.8, "places": 1.5, "provision": 1.5}
_BESIDE_AREAS = 5.2
"""Pixels, of districts: most of their borders are borders of areas too, drawn within."""
_CASING_WIDTH = 1.6
"""Pixels that a casing is wider than its line."""
_LINE, _CASING = "#0b0c0c", "#ffffff"
"""As `assets/ward_map.js` draws lines over fills, in both themes."""
_DRAWING_CRS = "EPSG:4326"

Mark = tuple[int, int, int]
"""Latitude and longitude in 1e-5 degrees, and how many things a mark stands for."""
Ring = list[int]
"""Latitude and longitude in 1e-5 degrees: of the first corner, then the way to each next one."""


@dataclass(frozen=True)
class Group:
    """One kind of group on the map."""

    kind: Kind
    title: str
    """What it is, for the legend."""
    names: tuple[str, ...]
    of: tuple[int | None, ...] = ()
    """Of areas: the place of each ward's area among the names, in map order; none for a ward in no area."""
    rings: tuple[Ring, ...] = ()
    """Of places: their outlines."""
    marks: tuple[Mark, ...] = ()
    """Of what is provided: where it is marked."""
    statements: tuple[str, ...] = ()
    """What these groups are and are not."""


def messages(groups: Sequence[Group]) -> dict[str, dict[str, object]]:
    """Give what the browser gets of each kind: names only where each ward's own is shown with it."""
    return {one.kind: _drawn(one.kind, among=groups) | _content(one) for one in groups}


def _content(group: Group) -> dict[str, object]:
    if group.kind == "areas":
        return {"of": group.of, "names": group.names}
    if group.kind == "provision":
        return {"marks": group.marks}
    return {"rings": group.rings} if group.kind == "places" else {}


def _drawn(kind: Kind, *, among: Sequence[Group]) -> dict[str, object]:
    """How a kind is drawn, beside the others: the browser and the legend get the same."""
    within = kind == "districts" and any(one.kind == "areas" for one in among)
    width = _BESIDE_AREAS if within else _WIDTHS[kind]
    return {"dash": _DASHES[kind], "width": width, "casing": width + _CASING_WIDTH}


def places_of(
    ward_area: "pd.Series[str]", *, ward_codes: Sequence[str], areas: Sequence[str]
) -> tuple[int | None, ...]:
    """Give the place among `areas` of the area of each ward of the map; none for a ward that is in none of them."""
    place = {area: number for number, area in enumerate(areas)}
    return tuple(place.get(area) for area in ward_area.reindex(list(ward_codes)))


def rings_of(outlines: gpd.GeoSeries) -> tuple[Ring, ...]:
    """Write outlines, in any CRS, as rings for the browser, to about a metre."""
    rings = shapely.get_rings(shapely.get_parts(outlines.to_crs(_DRAWING_CRS).to_numpy()))
    return tuple(_steps(shapely.get_coordinates(ring)) for ring in rings)


def marks_of(points: gpd.GeoSeries, *, counts: Sequence[int]) -> tuple[Mark, ...]:
    """Write points, in any CRS, as marks for the browser, to about a metre."""
    lon_lat = shapely.get_coordinates(points.to_crs(_DRAWING_CRS).to_numpy())
    units = np.round(lon_lat * 10**DECIMALS).astype(np.int64).tolist()
    return tuple((lat, lon, count) for (lon, lat), count in zip(units, counts, strict=True))


def _steps(lon_lat: NDArray[np.float64]) -> Ring:
    units = np.round(lon_lat[:, ::-1] * 10**DECIMALS).astype(np.int64)
    steps: Ring = np.diff(units, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel().tolist()
    return steps


def legend_items(groups: Sequence[Group]) -> str:
    """Write one item of a legend for each kind: its line, what it is, how many there are."""
    return "".join(
        f'<span role="listitem">{_line(one.kind, among=groups)}<span>{escape(one.title)}</span>'
        f'<span class="n">{len(one.names)}</span></span>'
        for one in groups
    )


def groups_in_words(groups: Sequence[Group]) -> str:
    """Write, as HTML, what the groups are and are not, and their names to unfold: what the lines say, without a picture."""
    return "".join(
        f"<p>{escape(' '.join(one.statements))}</p>"
        f"<details><summary>{escape(one.title)}: {len(one.names)} by name</summary>"
        f'<div class="wo-quiet">{escape(", ".join(one.names))}</div></details>'
        for one in groups
    )


def _line(kind: Kind, *, among: Sequence[Group]) -> str:
    drawn = _drawn(kind, among=among)
    if kind == "provision":
        return _mark(float(str(drawn["width"])))
    path = '<path d="M1 8h24" fill="none"'
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="26" height="16">'
        f'{path} stroke="{_CASING}" stroke-width="{drawn["casing"]}"/>'
        f'{path} stroke="{_LINE}" stroke-width="{drawn["width"]}" stroke-dasharray="{drawn["dash"] or "none"}"/></svg>'
    )
    return f'<img alt="" width="26" height="16" src="data:image/svg+xml,{quote(svg)}">'


def _mark(width: float) -> str:
    """Draw a mark as it stands on the map, with a number in it."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="26" height="16">'
        f'<circle cx="13" cy="8" r="6.5" fill="{_CASING}" stroke="{_LINE}" stroke-width="{width}"/>'
        f'<text x="13" y="11.5" font-family="sans-serif" font-size="9" text-anchor="middle" fill="{_LINE}">2</text>'
        "</svg>"
    )
    return f'<img alt="" width="26" height="16" src="data:image/svg+xml,{quote(svg)}">'
