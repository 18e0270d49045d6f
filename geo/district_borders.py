"""Borders between districts, for drawing over the wards."""

import geopandas as gpd
import shapely


def district_borders(outlines: gpd.GeoDataFrame) -> str:
    """Draw the borders of the districts.

    Parameters
    ----------
    outlines : GeoDataFrame
        Ward outlines with `district`, as `simplify_outlines` gives them (EPSG:4326): their shared borders are the same
        to the digit, so that they vanish when wards are put together.

    Returns
    -------
    str
        GeoJSON geometry: the outer edges of all districts, in the CRS of `outlines`, 5 decimals.
    """
    lines = [
        shapely.union_all(group.geometry.to_numpy(), grid_size=1e-5).boundary
        for _, group in outlines.groupby("district")
    ]
    merged = shapely.line_merge(shapely.union_all(lines, grid_size=1e-5))
    return str(shapely.to_geojson(merged))
