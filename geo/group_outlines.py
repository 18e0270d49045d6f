"""Outlines of groups of wards, for drawing: put together from the wards' simplified outlines."""

import geopandas as gpd
import pandas as pd
import shapely

_METRES = "EPSG:27700"
_DECIMALS_GRID = 1e-5
"""Degrees: to which `geo.outlines.simplify_outlines` rounds, so that shared borders vanish."""


def group_outlines(outlines: gpd.GeoDataFrame, *, group: "pd.Series[str]") -> "gpd.GeoSeries":
    """Put the outlines of each group of wards together.

    Parameters
    ----------
    outlines : (n,) GeoDataFrame
        As `geo.outlines.simplify_outlines` gives them (EPSG:4326): shared borders are the same to the digit.
    group : (n,) Series
        The group of each ward in the same order; wards without one are left out.

    Returns
    -------
    GeoSeries
        One outline a group, by group, EPSG:27700.
    """
    wards = pd.Series(outlines.geometry.to_numpy(), dtype=object).groupby(group.to_numpy())
    joined = {name: shapely.union_all(members.to_numpy(), grid_size=_DECIMALS_GRID) for name, members in wards}
    drawn = gpd.GeoSeries(list(joined.values()), index=pd.Index(list(joined), dtype="str"), crs=outlines.crs)
    return drawn.to_crs(_METRES)
