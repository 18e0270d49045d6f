"""The map of a whole partnership for papers: every ward in the colour and pattern of its class, with badges and a key."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from briefing.figure import BORDER, INK, Figure, draw, write
from briefing.map_shapes import Polygonal, fill_shapes, on_paper, outline_shapes
from briefing.papers.area_map_badges import Badge, draw_badges, place_badges
from briefing.papers.area_map_key import KeyEntry, MapKey, draw_map_key, key_entries, place_key
from disclosure.class_styles import ClassStyle

SMALL_MAP = 100.0
"""Millimetres: maps less wide stand in a row of several, without a scale and with thinner lines."""
_SIDE = 52.0
"""Millimetres of a key beside the map."""
_GAP = 2.5
"""Millimetres between the map and its key."""
_EDGE, _EDGE_WITH_BADGES = 0.7, 4.5
"""Millimetres around the land."""
_TITLE = 5.0
"""Millimetres of a title above the map."""
_LEAST = 25.0
"""Millimetres high that a map is, however long its key."""


@dataclass(frozen=True)
class _Layout:
    """Where things go, in millimetres from the lower left corner of the picture."""

    scale: float
    """Millimetres of paper a metre of land."""
    height: float
    land: tuple[float, float]
    """Lower left corner of the land."""
    map_room: tuple[float, float, float, float]
    """Where the map is: west, south, east, north."""
    key: MapKey
    key_corner: tuple[float, float]
    """Upper left."""


@dataclass(frozen=True)
class AreaMap:
    """A map that is laid out and not drawn yet: for pictures that hold more than the map."""

    paint: Callable[[Axes], None]
    """Draws it on axes in millimetres, from 0, 0."""
    height_mm: float
    """With its title."""


def area_map_figure(
    outlines: Mapping[str, Polygonal],
    *,
    styles: Mapping[str, ClassStyle],
    key: Sequence[tuple[str, ClassStyle]],
    alt: str,
    labels: Mapping[str, str] = {},
    borders: Sequence[Path] = (),
    title: str = "",
    width_mm: float = 178,
    height_mm: float = 150,
) -> Figure:
    """Draw the map of a whole area.

    Parameters
    ----------
    outlines
        Wards, or areas of wards, by code; EPSG:27700. `MapGround.outlines` has those of an area.
    styles
        How each of them is drawn.
    key
        The classes on the map, in words and as drawn, in the order in which they are to stand. It may be empty.
    alt
        What the map shows, in words: it stands for the map where it cannot be seen.
    labels
        Badges by code: a number, or a letter or two. Words beside the map say what they mean.
    borders
        Outlines of districts (`MapGround.borders`), drawn thicker.
    title
        What stands above the map: of several in a row, which one it is.
    width_mm, height_mm
        Room there is: the picture is as wide, and no higher than the map and its key need. Under 100 mm wide a map is for a
        row of several: it has no scale.

    Returns
    -------
    Figure
        The same bytes for the same map.

    Raises
    ------
    ValueError
        If there is no outline, or one without a style.
    """
    laid = lay_area_map(
        outlines,
        styles=styles,
        key=key,
        labels=labels,
        borders=borders,
        title=title,
        width_mm=width_mm,
        height_mm=height_mm,
    )
    return draw(laid.paint, alt=alt, width_mm=width_mm, height_mm=laid.height_mm)


def lay_area_map(
    outlines: Mapping[str, Polygonal],
    *,
    styles: Mapping[str, ClassStyle],
    key: Sequence[tuple[str, ClassStyle]],
    labels: Mapping[str, str] = {},
    borders: Sequence[Path] = (),
    title: str = "",
    width_mm: float = 178,
    height_mm: float = 150,
) -> AreaMap:
    """Lay the map of a whole area out. Parameters and errors as of `area_map_figure`.

    Notes
    -----
    A badge stands in its ward where it fits, and else beside it with a line to the ward, never over another badge (unless
    there are more than the picture has room for). The key stands beside the map or below, where it leaves more to the map.
    """
    if not outlines or not outlines.keys() <= styles.keys():
        raise ValueError("a map takes at least one outline, and a style for each")
    bounds = shapely.total_bounds(np.array(list(outlines.values())))
    small = width_mm < SMALL_MAP
    entries = key_entries(key, borders=bool(borders and key) and not small, scale=not small)
    above = _TITLE if title else 0.0
    edge = _EDGE_WITH_BADGES if labels else _EDGE
    layout = _layout(bounds, entries, width=width_mm, height=height_mm - above, edge=edge)
    drawn = dict(zip(outlines, on_paper(outlines.values(), corner=bounds[:2], scale=layout.scale), strict=True))
    badges = _badges(drawn, labels=labels, layout=layout)
    groups: dict[ClassStyle, list[Polygonal]] = {}
    for code, shape in drawn.items():
        groups.setdefault(styles[code], []).append(shape)

    def paint(axes: Axes) -> None:
        _wards(axes, groups, layout=layout, line=0.25 if small else 0.4)
        _districts(axes, borders, corner=bounds[:2], layout=layout, line=0.7 if small else 1.3)
        draw_badges(axes, badges, left=layout.land[0], bottom=layout.land[1])
        draw_map_key(axes, layout.key, corner=layout.key_corner, scale=layout.scale)
        if title:
            middle = (layout.map_room[0] + layout.map_room[2]) / 2
            write(axes, middle, layout.height + _TITLE / 2, title, bold=True, ha="center")

    return AreaMap(paint, layout.height + above)


def _layout(
    bounds: NDArray[np.float64], entries: list[KeyEntry], *, width: float, height: float, edge: float
) -> _Layout:
    """Put the key below the map or beside it, where it leaves more to the map."""
    below = _place(bounds, place_key(entries, width=width), room=(width, height), edge=edge, beside=False)
    if not entries or width < SMALL_MAP:
        return below
    beside = _place(bounds, place_key(entries, width=_SIDE, columns=1), room=(width, height), edge=edge, beside=True)
    return max(below, beside, key=lambda one: one.scale)


def _place(
    bounds: NDArray[np.float64], key: MapKey, *, room: tuple[float, float], edge: float, beside: bool
) -> _Layout:
    """Give the map all the room that its key leaves, and no more height than it needs."""
    land = bounds[2:] - bounds[:2]
    under = key.height + _GAP if key.entries and not beside else 0.0
    wide = room[0] - (_SIDE + _GAP if beside else 0.0)
    high = max(room[1] - under, _LEAST)
    scale = float(np.min((np.array([wide, high]) - 2 * edge) / land))
    map_height = float(land[1]) * scale + 2 * edge
    height = max(map_height + under, key.height if beside else 0.0)
    return _Layout(
        scale=scale,
        height=height,
        land=((wide - float(land[0]) * scale) / 2, height - map_height + edge),
        map_room=(_EDGE, height - map_height + _EDGE, wide - _EDGE, height - _EDGE),
        key=key,
        key_corner=(wide + _GAP, height) if beside else (0.0, key.height),
    )


def _badges(drawn: Mapping[str, Polygonal], *, labels: Mapping[str, str], layout: _Layout) -> list[Badge]:
    left, bottom = layout.land
    west, south, east, north = layout.map_room
    room = (west - left, south - bottom, east - left, north - bottom)
    return place_badges({code: drawn[code] for code in drawn if code in labels}, labels=labels, room=room)


def _wards(axes: Axes, groups: Mapping[ClassStyle, Sequence[Polygonal]], *, layout: _Layout, line: float) -> None:
    moved = Affine2D().translate(*layout.land) + axes.transData
    fill_shapes(axes, groups, moved=moved)
    for shapes in groups.values():
        outline_shapes(axes, shapes, moved=moved, colour=BORDER, line=line)


def _districts(
    axes: Axes, borders: Sequence[Path], *, corner: NDArray[np.float64], layout: _Layout, line: float
) -> None:
    moved = Affine2D().translate(*-corner).scale(layout.scale).translate(*layout.land) + axes.transData
    for path in borders:
        axes.add_artist(
            PathPatch(path, transform=moved, facecolor="none", edgecolor=INK, linewidth=line, joinstyle="round")
        )
