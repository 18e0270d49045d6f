"""A picture for papers: drawn once by matplotlib, as SVG for the PDF and as PNG for Word, with its text equivalent.

Never pyplot, which keeps every picture and is not for threads. The bytes depend on the picture only: no date, no random id,
one font that comes with matplotlib.
"""

import io
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from briefing.printable import FONT
from data.visible_text import visible_text
from disclosure.class_styles import ClassStyle, Pattern

MM_AN_INCH = 25.4
POINT = MM_AN_INCH / 72
"""Millimetres."""
DOTS_AN_INCH = 200
INK, QUIET, PAPER = "#0b0c0c", "#4a525c", "#ffffff"
BORDER = "#808890"
SMALL = 7.5
"""Points: the least in any picture."""
HATCHES: dict[Pattern, str] = {"none": "", "hatch": "////", "dots": "....", "plus": "++", "minus": "--"}
"""The patterns of the screen, in matplotlib's words."""

_RENDERING = threading.Lock()
"""What makes SVG the same every time is set for the whole process: one thread at a time."""
_SVG: dict[Any, object] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "ward overlap",
    "svg.id": None,
    "path.simplify": True,
}
_NO_DATE = {"Date": None, "Creator": None}


@dataclass(frozen=True)
class Figure:
    """A picture."""

    svg: bytes
    png: bytes
    """200 dots an inch."""
    alt: str
    """The same in words."""
    width_mm: float
    height_mm: float


def draw(paint: Callable[[Axes], object], *, alt: str, width_mm: float, height_mm: float, title: str = "") -> Figure:
    """Draw a picture.

    Parameters
    ----------
    paint
        Draws on axes that fill the picture, in millimetres from its lower left corner.
    alt
        What the picture says, in words.
    title
        For a picture that is a file by itself: it says this in its metadata, with `alt` as its description.
    """
    says = {"Title": title, "Description": alt} if title else {}
    canvas = Canvas(figsize=(width_mm / MM_AN_INCH, height_mm / MM_AN_INCH), dpi=DOTS_AN_INCH)
    FigureCanvasAgg(canvas)
    axes = canvas.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(0, width_mm), ylim=(0, height_mm))
    axes.set_axis_off()
    paint(axes)
    return Figure(
        svg=_written(canvas, kind="svg", says=says),
        png=_written(canvas, kind="png", says=says),
        alt=alt,
        width_mm=width_mm,
        height_mm=height_mm,
    )


def _written(canvas: Canvas, *, kind: str, says: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with _RENDERING, mpl.rc_context(_SVG):
        # Without "Software" a PNG does not name the version of the library.
        canvas.savefig(file, format=kind, metadata={**says, **(_NO_DATE if kind == "svg" else {"Software": None})})
    return file.getvalue()


def box(
    axes: Axes,
    place: tuple[float, float, float, float],
    *,
    fill: str = "none",
    edge: str = BORDER,
    line: float = 0.6,
    style: ClassStyle | None = None,
) -> None:
    """Draw a box at left, bottom, width, height; with a `style`, in the fill and the pattern of a class."""
    left, bottom, wide, high = place
    if style is not None:
        pattern = HATCHES[style.pattern]
        axes.add_artist(
            Rectangle((left, bottom), wide, high, facecolor=style.fill, edgecolor=style.ink, linewidth=0, hatch=pattern)
        )
    axes.add_artist(Rectangle((left, bottom), wide, high, facecolor=fill, edgecolor=edge, linewidth=line))


def write(axes: Axes, x: float, y: float, text: str, *, size: float = SMALL, bold: bool = False, **how: object) -> Text:
    """Write text at a place: never as mathematics, whatever it holds."""
    return axes.text(
        x,
        y,
        text,
        family=FONT,
        fontsize=size,
        fontweight="bold" if bold else "normal",
        parse_math=False,
        **{"color": INK, "va": "center_baseline", "ha": "left", "linespacing": 1.1, **how},  # type: ignore[arg-type]
    )


def cut(name: str, *, most: int) -> str:
    """Cut a name where it is too long for its place, and take out of it what cannot be seen."""
    seen = " ".join(visible_text(name[: 4 * most]).split())
    return seen if len(seen) <= most else f"{seen[: most - 1].rstrip()}…"
