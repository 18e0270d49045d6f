"""Badges on a map of the whole area: a number or letter in its ward, or beside it with a line to the ward."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, product
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import BoxStyle, FancyBboxPatch
from numpy.typing import NDArray

from briefing.figure import INK, PAPER, SMALL, cut, write
from briefing.map_shapes import Polygonal, widest_place
from briefing.printable import width_mm

HEIGHT = 3.8
"""Millimetres."""
_MOST_LETTERS = 4
_APART = 0.4
"""Millimetres between two badges."""
_ENOUGH = 0.8
"""Of a badge's half width and height that must lie in the ward."""
_SEEN_AROUND = 1.7
"""Times its half height that a ward must be wide around its middle to hold a badge and still be seen."""
_STEPS = (-4.5, -3, -1.5, 0, 1.5, 3, 4.5)
"""Millimetres from a ward's middle that its badge may go."""
_ANGLES = np.linspace(0, 2 * np.pi, 32, endpoint=False)
_NEAREST, _STEP = 4.2, 1.5
"""Millimetres from a ward's middle to a badge beside it."""
_RINGS = 5
"""Distances that are looked at together."""
_TRIED = 60
"""Free places at the least, the nearest first, of which the one with the fewest crossings is taken."""
_A_CROSSING = 12.0
"""Millimetres further that a badge goes to save one crossing of its line with another line, badge or marked point."""
_POINT = 0.9
"""Millimetres around the point that a line leads to that stay free."""
_DOT: Any = {"markersize": 2.6, "markeredgecolor": PAPER, "markeredgewidth": 0.5}
_ROUND = BoxStyle.Round(pad=0, rounding_size=HEIGHT / 2)
_BADGE: Any = {"facecolor": PAPER, "edgecolor": INK, "linewidth": 0.8}

Points = NDArray[np.float64]
Room = tuple[float, float, float, float]
"""West, south, east, north in millimetres."""


@dataclass(frozen=True)
class Badge:
    """A badge, by its middle in millimetres."""

    text: str
    x: float
    y: float
    point: tuple[float, float] | None = None
    """Where in the ward its line ends; without one it stands in the ward."""

    @cached_property
    def half(self) -> Points:
        """Half its width and half its height: a circle, or longer for a longer text."""
        wide = width_mm(self.text, size=SMALL, bold=True) + 1.3
        return np.array([max(wide, HEIGHT), HEIGHT]) / 2


def place_badges(shapes: Mapping[str, Polygonal], *, labels: Mapping[str, str], room: Room) -> list[Badge]:
    """Place a badge for each shape, in millimetres: first those with room of their own, then the others beside their wards.

    Where no place is free, a badge stands on its ward, over others.
    """
    middles = {code: widest_place(shape, tolerance=0.2) for code, shape in shapes.items()}
    texts = {code: cut(labels[code], most=_MOST_LETTERS) for code in shapes}
    placed: list[Badge] = []
    beside: list[str] = []
    for code in sorted(shapes, key=lambda one: (middles[one][2], one)):
        own = _within(shapes[code], texts[code], middle=middles[code], placed=placed, room=room)
        placed += [own] if own else []
        beside += [] if own else [code]
    points = {code: np.array(middles[code][:2]) for code in beside}
    centre = np.mean(list(points.values()), axis=0) if points else np.zeros(2)
    # From the outside in: those in a crowd's middle have to go over the others anyway.
    for code in sorted(beside, key=lambda one: (-math.dist(points[one], centre), one)):
        others = np.array([point for other, point in points.items() if other != code]).reshape(-1, 2)
        placed.append(_beside(texts[code], point=points[code], others=others, placed=placed, room=room))
    return _uncrossed(placed)


def _uncrossed(badges: list[Badge]) -> list[Badge]:
    """Let two badges of one size change places where their lines cross: each change makes the lines shorter."""
    done = list(badges)
    for _ in badges:
        changed = False
        for one, other in combinations(range(len(done)), 2):
            a, b = done[one], done[other]
            if a.point and b.point and (a.half == b.half).all() and _crosses(a, b):
                done[one], done[other] = replace(a, x=b.x, y=b.y), replace(b, x=a.x, y=a.y)
                changed = True
        if not changed:
            break
    return done


def _crosses(one: Badge, other: Badge) -> bool:
    line = np.array([[*(other.point or ()), other.x, other.y]])
    return bool(_crossings(np.array(one.point), np.array([[one.x, one.y]]), line)[0])


