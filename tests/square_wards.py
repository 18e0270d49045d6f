"""Square wards of 1 km on a lattice, for the tests of what is made of wards."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
from shapely import box

SIDE = 1_000
EAST, NORTH = 450_000, 300_000


def square_wards(
    rows: int,
    columns: int,
    *,
    districts: Sequence[str] | None = None,
    residents: Sequence[float] | float = 8_000.0,
    moved: dict[int, tuple[float, float]] | None = None,
) -> gpd.GeoDataFrame:
    """Make wards row by row from the south-west; `moved` puts some of them (row number: squares east, north) elsewhere."""
    n = rows * columns
    places = [(float(number % columns), float(number // columns)) for number in range(n)]
    for number, place in (moved or {}).items():
        places[number] = place
    return gpd.GeoDataFrame(
        {
            "ward_code": [f"X05{number:06d}" for number in range(n)],
            "ward_name": [f"Ward {number}" for number in range(n)],
            "district": list(districts) if districts is not None else ["North"] * n,
            "residents": np.broadcast_to(np.asarray(residents, dtype=float), n).copy(),
        },
        geometry=[
            box(EAST + SIDE * x, NORTH + SIDE * y, EAST + SIDE * (x + 1), NORTH + SIDE * (y + 1)) for x, y in places
        ],
        crs="EPSG:27700",
    )
