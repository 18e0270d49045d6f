"""Areas to draw worlds on: a made-up coverage of any number of wards, or the wards of a file."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from libpysal.graph import Graph
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]

WARD_SIDE = 2_000.0
"""Metres across a typical made-up ward."""


@dataclass(frozen=True)
class Area:
    """Wards and who is whose neighbour."""

    outlines: gpd.GeoSeries
    """(n,) polygons, EPSG:27700."""
    graph: Graph
    """Binary contiguity in the same order."""

    @property
    def wards(self) -> int:
        """Number of wards."""
        return len(self.outlines)

    @cached_property
    def adjacency(self) -> csr_array:
        """(n, n) binary, zero diagonal."""
        links = csr_array(self.graph.sparse, dtype=np.float64)
        links.setdiag(0)
        links.eliminate_zeros()
        return links

    @cached_property
    def centres(self) -> Floats:
        """(n, 2) metres."""
        centres = self.outlines.centroid
        return np.column_stack([centres.x, centres.y])

    @cached_property
    def nearest(self) -> NDArray[np.intp]:
        """(n, n) for each ward all wards in order of distance, itself first."""
        apart = np.linalg.norm(self.centres[:, None] - self.centres[None], axis=2)
        np.fill_diagonal(apart, -1)
        return np.argsort(apart, axis=1, kind="stable")


def made_up_area(wards: int, *, rng: np.random.Generator, islands: float = 0.0) -> Area:
    """Make a coverage of Voronoi cells around jittered points.

    Parameters
    ----------
    wards : int
        Number of wards.
    islands : float
        Share of wards that are moved apart, so that they have no neighbour.
    """
    columns = int(np.ceil(np.sqrt(wards)))
    places = rng.permutation(columns * int(np.ceil(wards / columns)))[:wards]
    points = np.column_stack(np.divmod(places, columns)) + rng.uniform(0.1, 0.9, (wards, 2))
    cells = shapely.voronoi_polygons(
        shapely.MultiPoint(points * WARD_SIDE), extend_to=shapely.box(0, 0, 1, 1), ordered=True
    )
    frame = shapely.box(*(points * WARD_SIDE).min(axis=0) - WARD_SIDE, *(points * WARD_SIDE).max(axis=0) + WARD_SIDE)
    outlines = gpd.GeoSeries(shapely.intersection(shapely.get_parts(cells), frame), crs="EPSG:27700")
    return _area(_with_islands(outlines, count=round(islands * wards), rng=rng))


def area_from_file(path: Path) -> Area:
    """Read the wards of a file."""
    return _area(gpd.GeoSeries(gpd.read_file(path).to_crs("EPSG:27700").make_valid().to_numpy(), crs="EPSG:27700"))


def _with_islands(outlines: gpd.GeoSeries, *, count: int, rng: np.random.Generator) -> gpd.GeoSeries:
    """Move some wards beside the map, a ward apart from each other."""
    chosen = rng.choice(len(outlines), count, replace=False)
    moved = outlines.copy()
    right = float(outlines.total_bounds[2])
    for place, ward in enumerate(chosen):
        cell = outlines.iloc[ward]
        x, y = right + 3 * WARD_SIDE, 5 * WARD_SIDE * place
        moved.iloc[ward] = shapely.affinity.translate(cell, x - cell.centroid.x, y - cell.centroid.y)
    return moved


def _area(outlines: gpd.GeoSeries) -> Area:
    return Area(outlines=outlines, graph=Graph.build_contiguity(outlines, rook=False))
