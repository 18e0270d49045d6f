"""The key of a map of the whole area: its classes in words, the borders of districts, the scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from matplotlib.axes import Axes

from briefing.figure import INK, SMALL, box, cut, write
from briefing.map_key import scale_bar
from briefing.printable import in_lines, width_mm
from disclosure.class_styles import ClassStyle

SCALE_BAR = 25.0
"""Millimetres at most."""
_SWATCH, _TEXT = 6.0, 8.0
"""Millimetres: how wide a sample is, and where its text begins."""
_ROW, _LINE = 4.7, 3.4
"""Millimetres: from one entry to the next, and for each line of text after the first."""
_BETWEEN = 5.0
"""Millimetres between columns at the least."""
_EDGE = 0.2
"""Millimetres: half a line."""
_MOST_LETTERS = 90
_LONGEST_DISTANCE = "500 km"


@dataclass(frozen=True)
class KeyEntry:
    """One entry, by its upper left corner in millimetres from that of the key, downwards."""

    text: str
    style: ClassStyle | None = None
    kind: Literal["class", "border", "scale"] = "class"
    x: float = 0.0
    y: float = 0.0

    @property
    def width(self) -> float:
        """Millimetres, with its text as it is broken into lines."""
        if self.kind == "scale":
            return SCALE_BAR + 2 + width_mm(_LONGEST_DISTANCE, size=SMALL)
        return _TEXT + width_mm(self.text, size=SMALL)

    @property
    def height(self) -> float:
        """Millimetres, with the room to the next."""
        return _ROW + _LINE * self.text.count("\n")


@dataclass(frozen=True)
class MapKey:
    """Entries in their places."""

    entries: tuple[KeyEntry, ...]
    height: float
    """Millimetres."""


def key_entries(key: Sequence[tuple[str, ClassStyle]], *, borders: bool, scale: bool) -> list[KeyEntry]:
    """List what stands in a key."""
    entries = [KeyEntry(cut(text, most=_MOST_LETTERS), style=style) for text, style in key]
    if borders:
        entries.append(KeyEntry("border of a district", kind="border"))
    return [*entries, KeyEntry("", kind="scale")] if scale else entries


def place_key(entries: Sequence[KeyEntry], *, width: float, columns: int | None = None) -> MapKey:
    """Place entries in columns down a `width` in millimetres; in as many columns as there is room for, if not said."""
    n = columns or _columns(entries, width=width)
    rows = math.ceil(len(entries) / n)
    step = max((one.width for one in entries), default=0.0) + 2 * _BETWEEN if n > 1 else width
    lines = [replace(one, text=in_lines(one.text, width=width / n - _TEXT, size=SMALL)) for one in entries]
    heights = [max(one.height for one in lines[row::rows]) for row in range(rows)]
    placed = tuple(
        replace(one, x=(place // rows) * min(step, width / n), y=sum(heights[: place % rows]))
        for place, one in enumerate(lines)
    )
    return MapKey(entries=placed, height=sum(heights))


def _columns(entries: Sequence[KeyEntry], *, width: float) -> int:
    widest = max((one.width for one in entries), default=width)
    return max(min(int(width / (widest + _BETWEEN)), len(entries)), 1)


def draw_map_key(axes: Axes, key: MapKey, *, corner: tuple[float, float], scale: float) -> None:
    """Draw a key by its upper left corner, of a map of `scale` millimetres a metre."""
    left, top = corner
    for one in key.entries:
        x, y = left + one.x + _EDGE, top - one.y - 1.9
        if one.kind == "scale":
            length, said = scale_bar(scale, most=SCALE_BAR)
            box(axes, (x, y - 0.5, length, 1), fill=INK, edge=INK)
            write(axes, x + length + 2, y, said)
            continue
        if one.style is None:
            box(axes, (x, y, _SWATCH, 0), edge=INK, line=1.4)
        else:
            box(axes, (x, y - 1.5, _SWATCH, 3), style=one.style)
        for number, line in enumerate(one.text.split("\n")):
            write(axes, x + _TEXT, y - number * _LINE, line)