def _within(
    shape: Polygonal, text: str, *, middle: tuple[float, float, float], placed: list[Badge], room: Room
) -> Badge | None:
    """Find a place in a shape that is wide enough: its middle, or another where the badge hardly leaves the shape."""
    if middle[2] < HEIGHT / 2 * _SEEN_AROUND:
        return None
    half = Badge(text, 0, 0).half
    places = np.array(middle[:2]) + np.array(sorted(product(_STEPS, _STEPS), key=lambda step: math.hypot(*step)))
    inside = shapely.contains(shape, shapely.box(*(places - half * _ENOUGH).T, *(places + half * _ENOUGH).T))
    inside[0] = True
    found = places[inside & _are_free(places, half=half, placed=placed, room=room)]
    return Badge(text, float(found[0][0]), float(found[0][1])) if len(found) else None


def _beside(text: str, *, point: Points, others: Points, placed: list[Badge], room: Room) -> Badge:
    """Find the nearest place around a point that is free, and whose line crosses little."""
    places = _free_around(point, half=Badge(text, 0, 0).half, others=others, placed=placed, room=room)
    if not len(places):
        return Badge(text, float(point[0]), float(point[1]))
    lengths = np.hypot(*(places - point).T)
    best = np.argmin(lengths + _A_CROSSING * _crossings(point, places, _obstacles(placed, others)))
    x, y = places[best].tolist()
    return Badge(text, x, y, point=(float(point[0]), float(point[1])))


def _free_around(point: Points, *, half: Points, others: Points, placed: list[Badge], room: Room) -> Points:
    """Give the nearest free places, some rings at a time: looking at all takes long where there are many badges."""
    reach = math.hypot(room[2] - room[0], room[3] - room[1])
    ring = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)])
    found: list[Points] = []
    for distance in np.arange(_NEAREST, reach, _STEP * _RINGS):
        places = point + np.concatenate([ring * (distance + _STEP * one) for one in range(_RINGS)])
        free = _are_free(places, half=half, placed=placed, room=room) & ~_touch(places, others, reach=half + _POINT)
        found.append(places[free])
        if sum(map(len, found)) >= _TRIED:
            break
    return np.concatenate(found) if found else np.empty((0, 2))


def _are_free(places: Points, *, half: Points, placed: list[Badge], room: Room) -> NDArray[np.bool_]:
    """Whether a badge at each place lies in the room, off other badges and off the points of their lines."""
    free = ((places - half >= room[:2]) & (places + half <= room[2:])).all(axis=1)
    if placed:
        taken = np.array([(one.x, one.y) for one in placed])
        reach = np.array([one.half for one in placed]) + half + _APART
        free &= ~_touch(places, taken, reach=reach)
    return np.asarray(free)


def _touch(places: Points, others: Points, *, reach: Points) -> NDArray[np.bool_]:
    """Whether each place is within reach of another: to the side and upwards."""
    away = np.abs(places[:, None] - others) - reach
    return np.asarray(away.max(axis=2).min(axis=1, initial=np.inf) < 0)


def _obstacles(placed: list[Badge], others: Points) -> Points:
    """Give what a line should not cross, as lines: other lines, badges by their diagonals, points by a small cross."""
    lines = [(*one.point, one.x, one.y) for one in placed if one.point]
    crosses = [((one.x, one.y), one.half) for one in placed] + [(point, np.full(2, _POINT)) for point in others]
    for (x, y), (wide, high) in crosses:
        lines += [(x - wide, y - high, x + wide, y + high), (x - wide, y + high, x + wide, y - high)]
    return np.array(lines).reshape(-1, 4)


def _crossings(start: Points, ends: Points, lines: Points) -> NDArray[np.int_]:
    """Count for the line from `start` to each of `ends` how many of `lines` it crosses."""
    one, other = lines[:, :2], lines[:, 2:]
    along = ends[:, None] - start
    across = _side(along, one - start) * _side(along, other - start) < 0
    back = _side(other - one, start - one) * _side(other - one, ends[:, None] - one) < 0
    return np.asarray((across & back).sum(axis=1))


def _side(one: Points, other: Points) -> Points:
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0])


def draw_badges(axes: Axes, badges: list[Badge], *, left: float, bottom: float) -> None:
    """Draw badges, moved by so many millimetres: all lines first, then what must stay readable."""
    for one in badges:
        if one.point is not None:
            ends = ([one.point[0] + left, one.x + left], [one.point[1] + bottom, one.y + bottom])
            axes.add_artist(Line2D(*ends, color=PAPER, linewidth=2.2, zorder=3))
            axes.add_artist(Line2D(*ends, color=INK, linewidth=0.8, zorder=3.1, marker="o", markevery=[0], **_DOT))
    for one in badges:
        wide, high = one.half
        corner = (one.x + left - wide, one.y + bottom - high)
        axes.add_artist(FancyBboxPatch(corner, 2 * wide, 2 * high, boxstyle=_ROUND, zorder=3.2, **_BADGE))
        write(axes, one.x + left, one.y + bottom, one.text, bold=True, ha="center", zorder=3.3)
