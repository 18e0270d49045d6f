"""A hand-made map of squares for the tests of the benchmark."""

import geopandas as gpd
import numpy as np
import shapely
from libpysal.graph import Graph

from bench.overlap.areas import Area
from bench.overlap.worlds import Map


def map_of_squares(counts, *, columns):
    """Equal squares with equal residents, row by row, and risks of 1."""
    counts = np.asarray(counts)
    squares = [shapely.box(i % columns, i // columns, i % columns + 1, i // columns + 1) for i in range(len(counts))]
    outlines = gpd.GeoSeries(squares, crs="EPSG:27700")
    area = Area(outlines=outlines, graph=Graph.build_contiguity(outlines, rook=False))
    return Map(area=area, counts=counts, residents=np.ones(len(counts)), risks=np.ones(counts.shape), parameters=None)
