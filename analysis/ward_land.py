"""What of wards matters to putting them together: their land, borders, residents and districts, never their events."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from libpysal.graph import Graph
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from data.errors import RefusedInputError
from geo.ward_checks import check_wards, outlines_of


@dataclass(frozen=True)
class WardLand:
    """Facts of `n` wards in one order."""

    outlines: NDArray[np.object_]
    """(n,) polygons, in metres."""
    centres: NDArray[np.float64]
    """(n, 2) centroids, metres."""
    extent: NDArray[np.float64]
    """(n,) square metres."""
    perimeter: NDArray[np.float64]
    """(n,) metres."""
    residents: NDArray[np.float64]
    """(n,) people; 0 where unknown."""
    district: NDArray[np.object_]
    """(n,) names; one empty name for all wards without a district."""
    borders: csr_array
    """(n, n) metres of border that two neighbours share: symmetric, 0 stored where they only meet at a corner."""

    @property
    def wards(self) -> int:
        """Number of wards."""
        return len(self.outlines)


def measure_land(wards: gpd.GeoDataFrame, *, neighbours: Graph) -> WardLand:
    """Measure wards and the borders that neighbours share.

    Parameters
    ----------
    wards : (n,) GeoDataFrame
        `ward_code`, `ward_name`, `district`, `residents` and outlines in a projected CRS in metres.
    neighbours : libpysal.graph.Graph
        Contiguity on `ward_code`, as `geo.neighbours.ward_neighbours` gives it; in any order.

    Raises
    ------
    RefusedInputError
        If the wards cannot be used, or the graph is not of these wards.

    Notes
    -----
    A border is shared where the two outlines run along the same line. Where they were digitised apart it counts as not
    shared, which makes the two look less compact together than they are.
    """
    check_wards(wards)
    if "residents" not in wards.columns:
        raise RefusedInputError("The wards have no column residents. Load a population file with these wards.")
    outlines = outlines_of(wards)
    return WardLand(
        outlines=outlines,
        centres=shapely.get_coordinates(shapely.centroid(outlines)),
        extent=shapely.area(outlines),
        perimeter=shapely.length(outlines),
        residents=np.nan_to_num(wards["residents"].to_numpy(dtype=np.float64), nan=0.0),
        district=wards["district"].fillna("").astype(str).to_numpy(dtype=object),
        borders=_shared_borders(wards, neighbours=neighbours, edges=shapely.boundary(outlines)),
    )


def _shared_borders(wards: gpd.GeoDataFrame, *, neighbours: Graph, edges: NDArray[np.object_]) -> csr_array:
    codes = wards["ward_code"].astype("str").to_numpy(dtype=object)
    place = {code: row for row, code in enumerate(codes)}
    if set(neighbours.unique_ids) != set(place):
        raise RefusedInputError(
            "neighbours: expected a graph of the ward codes of these wards, got one of other codes. "
            "Build it from the same wards with ward_neighbours."
        )
    links = neighbours.adjacency[neighbours.adjacency > 0].index
    focal = links.get_level_values("focal").map(place).to_numpy(dtype=np.intp)
    neighbour = links.get_level_values("neighbor").map(place).to_numpy(dtype=np.intp)
    apart = focal < neighbour
    first, second = focal[apart], neighbour[apart]
    metres = shapely.length(shapely.intersection(edges[first], edges[second]))
    both = (np.concatenate([first, second]), np.concatenate([second, first]))
    return csr_array(coo_array((np.concatenate([metres, metres]), both), shape=(len(codes), len(codes))))
