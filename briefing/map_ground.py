"""What maps of all wards of an area have in common: outlines as paths, the shape of the whole. Made once for a pack."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.path import Path
from shapely import MultiPolygon, Polygon

from briefing.area_facts import AreaFacts

Box = tuple[float, float, float, float]
"""West, south, east, north in metres (EPSG:27700)."""
Polygonal = Polygon | MultiPolygon
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
    extent: Box

    def inside(self, box: Box) -> dict[str, Polygonal]:
        """Outlines of the wards within a box, cut at its edges."""
        codes = list(self.outlines)
        cut = shapely.clip_by_rect(np.array([self.outlines[code] for code in codes]), *box)
        return {code: _polygons_of(shape) for code, shape in zip(codes, cut, strict=True) if shape.area > 0}


def map_ground(area: AreaFacts) -> MapGround:
    """Prepare the maps of an area."""
    codes = area.outlines["ward_code"].astype(str).tolist()
    rows = area.rows[-1]
    west, south, east, north = (float(value) for value in area.outlines.total_bounds)
    return MapGround(
        partnership=area.partnership,
        outlines={
            code: _polygons_of(shape)
            for code, shape in zip(codes, shapely.make_valid(area.outlines.geometry.to_numpy()), strict=True)
        },
        names={code: str(rows[code]["ward_name"]) for code in codes},
        classes={code: str(rows[code]["class"]) for code in codes},
        neighbours=area.neighbours,
        districts=_districts(area, fine=_FINE * max(east - west, north - south)),
        extent=(west, south, east, north),
    )


def _polygons_of(shape: shapely.Geometry) -> Polygonal:
    """Drop points and lines: where a frame just touches a ward."""
    if isinstance(shape, Polygon | MultiPolygon):
        return shape
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])


def path_of(shape: Polygonal) -> Path:
    """Turn polygons into one path for drawing, holes and all."""
    rings = shapely.get_rings(shapely.orient_polygons(shape))
    return Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in rings))


def _districts(area: AreaFacts, *, fine: float) -> tuple[Path, ...]:
    merged = [
        shapely.union_all(shapely.make_valid(group.geometry.to_numpy()))
        for _, group in area.outlines.groupby("district", sort=True)
    ]
    coarse = shapely.coverage_simplify(np.array(merged), fine)
    return tuple(path_of(shape) for shape in coarse if not shape.is_empty)
