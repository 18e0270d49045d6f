"""What a ward is divided by where it is split: area, or the residents of the pieces."""

import geopandas as gpd
import numpy as np
import pandas as pd

from data.errors import RefusedInputError
from geo.locate import NOWHERE, locate
from geo.ward_checks import outlines_of


def residents_by_density(pieces: pd.DataFrame, *, residents: "pd.Series[float]") -> "pd.Series[float]":
    """Give each piece its part of the residents of the new ward that it lies in, by area (dasymetric).

    Within a new ward people are taken as evenly spread; between new wards they are not. So a piece of a town ward weighs more
    than one as large of the countryside beside it.

    Parameters
    ----------
    pieces
        As `geo.vintage_pieces.lay_over` gives them.
    residents
        Of the new wards, by code; missing where not known.

    Returns
    -------
    (p,) Series
        Residents, missing where those of the new ward are.
    """
    covered = pieces.groupby("to_code")["area"].transform("sum")
    return pieces["to_code"].map(residents).astype("float64") * pieces["area"] / covered


def residents_by_places(
    pieces: pd.DataFrame, *, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, places: gpd.GeoDataFrame
) -> "pd.Series[float]":
    """Give each piece the residents of the finer areas (output areas, say) that lie in it.

    Parameters
    ----------
    pieces
        As `lay_over` gives them.
    old, new
        The wards that were laid over each other.
    places
        Finer areas with `residents` in the same CRS: points, such as population-weighted centres, or outlines, which go whole
        to where a point inside them lies.

    Returns
    -------
    (p,) Series
        Residents; zero where no place lies in the piece.

    Raises
    ------
    RefusedInputError
        If the places are in another CRS, or none lies in any piece.
    """
    if places.crs != old.crs:
        raise RefusedInputError("The finer areas and the wards are in different coordinate reference systems.")
    inside = places.geometry.representative_point()
    xy = np.column_stack([inside.x, inside.y])
    found = {
        key: locate(xy, outlines_of(wards), tolerance=0.0).ward for key, wards in (("from_code", old), ("to_code", new))
    }
    both = (found["from_code"] != NOWHERE) & (found["to_code"] != NOWHERE)
    people = pd.DataFrame({"residents": places["residents"].to_numpy(dtype=float)[both]})
    for key, wards in (("from_code", old), ("to_code", new)):
        people[key] = wards["ward_code"].astype("str").array.take(found[key][both])
    if people.empty:
        raise RefusedInputError("No finer area lies in any of the wards. Take those of the same part of the country.")
    keys = ["from_code", "to_code"]
    summed = people.groupby(keys)["residents"].sum()
    return pd.Series(summed.reindex(pd.MultiIndex.from_frame(pieces[keys])).fillna(0.0).to_numpy(), index=pieces.index)
