"""What stands beside a ward's map: where it lies in the whole area, the legend, the key of numbers, the scale."""

import math
from collections.abc import Iterable
from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.transforms import Affine2D

from briefing.figure import BORDER, INK, PAPER, QUIET, box, cut, write
from briefing.map_frame import MAP_HEIGHT, MAP_WIDTH, MapFrame
from briefing.map_ground import MapGround
from briefing.map_labels import LETTERS
from disclosure.palette import style_of_class

SIDE = MAP_WIDTH + 4
SIDE_WIDTH = 62.0
KEY_LINE = 3.8
"""Millimetres."""
_LOCATOR_HEIGHT = 27.0
_LINE = 4.7
_LEAST = 2.0
"""Millimetres of the frame on the locator: less could not be seen."""
_STEPS = (1, 2, 5)
"""What the length of a scale bar begins with."""
_LAND = "#d5d9de"


def draw_locator(axes: Axes, ground: MapGround, *, frame: MapFrame, top: float) -> float:
    """Draw the whole area and where the map's frame lies in it; give the height at which it ends."""
    title = wrap(f"Where this is in {cut(ground.partnership, most=60)}", 40)[:3]
    write(axes, SIDE, top - 1, "\n".join(title), va="top", color=QUIET)
    bottom = top - 3.6 * len(title) - 2 - _LOCATOR_HEIGHT
    west, south, east, north = ground.extent
    scale = min(SIDE_WIDTH / (east - west), _LOCATOR_HEIGHT / (north - south))

    moved = Affine2D().translate(-west, -south).scale(scale).translate(SIDE, bottom) + axes.transData

    def at(x: float, y: float) -> tuple[float, float]:
        return SIDE + (x - west) * scale, bottom + (y - south) * scale

    for path in ground.districts:
        axes.add_artist(PathPatch(path, transform=moved, facecolor=_LAND, edgecolor=PAPER, linewidth=0.5))
    (left, low), (right, high) = (
        at(*np.maximum(frame.view[:2], (west, south))),
        at(*np.minimum(frame.view[2:], (east, north))),
    )
    wide, tall = max(right - left, _LEAST), max(high - low, _LEAST)
    box(axes, ((left + right - wide) / 2, (low + high - tall) / 2, wide, tall), edge=INK, line=1.4)
    return bottom


def draw_legend(axes: Axes, classes: Iterable[str], *, top: float) -> None:
    """Draw the ward's outline and each class, one under another."""
    box(axes, (SIDE, top - 3, 6, 3), fill=PAPER, edge=INK, line=2)
    write(axes, SIDE + 8, top - 1.6, "this ward")
    for place, name in enumerate(classes, start=1):
        bottom = top - 3 - place * _LINE
        box(axes, (SIDE, bottom, 6, 3), style=style_of_class(name, dark=False))
        letter = f" (marked {LETTERS[name]})" if name in LETTERS else ""
        write(axes, SIDE + 8, bottom + 1.4, f"{name}{letter}")


def draw_key(axes: Axes, key: tuple[str, ...], *, top: float) -> None:
    """Write the names that had no room on the map, in two columns."""
    rows = math.ceil(len(key) / 2)
    for place, name in enumerate(key):
        column, row = divmod(place, rows)
        y = top - (row + 0.5) * KEY_LINE
        write(axes, column * 90, y, f"{place + 1}", bold=True)
        write(axes, column * 90 + 5, y, name)


def draw_scale(axes: Axes, *, frame: MapFrame, bottom: float) -> None:
    """Draw a bar of a round length, in the lower left corner of the map."""
    length, said = scale_bar(frame.scale, most=MAP_WIDTH / 4)
    box(axes, (1.5, bottom + 1.5, length + 3, 6.5), fill=PAPER, edge=PAPER)
    box(axes, (3, bottom + 2.5, length, 1), fill=INK, edge=INK)
    write(axes, 3, bottom + 5.8, said)


def scale_bar(scale: float, *, most: float) -> tuple[float, str]:
    """Give the length of a bar in millimetres, `most` at most, and how far that is on the ground."""
    metres = round_length(most / scale)
    return metres * scale, f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"


def draw_frame(axes: Axes, *, bottom: float) -> None:
    """Draw the frame around the map."""
    box(axes, (0.2, bottom + 0.2, MAP_WIDTH - 0.4, MAP_HEIGHT - 0.4), edge=BORDER, line=0.8)


def round_length(metres: float) -> float:
    """Give the longest length of 1, 2 or 5 times a power of ten that is not over this."""
    power = 10.0 ** math.floor(math.log10(metres))
    return max(step * power for step in _STEPS if step * power <= metres)
