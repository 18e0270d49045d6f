"""Where the names on a ward's map stand: each in its ward without covering another, or else as a number with a key."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from textwrap import wrap

import shapely

from briefing.figure import POINT, SMALL, cut
from briefing.map_frame import MAP_HEIGHT, MAP_WIDTH, SCALE_BAR, MapFrame
from briefing.map_ground import MapGround
from briefing.map_shapes import Polygonal, widest_place
from briefing.printable import width_mm

ORDINARY = "neither"
"""The class that is not written beside a name: nearly all wards have it."""
LETTERS = {"referrals only": "R", "incidents only": "I"}
"""These two look alike in grey."""
_OWN_SIZE = 9.0
_LINE = 1.25
_PAD = 0.8
_LETTERS_A_LINE, _MOST_LETTERS = 18, 40
_ON_THE_WARD = 0.06
"""Share of a neighbour's name that may lie on the ward: it should not."""
_STEPS = (-21, -14, -7, -3.5, 0, 3.5, 7, 14, 21)
"""Millimetres from a ward's middle that a name may go."""
_ROOM = 3.0
"""Millimetres from a ward's edge: less is no place for a letter."""


@dataclass(frozen=True)
class Label:
    """A text on the map, by its middle in millimetres."""

    text: str
    x: float
    y: float
    size: float = SMALL
    bold: bool = False


@dataclass(frozen=True)
class MapLabels:
    """All texts of a map."""

    labels: tuple[Label, ...]
    key: tuple[str, ...]
    """Names of the neighbours that stand as numbers 1, 2, ... on the map, each with its class."""


def place_labels(ground: MapGround, code: str, *, frame: MapFrame) -> MapLabels:
    """Place the ward's name, its neighbours' names, and letters for two of the classes further off."""
    x, y = _middle(frame.shapes[code])
    labels = [Label(_lines(ground.names[code]), x, y, size=_OWN_SIZE, bold=True)]
    taken = [_box(labels[0]), SCALE_BAR]
    ward = frame.shapes[code]
    key: list[str] = []
    # The small ones first: the large have more places to go. By code where they are alike: a set has no order of its own.
    around = sorted(
        set(ground.neighbours.get(code, ())) & set(frame.shapes), key=lambda one: (frame.shapes[one].area, one)
    )
    for other in around:
        label = _first_free(_candidates(ground, other, frame=frame), taken=taken, ward=ward)
        if label is None:
            key.append(_named(ground, other))
            label = _number(len(key), frame.shapes[other], taken=taken, ward=ward)
        labels.append(label)
        taken.append(_box(label))
    labels += [one for one in _letters(ground, {code, *around}, frame=frame) if _is_free(one, taken=taken, ward=ward)]
    return MapLabels(labels=tuple(labels), key=tuple(key))


def _lines(name: str, *, most: int = _MOST_LETTERS) -> str:
    return "\n".join(wrap(cut(name, most=most), _LETTERS_A_LINE))


def _named(ground: MapGround, code: str) -> str:
    of_class = ground.classes[code]
    return cut(ground.names[code], most=_MOST_LETTERS) + ("" if of_class == ORDINARY else f": {of_class}")


def _candidates(ground: MapGround, code: str, *, frame: MapFrame) -> Iterator[Label]:
    of_class = ground.classes[code]
    text = _lines(ground.names[code]) + ("" if of_class == ORDINARY else f"\n({of_class})")
    return (Label(text, x, y) for x, y in _places(frame.shapes[code]))


def _number(number: int, shape: Polygonal, *, taken: list[shapely.Polygon], ward: Polygonal) -> Label:
    free = _first_free((Label(f"{number}", x, y, bold=True) for x, y in _places(shape)), taken=taken, ward=ward)
    return free or Label(f"{number}", *_middle(shape), bold=True)


def _places(shape: Polygonal) -> Iterator[tuple[float, float]]:
    """Give places within a shape, its middle first."""
    x, y = _middle(shape)
    yield x, y
    for dx, dy in sorted(product(_STEPS, _STEPS), key=lambda step: math.hypot(*step)):
        if shape.contains(shapely.Point(x + dx, y + dy)):
            yield x + dx, y + dy


def _first_free(labels: Iterator[Label], *, taken: list[shapely.Polygon], ward: Polygonal) -> Label | None:
    return next((one for one in labels if _is_free(one, taken=taken, ward=ward)), None)


def _letters(ground: MapGround, done: set[str], *, frame: MapFrame) -> Iterator[Label]:
    for code, shape in frame.shapes.items():
        letter = LETTERS.get(ground.classes[code])
        if letter and code not in done and shape.buffer(-_ROOM).area > 0:
            yield Label(letter, *_middle(shape), bold=True)


def _middle(shape: Polygonal) -> tuple[float, float]:
    return widest_place(shape)[:2]


def _box(label: Label) -> shapely.Polygon:
    half_wide = width_mm(label.text, size=label.size, bold=label.bold) / 2 + _PAD
    half_high = (label.text.count("\n") + 1) * label.size * POINT * _LINE / 2 + _PAD / 2
    return shapely.box(label.x - half_wide, label.y - half_high, label.x + half_wide, label.y + half_high)


def _is_free(label: Label, *, taken: list[shapely.Polygon], ward: Polygonal) -> bool:
    box = _box(label)
    left, bottom, right, top = box.bounds
    if left < 0 or bottom < 0 or right > MAP_WIDTH or top > MAP_HEIGHT:
        return False
    if any(box.intersects(other) for other in taken):
        return False
    return bool(box.intersection(ward).area < _ON_THE_WARD * box.area)
