"""The part of the area that a ward's map shows, in millimetres of paper."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from briefing.map_ground import Box, MapGround
from briefing.map_shapes import Polygonal, on_paper

MAP_WIDTH, MAP_HEIGHT = 112.0, 68.0
"""Millimetres."""
SCALE_BAR = shapely.box(0, 0, MAP_WIDTH / 4 + 6, 8)
"""No name goes there."""
_AROUND = 1.9
"""Times the ward's own extent that is shown, if there is as much around it."""
_EDGE = 1.15
_ALONE = 2.0
_LEAST = 400.0
"""Metres across, whatever the ward."""


@dataclass(frozen=True)
class MapFrame:
    """What lies in the frame of a map."""

    view: Box
    scale: float
    """Millimetres of paper a metre of land."""
    shapes: Mapping[str, Polygonal]
    """Outlines within the frame, by ward code; millimetres from the lower left corner."""


def frame_around(ground: MapGround, code: str) -> MapFrame:
    """Frame a ward and what is near it: about twice its own extent, and not beyond its neighbours."""
    own = np.array(shapely.bounds(ground.outlines[code]))
    all_near = [own, *(shapely.bounds(ground.outlines[other]) for other in ground.neighbours.get(code, ()))]
    near = np.array([*np.min(all_near, axis=0)[:2], *np.max(all_near, axis=0)[2:]])
    edge = _EDGE if len(all_near) > 1 else _ALONE
    half = np.minimum(_half(own) * _AROUND, np.maximum(_half(near), _half(own)) * edge)
    half = np.maximum(half, _LEAST / 2)
    scale = min(MAP_WIDTH / (2 * half[0]), MAP_HEIGHT / (2 * half[1]))
    middle = (own[:2] + own[2:]) / 2
    corner = middle - np.array([MAP_WIDTH, MAP_HEIGHT]) / scale / 2
    far = corner + np.array([MAP_WIDTH, MAP_HEIGHT]) / scale
    view = (float(corner[0]), float(corner[1]), float(far[0]), float(far[1]))
    cut = ground.inside(view)
    drawn = dict(zip(cut, on_paper(cut.values(), corner=corner, scale=scale), strict=True))
    return MapFrame(view=view, scale=float(scale), shapes=drawn)


def _half(bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    return (bounds[2:] - bounds[:2]) / 2
