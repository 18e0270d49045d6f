"""Small maps of many windows: each a picture of its own without a value in it, with borders as coarse as it can show."""

from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
import streamlit as st

from briefing.map_shapes import Polygonal, on_paper, polygons_of
from disclosure.audiences import Reader
from disclosure.class_styles import MARKS, STROKE, TILE, ClassStyle
from disclosure.layers import Layer
from pages.session import drawn_wards

_METRES = "EPSG:27700"
_WIDTH = 260.0
"""Of a picture, in its own units."""
_EDGE = 3.0
_BORDER = ("#59616b", "#aeb6c1")
_INK = ("#0b0c0c", "#ffffff")
"""Light theme, dark."""


@dataclass(frozen=True)
class SmallGround:
    """The ground of small maps."""

    codes: tuple[str, ...]
    paths: tuple[str, ...]
    """One a ward, as SVG has them, in the order of `codes`."""
    height: float


@st.cache_resource(show_spinner="Preparing small maps", max_entries=12)
def small_ground(snapshot_id: str, reader: Reader) -> SmallGround:
    """Make the outlines of the wards that a reader may see coarse enough for a small map."""
    wards = drawn_wards(snapshot_id, reader)
    metres = shapely.make_valid(wards.geometry.to_crs(_METRES).to_numpy())
    west, south, east, north = shapely.total_bounds(metres)
    scale = (_WIDTH - 2 * _EDGE) / (east - west)
    small = on_paper([polygons_of(one) for one in metres], corner=np.array([west, south]), scale=scale)
    height = (north - south) * scale + 2 * _EDGE
    return SmallGround(
        codes=tuple(wards["ward_code"].astype(str)),
        paths=tuple(_path(one, height=height) for one in small),
        height=float(height),
    )


def draw_small(
    ground: SmallGround, layer: Layer, *, styles: Sequence[ClassStyle], dark: bool, selected: Collection[str] = ()
) -> str:
    """Draw one layer as SVG: the colours and patterns of the large map, the selected wards outlined."""
    inside = frozenset(selected)
    patterns, fills = [], []
    for number, style in enumerate(styles):
        of_class = "".join(path for path, code in zip(ground.paths, layer.codes, strict=True) if code == number)
        if not of_class:
            continue
        if style.pattern == "none":
            fill = style.fill
        else:
            fill = f"url(#c{number})"
            patterns.append(_pattern(style, name=f"c{number}"))
        fills.append(f'<path d="{of_class}" fill="{fill}" stroke="{_BORDER[dark]}" stroke-width=".35"/>')
    marked = "".join(path for path, code in zip(ground.paths, ground.codes, strict=True) if code in inside)
    outlined = f'<path d="{marked}" fill="none" stroke="{_INK[dark]}" stroke-width="1.5"/>' if marked else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {ground.height:.0f}">'
        f"<defs>{''.join(patterns)}</defs>{''.join(fills)}{outlined}</svg>"
    )


def as_image(svg: str) -> str:
    """Give an SVG as the address of an image: Streamlit takes SVG out of HTML."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _pattern(style: ClassStyle, *, name: str) -> str:
    marks = MARKS[style.pattern]
    how = (
        f'fill="none" stroke="{style.ink}" stroke-width="{STROKE}"'
        if style.pattern == "hatch"
        else f'fill="{style.ink}"'
    )
    return (
        f'<pattern id="{name}" width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse" patternTransform="scale(.6)">'
        f'<rect width="{TILE}" height="{TILE}" fill="{style.fill}"/><path d="{marks}" {how}/></pattern>'
    )


def _path(shape: Polygonal, *, height: float) -> str:
    """Write a shape as SVG has it, north upwards."""
    said = []
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = shapely.get_coordinates(ring)
        said.append("M" + "L".join(f"{x + _EDGE:.1f} {height - _EDGE - y:.1f}" for x, y in points[:-1]) + "Z")
    return "".join(said)
