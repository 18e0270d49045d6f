"""Small cells that wards are put together from, as real wards are from parishes and street blocks.

A ward that is a union of irregular small cells does not look like one Voronoi cell, and borders are shared
because both neighbours are made of the same cell edges.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree

from data.demo import plan
from data.demo.ground import Array, Ground

COUNTRY_SPACING_KM = 1.05
URBAN_SPACING_KM = 0.27
MARGIN_KM = 5.0
"""Cells are drawn this far beyond the county, so that every cell inside it is closed."""

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """Small cells, inside the county and around it."""

    sites: Array
    """(n, 2) a point in each cell, kilometres."""
    corners: Array
    """(v, 2) where cell edges meet, kilometres."""
    pairs: Integers
    """(e, 2) the two cells on the sides of each edge."""
    ends: Integers
    """(e, 2) the two corners of each edge; never infinite between cells of the county."""

    @property
    def lengths(self) -> Array:
        """Length of each edge, kilometres."""
        return np.asarray(np.hypot(*(self.corners[self.ends[:, 0]] - self.corners[self.ends[:, 1]]).T))


def make_cells(ground: Ground, rng: np.random.Generator) -> Cells:
    """Lay out cells: street-like lattices in built-up places, irregular ones in the country, pairs along water."""
    banks = _bank_sites(ground)
    urban = _clear_of(np.vstack([_lattice(town, rng) for town in _towns()]), banks, gap=0.6 * URBAN_SPACING_KM)
    urban = _thinned(urban, gap=0.45 * URBAN_SPACING_KM)
    country = _country_sites(rng)
    country = _clear_of(country, urban, gap=0.45 * COUNTRY_SPACING_KM)
    country = _clear_of(country, banks, gap=0.45 * COUNTRY_SPACING_KM)
    voronoi = Voronoi(np.vstack([banks, urban, country]))
    ends = np.asarray(voronoi.ridge_vertices, dtype=np.int64)
    closed = (ends >= 0).all(axis=1)
    pairs = np.asarray(voronoi.ridge_points, dtype=np.int64)[closed]
    return Cells(voronoi.points, voronoi.vertices, pairs, ends[closed])


def _towns() -> list[plan.Town]:
    return [plan.CITY, *(town for district in plan.DISTRICTS for town in district.towns)]


def _lattice(town: plan.Town, rng: np.random.Generator) -> Array:
    """Lay a turned, slightly disturbed square lattice over a town: its cell edges read as streets."""
    half = np.arange(-1.3 * town.radius, 1.3 * town.radius, URBAN_SPACING_KM)
    grid = np.stack(np.meshgrid(half, half), axis=-1).reshape(-1, 2)
    grid = grid[np.hypot(*grid.T) < 1.3 * town.radius]
    angle = rng.uniform(0, np.pi / 2)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    jitter = rng.uniform(-0.27, 0.27, size=grid.shape) * URBAN_SPACING_KM
    return np.asarray((grid + jitter) @ turn.T + np.asarray(town.centre))


def _country_sites(rng: np.random.Generator) -> Array:
    outline = np.asarray([*plan.COAST, *plan.INLAND, *plan.ISLAND])
    (left, low), (right, high) = outline.min(axis=0) - MARGIN_KM, outline.max(axis=0) + MARGIN_KM
    rows = np.arange(low, high, COUNTRY_SPACING_KM * np.sqrt(3) / 2)
    columns = np.arange(left, right, COUNTRY_SPACING_KM)
    x, y = np.meshgrid(columns, rows)
    x = x + (np.arange(len(rows)) % 2)[:, None] * COUNTRY_SPACING_KM / 2
    points = np.column_stack([x.ravel(), y.ravel()])
    return np.asarray(points + rng.uniform(-0.42, 0.42, size=points.shape) * COUNTRY_SPACING_KM)


def _bank_sites(ground: Ground) -> Array:
    """Set cells in pairs on both sides of the water's edge, so that cell edges run along it."""
    offset = 0.11
    lines = shapely.get_parts(shapely.line_merge(ground.water_edge))
    sites = [_on_both_sides(line, step=0.24, offset=offset) for line in lines if line.length > 0.5]
    return _thinned(np.vstack(sites), gap=0.8 * offset)


def _on_both_sides(line: shapely.LineString, *, step: float, offset: float) -> Array:
    along = np.arange(step / 2, line.length, step)
    here = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, along + 0.05))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(along - 0.05, 0)))
    direction = (ahead - behind) / np.hypot(*(ahead - behind).T)[:, None]
    normal = np.column_stack([-direction[:, 1], direction[:, 0]])
    return np.vstack([here + offset * normal, here - offset * normal])


def _clear_of(points: Array, others: Array, *, gap: float) -> Array:
    distance, _ = cKDTree(others).query(points)
    return points[distance > gap]


def _thinned(points: Array, *, gap: float) -> Array:
    """Drop the later of any two points nearer than the gap."""
    close = cKDTree(points).query_pairs(gap, output_type="ndarray")
    dropped = np.unique(close.max(axis=1)) if len(close) else np.array([], dtype=np.int64)
    return np.delete(points, dropped, axis=0)
