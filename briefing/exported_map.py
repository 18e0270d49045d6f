"""The map of a run as PNG and SVG: classes, key, marking, period and where it came from, on one sheet that stands by itself."""

import numpy as np
import shapely
from matplotlib.axes import Axes

from briefing.figure import Figure, draw, write
from briefing.map_shapes import Polygonal, path_of, polygons_of
from briefing.papers.area_map import lay_area_map
from briefing.printable import in_lines
from data.visible_text import visible_text
from disclosure.export_sinks import METRES, Exported
from disclosure.export_themes import Theme

WIDTH, HEIGHT = 190.0, 190.0
"""Millimetres: the sheet, and the most that map and key take of it."""
_LINE, _LARGE_LINE = 3.6, 5.4
"""Millimetres from one line to the next."""
_EDGE = 4.0
_TITLE_SIZE, _MARKING_SIZE, _SMALL = 11.0, 9.0, 7.5
"""Points."""


def png_files(exported: Exported) -> dict[str, bytes]:
    """Draw the map of each theme as PNG, 200 dots an inch."""
    return {f"{name}.png": figure.png for name, figure in _figures(exported).items()}


def svg_files(exported: Exported) -> dict[str, bytes]:
    """Draw the map of each theme as SVG."""
    return {f"{name}.svg": figure.svg for name, figure in _figures(exported).items()}


def _figures(exported: Exported) -> dict[str, Figure]:
    named = {"-".join(filter(None, (exported.name, one.file))): one for one in exported.themes}
    return {name: map_sheet(exported, theme=theme) for name, theme in named.items()}


def map_sheet(exported: Exported, *, theme: Theme) -> Figure:
    """Draw one theme of a run: marking above and below, the map with its key, period, caution, source."""
    table = exported.table.to_crs(METRES)
    shapes = [polygons_of(shape) for shape in shapely.make_valid(table.geometry.to_numpy())]
    codes, classes = table.iloc[:, 0].astype(str), table[theme.column].astype(str)
    present = set(classes)
    laid = lay_area_map(
        dict(zip(codes, shapes, strict=True)),
        styles={code: theme.styles[name] for code, name in zip(codes, classes, strict=True)},
        key=[(style.label, style) for name, style in theme.styles.items() if name in present],
        borders=[path_of(shape) for shape in _districts(exported, shapes)],
        width_mm=WIDTH - 2 * _EDGE,
        height_mm=HEIGHT,
    )
    above, below = _above(exported, theme=theme), _below(exported)
    head = _EDGE + sum(line for _, line, _ in above)
    foot = _EDGE + _LINE * len(below) + _LARGE_LINE

    def paint(axes: Axes) -> None:
        axes.set(xlim=(-_EDGE, WIDTH - _EDGE), ylim=(-foot, laid.height_mm + head))
        laid.paint(axes)
        y = laid.height_mm + head - _EDGE / 2
        for text, line, size in above:
            write(axes, 0, y - line / 2, text, size=size, bold=size > _SMALL)
            y -= line
        for place, text in enumerate(below):
            write(axes, 0, -_EDGE / 2 - (place + 0.5) * _LINE, text, size=_SMALL)
        write(
            axes,
            WIDTH / 2 - _EDGE,
            -foot + _LARGE_LINE / 2 + 0.6,
            exported.marking.text,
            size=_MARKING_SIZE,
            bold=True,
            ha="center",
        )

    counts = ", ".join(
        f"{style.label}: {int((classes == name).sum())}" for name, style in theme.styles.items() if name in present
    )
    alt = f"{exported.marking.lines()[0]} {theme.title}, {exported.window}. {counts}."
    title = f"{visible_text(exported.marking.text)}: {_heading(exported, theme=theme)}"
    return draw(paint, alt=visible_text(alt), title=title, width_mm=WIDTH, height_mm=laid.height_mm + head + foot)


def _districts(exported: Exported, shapes: list[Polygonal]) -> list[Polygonal]:
    """Outlines of the districts, where rows say which they lie in and there are several."""
    if "district" not in exported.table or exported.table["district"].nunique() < 2:
        return []
    named = exported.table["district"].to_numpy()
    together = (shapely.union_all(np.array(shapes)[named == one]) for one in sorted(set(named)))
    return [polygons_of(shape) for shape in together]


def _above(exported: Exported, *, theme: Theme) -> list[tuple[str, float, float]]:
    """Text, room and size of each line above the map."""
    heading = _heading(exported, theme=theme)
    marked = [(line, _LINE, _SMALL) for text in exported.marking.lines() for line in _lines(text)]
    return [
        *marked,
        *((line, _LARGE_LINE, _TITLE_SIZE) for line in _lines(heading, size=_TITLE_SIZE, bold=True)),
        ("", 1.5, _SMALL),
    ]


def _below(exported: Exported) -> list[str]:
    said = exported.origin_in_words()
    came_from = (
        f"Source: snapshot {said['snapshot']}, wards of {exported.facts['vintage']}, "
        f"made for {said['audience']} by {said['software']}. {exported.credit}"
    )
    caution = f"{exported.how_to_read()} A map of areas says nothing of any person in them."
    return [*_lines(caution), *_lines(came_from)]


def _heading(exported: Exported, *, theme: Theme) -> str:
    return " ".join(visible_text(f"{exported.facts['partnership']}: {theme.title}, {exported.window}").split())


def _lines(text: str, *, size: float = _SMALL, bold: bool = False) -> list[str]:
    """Break a text to the width of the sheet."""
    seen = " ".join(visible_text(text).split())
    return in_lines(seen, width=WIDTH - 2 * _EDGE, size=size, bold=bold).split("\n")
