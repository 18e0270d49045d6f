"""Wards as shapes on paper: made simpler, filled as their class, outlined, and where in them there is most room."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path
from matplotlib.transforms import Transform
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from briefing.figure import HATCHES
from disclosure.class_styles import ClassStyle

Polygonal = Polygon | MultiPolygon
_FINE = 0.12
"""Millimetres: bends smaller than this cannot be seen on paper."""


def polygons_of(shape: shapely.Geometry) -> Polygonal:
    """Drop points and lines: where a frame just touches a ward."""
    if isinstance(shape, Polygon | MultiPolygon):
        return shape
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])


def path_of(shape: Polygonal) -> Path:
    """Turn polygons into one path for drawing, holes and all."""
    # By part: of a shape of several parts no ring is given.
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(shape)))
    return Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in rings))


def on_paper(shapes: Iterable[Polygonal], *, corner: NDArray[np.float64], scale: float) -> list[Polygonal]:
    """Bring shapes to millimetres from a `corner`, `scale` millimetres a metre, without the bends that paper cannot show.

    Borders shared by two wards stay shared; a ward that would vanish stays as it is.
    """
    moved = shapely.transform(np.array(list(shapes)), lambda xy: (xy - corner) * scale)
    simpler = shapely.coverage_simplify(moved, _FINE)
    return list(np.where(shapely.area(simpler) > 0, simpler, moved))


def fill_shapes(axes: Axes, groups: Mapping[ClassStyle, Sequence[Polygonal]], *, moved: Transform) -> None:
    """Fill the shapes of each class in its colour and pattern."""
    for style, shapes in groups.items():
        look = {"facecolor": style.fill, "edgecolor": style.ink, "hatch": HATCHES[style.pattern] or None}
        _draw(axes, shapes, moved=moved, linewidth=0, **look)


def outline_shapes(axes: Axes, shapes: Sequence[Polygonal], *, moved: Transform, colour: str, line: float) -> None:
    """Draw the outlines of shapes, `line` points wide."""
    _draw(axes, shapes, moved=moved, facecolor="none", edgecolor=colour, linewidth=line)


def _draw(axes: Axes, shapes: Sequence[Polygonal], *, moved: Transform, **look: object) -> None:
    axes.add_artist(PathCollection([path_of(shape) for shape in shapes], transform=moved, **look))  # type: ignore[arg-type]


def widest_place(shape: Polygonal, *, tolerance: float = 1.0) -> tuple[float, float, float]:
    """Give the point that is furthest from the shape's edge, and how far it is."""
    parts = [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == 2]
    to_edge = shapely.maximum_inscribed_circle(max(parts, key=shapely.area), tolerance=tolerance)
    point = shapely.get_point(to_edge, 0)
    return float(point.x), float(point.y), float(to_edge.length)
