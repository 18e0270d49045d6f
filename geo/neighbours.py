"""Which wards touch: the neighbourhood that the overlap model smooths over."""

import geopandas as gpd
import numpy as np
import shapely
from libpysal.graph import Graph
from numpy.typing import NDArray
from scipy.spatial import KDTree

from geo.ward_checks import check_wards, outlines_of


def ward_neighbours(wards: gpd.GeoDataFrame, *, gap: float = 1.0) -> Graph:
    """Find the wards that touch each other, at a border or a corner (binary queen contiguity).

    Parameters
    ----------
    wards : (n,) GeoDataFrame
        With unique `ward_code`, in a projected CRS in metres.
    gap
        Metres. Wards this close count as touching, so that a sliver left by rounding does not part neighbours.

    Returns
    -------
    libpysal.graph.Graph
        Indexed by `ward_code` in the order of `wards`; weight 1. A ward without neighbours is kept, as an isolate.

    Raises
    ------
    RefusedInputError
        If the wards cannot be used.

    Notes
    -----
    On the generalised wards of England and Wales of 2023 (21,977 pairs) exact contiguity loses no pair, and a gap of
    1 m adds none; 10 m would add 53 across narrow waters and near-corners. Outlines that were simplified one by one
    lose 1 to 3 in a hundred pairs whatever the gap; get the wards from a source that kept their borders shared.
    """
    check_wards(wards)
    outlines = outlines_of(wards)
    focal, neighbour = shapely.STRtree(outlines).query(outlines, predicate="dwithin", distance=gap)
    apart = focal != neighbour
    return _graph(wards, focal[apart], neighbour[apart])


def nearest_wards(wards: gpd.GeoDataFrame, *, count: int = 6) -> Graph:
    """Take the nearest wards as neighbours, whether they touch or not.

    Two wards are neighbours if either is among the `count` nearest of the other, by a point inside each. So every ward
    has at least `count` neighbours (all others, where there are fewer), islands too.

    Parameters
    ----------
    wards : (n,) GeoDataFrame
        As for `ward_neighbours`.
    count
        How many are nearest. Six is about how many neighbours a ward has by contiguity.

    Returns
    -------
    libpysal.graph.Graph
        As from `ward_neighbours`: binary, symmetric, in the order of `wards`. One ward alone is an isolate.

    Raises
    ------
    RefusedInputError
        If the wards cannot be used.
    """
    check_wards(wards)
    inside = shapely.get_coordinates(shapely.point_on_surface(outlines_of(wards)))
    others = min(count, len(inside) - 1)
    # Itself is among the nearest, but not always the first where two points coincide: so it is taken out by name.
    nearest = KDTree(inside).query(inside, k=np.arange(1, others + 2))[1].ravel()
    focal = np.repeat(np.arange(len(inside)), others + 1)
    apart = focal != nearest
    pairs = np.column_stack([focal[apart], nearest[apart]])
    both_ways = np.unique(np.concatenate([pairs, pairs[:, ::-1]]), axis=0)
    return _graph(wards, both_ways[:, 0], both_ways[:, 1])


def _graph(wards: gpd.GeoDataFrame, focal: NDArray[np.intp], neighbour: NDArray[np.intp]) -> Graph:
    """Make the graph of the pairs of positions, which hold each pair both ways and no ward with itself."""
    alone = np.setdiff1d(np.arange(len(wards)), focal)
    # libpysal keeps an isolate as a link to itself of weight 0, and takes the order of wards from the order of focals.
    focal, neighbour = np.concatenate([focal, alone]), np.concatenate([neighbour, alone])
    order = np.lexsort((neighbour, focal))
    codes = wards["ward_code"].astype("str").to_numpy(dtype=object)
    weight = (focal != neighbour).astype(np.int8)
    return Graph.from_arrays(codes[focal[order]], codes[neighbour[order]], weight[order])


def islands(graph: Graph) -> list[str]:
    """List the wards without a neighbour, in the order of the graph."""
    return [str(code) for code in graph.isolates]
