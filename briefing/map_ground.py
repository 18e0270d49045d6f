"""What maps of all wards of an area have in common: outlines as paths, the shape of the whole. Made once for a pack."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.path import Path

from briefing.area_facts import AreaFacts
from briefing.map_shapes import Polygonal, path_of, polygons_of

Box = tuple[float, float, float, float]
"""West, south, east, north in metres (EPSG:27700)."""
_FINE = 0.003
"""Of the area's extent: what a locator of some centimetres can show."""


@dataclass(frozen=True)
class MapGround:
    """The ground of every map of an area, EPSG:27700."""

    partnership: str
    outlines: Mapping[str, Polygonal]
    names: Mapping[str, str]
    classes: Mapping[str, str]
    neighbours: Mapping[str, tuple[str, ...]]
    districts: tuple[Path, ...]
    """Coarse, for the locator."""
    borders: tuple[Path, ...]
    """Outlines of the districts as fine as those of the wards, for maps of the whole area."""
    extent: Box

    def inside(self, box: Box) -> dict[str, Polygonal]:
        """Outlines of the wards within a box, cut at its edges."""
        codes = list(self.outlines)
        cut = shapely.clip_by_rect(np.array([self.outlines[code] for code in codes]), *box)
        return {code: polygons_of(shape) for code, shape in zip(codes, cut, strict=True) if shape.area > 0}


def map_ground(area: AreaFacts) -> MapGround:
    """Prepare the maps of an area."""
    codes = area.outlines["ward_code"].astype(str).tolist()
    rows = area.rows[-1]
    districts = _districts(area)
    west, south, east, north = (float(value) for value in area.outlines.total_bounds)
    return MapGround(
        partnership=area.partnership,
        outlines={
            code: polygons_of(shape)
            for code, shape in zip(codes, shapely.make_valid(area.outlines.geometry.to_numpy()), strict=True)
        },
        names={code: str(rows[code]["ward_name"]) for code in codes},
        classes={code: str(rows[code]["class"]) for code in codes},
        neighbours=area.neighbours,
        districts=_coarse(districts, fine=_FINE * max(east - west, north - south)),
        borders=tuple(path_of(shape) for shape in districts),
        extent=(west, south, east, north),
    )


def _districts(area: AreaFacts) -> list[Polygonal]:
    return [
        polygons_of(shapely.union_all(shapely.make_valid(group.geometry.to_numpy())))
        for _, group in area.outlines.groupby("district", sort=True)
    ]


def _coarse(shapes: list[Polygonal], *, fine: float) -> tuple[Path, ...]:
    coarse = shapely.coverage_simplify(np.array(shapes), fine)
    return tuple(path_of(shape) for shape in coarse if not shape.is_empty)
