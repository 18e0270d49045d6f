"""The map of a ward among its neighbours, with a locator of the whole area: classes, colours and patterns of the screen."""

import math

from matplotlib.axes import Axes
from matplotlib.transforms import Affine2D

from briefing.figure import BORDER, INK, PAPER, Figure, draw, write
from briefing.map_frame import MAP_HEIGHT, MapFrame, frame_around
from briefing.map_ground import MapGround
from briefing.map_key import KEY_LINE, draw_frame, draw_key, draw_legend, draw_locator, draw_scale
from briefing.map_labels import MapLabels, place_labels
from briefing.map_shapes import fill_shapes, outline_shapes
from disclosure.palette import CLASSES_OF_OVERLAP, style_of_class

WIDTH = 178.0
"""Millimetres."""


def map_figure(ground: MapGround, code: str) -> Figure:
    """Draw the map of one ward.

    Parameters
    ----------
    ground : MapGround
        Of the area: the same for all its wards.
    code
        The ward.

    Notes
    -----
    Neighbours are named on the map where there is room, and else by a number with a key below. Printed without colour two
    classes look alike: neighbours have their class in words, wards further off a letter.
    """
    frame = frame_around(ground, code)
    labels = place_labels(ground, code, frame=frame)
    below = KEY_LINE * math.ceil(len(labels.key) / 2) + bool(labels.key)
    return draw(
        lambda axes: _paint(axes, ground, code, frame=frame, labels=labels, bottom=below),
        alt=_in_words(ground, code),
        width_mm=WIDTH,
        height_mm=MAP_HEIGHT + below,
    )


def _in_words(ground: MapGround, code: str) -> str:
    said = [f"Map of {ground.names[code]}: {ground.classes[code]}."]
    others = [f"{ground.names[other]}: {ground.classes[other]}" for other in ground.neighbours.get(code, ())]
    said.append(f"The wards that touch it: {'; '.join(others)}." if others else "No other ward of the area touches it.")
    return " ".join((*said, f"A small map shows where it lies in {ground.partnership}."))


def _paint(axes: Axes, ground: MapGround, code: str, *, frame: MapFrame, labels: MapLabels, bottom: float) -> None:
    moved = Affine2D().translate(0, bottom) + axes.transData
    present = [name for name in CLASSES_OF_OVERLAP if name in {ground.classes[other] for other in frame.shapes}]
    groups = {
        style_of_class(name, dark=False): [
            shape for other, shape in frame.shapes.items() if ground.classes[other] == name
        ]
        for name in present
    }
    fill_shapes(axes, groups, moved=moved)
    outline_shapes(axes, list(frame.shapes.values()), moved=moved, colour=BORDER, line=0.6)
    for colour, wide in ((PAPER, 4.0), (INK, 2.2)):
        outline_shapes(axes, [frame.shapes[code]], moved=moved, colour=colour, line=wide)
    _names(axes, labels, bottom=bottom)
    draw_scale(axes, frame=frame, bottom=bottom)
    draw_frame(axes, bottom=bottom)
    end = draw_locator(axes, ground, frame=frame, top=bottom + MAP_HEIGHT)
    draw_legend(axes, present, top=end - 3)
    draw_key(axes, labels.key, top=bottom - 1)


def _names(axes: Axes, labels: MapLabels, *, bottom: float) -> None:
    behind = {"boxstyle": "square,pad=0.15", "facecolor": PAPER, "alpha": 0.88, "linewidth": 0}
    for one in labels.labels:
        write(
            axes, one.x, one.y + bottom, one.text, size=one.size, bold=one.bold, ha="center", va="center", bbox=behind
        )
