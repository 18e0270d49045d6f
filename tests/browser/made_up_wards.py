"""Made-up wards that share borders, for the browser tests and the bench: no real place, any number, always the same."""

import json

import numpy as np
import shapely

_WEST, _SOUTH, _WIDTH, _HEIGHT = -1.4, 52.4, 1.0, 0.62


def made_up_wards(n: int, *, names: dict[int, str] | None = None, wiggles: int = 4) -> tuple[str, str]:
    """Make wards and their districts.

    Parameters
    ----------
    n : int
        Number of wards.
    names : dict of int to str
        Names to put in place of `Ward 17`, by place.
    wiggles : int
        Bends put into each border, so that the outlines weigh what real ones do.

    Returns
    -------
    tuple of str
        GeoJSON (EPSG:4326) of the wards, with properties code, name and district, and of the district borders.
    """
    shapes = _cells(n, wiggles=wiggles)
    districts = [f"District {1 + int((shape.centroid.x - _WEST) / _WIDTH * 4)}" for shape in shapes]
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": f"E05{place:06d}",
                "name": (names or {}).get(place, f"Ward {place}"),
                "district": district,
            },
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for place, (shape, district) in enumerate(zip(shapes, districts, strict=True))
    ]
    merged = [
        shapely.union_all([s for s, d in zip(shapes, districts, strict=True) if d == one])
        for one in sorted(set(districts))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}), shapely.to_geojson(
        shapely.GeometryCollection([shape.boundary for shape in merged])
    )


def _cells(n: int, *, wiggles: int) -> list[shapely.Geometry]:
    rng = np.random.default_rng(n)
    points = shapely.points(rng.random((n, 2)) * (_WIDTH, _HEIGHT) + (_WEST, _SOUTH))
    area = shapely.box(_WEST, _SOUTH, _WEST + _WIDTH, _SOUTH + _HEIGHT)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=area)
    clipped = [cell.intersection(area) for cell in cells.geoms]
    size = (_WIDTH * _HEIGHT / n) ** 0.5
    bent = shapely.segmentize(np.array(clipped), size / 2 / wiggles)
    return [shapely.transform(shape, lambda xy: np.round(_bend(xy, size=size), 5)) for shape in bent]


def _bend(xy: np.ndarray, *, size: float) -> np.ndarray:
    """Shift points by a smooth field of their place alone, so that shared borders stay shared."""
    waves = xy * (9.0 / size)
    return xy + 0.04 * size * np.column_stack([np.sin(waves[:, 1]), np.cos(waves[:, 0] * 1.3)])
