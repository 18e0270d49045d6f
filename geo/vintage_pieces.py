"""Where the wards of two vintages lie over each other, and how wide a piece must be to be more than drawing."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.ward_checks import outlines_of

WIDEST_OF_DRAWING = 400.0
"""Metres. Outlines generalised to 200 m, the coarsest in common use for wards, are each off by 200 m at most: between two of the
same border lie strips of twice that at most."""
_SMALLEST = 1.0
"""Square metres: less is rounding of coordinates."""
_FEWEST = 20


@dataclass(frozen=True)
class DrawingError:
    """How far apart two files draw one and the same border, and so how wide a piece must be to count.

    Attributes
    ----------
    width
        Metres. A piece of one ward in another counts if a circle of more than this diameter fits into it.
    how
        `measured`, `given` or `assumed`.
    pieces
        How many pieces between wards that kept code and name were measured.
    median, most
        Metres: their widths. Missing where there are none.
    median_share, most_share
        Share of the area of wards that kept code and name which nevertheless lies in other wards: what drawing alone does.
    """

    width: float
    how: str
    pieces: int
    median: float
    most: float
    median_share: float
    most_share: float


def lay_over(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> pd.DataFrame:
    """Cut the old wards by the new ones.

    Parameters
    ----------
    old, new : GeoDataFrame
        Wards of two vintages with `ward_code` and valid outlines, in one projected CRS in metres.

    Returns
    -------
    (p,) DataFrame
        `from_code`, `to_code`, `area` (square metres, at least 1) and `width` (metres: diameter of the largest circle that
        fits into the widest part of the piece), sorted by the codes.
    """
    before, after = outlines_of(old), outlines_of(new)
    left, right = shapely.STRtree(after).query(before, predicate="intersects")
    shapes = shapely.intersection(before[left], after[right])
    area = shapely.area(shapes)
    kept = area >= _SMALLEST
    pieces = {
        "from_code": old["ward_code"].astype("str").array.take(left[kept]),
        "to_code": new["ward_code"].astype("str").array.take(right[kept]),
        "area": area[kept],
        "width": _widths(shapes[kept]),
    }
    return pd.DataFrame(pieces).sort_values(["from_code", "to_code"], ignore_index=True)


def _widths(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Measure the diameter of the largest circle in any part of each shape."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    parts, owner = _polygons(parts, owner)
    widths = np.zeros(len(shapes))
    # The line from the middle of the circle to its rim.
    np.maximum.at(widths, owner, 2 * shapely.length(shapely.maximum_inscribed_circle(parts)))
    return widths


def _polygons(parts: NDArray[np.object_], owner: NDArray[np.intp]) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Leave out lines, points and specks, and open collections, which borders that run together leave."""
    opened, inner = shapely.get_parts(parts, return_index=True)
    chosen = (shapely.get_type_id(opened) == shapely.GeometryType.POLYGON) & (shapely.area(opened) >= _SMALLEST / 2)
    return opened[chosen], owner[inner[chosen]]


def measure_drawing(pieces: pd.DataFrame, *, kept: "pd.Index[str]", given: float | None = None) -> DrawingError:
    """Tell how wide a piece must be to be more than a difference of drawing.

    Two files never draw one border alike if they were generalised differently: on the wards of Leicester, Leicestershire
    and Rutland of 2019 and 2023 not one of 135 wards that kept code and name has the same outline. Between such wards nothing
    moved, so the widest piece between two of them shows how wide a strip drawing alone can make.

    Parameters
    ----------
    pieces
        As `lay_over` gives them.
    kept
        Codes of wards that kept code and name.
    given
        Metres: taken instead of what is measured.

    Returns
    -------
    DrawingError
        `width` is the widest such piece, but no more than `WIDEST_OF_DRAWING` (a ward may have moved and kept its code), and
        that where fewer than 20 such pieces can be measured.
    """
    among = pieces[pieces["from_code"].isin(kept) & pieces["to_code"].isin(kept)]
    apart = among.loc[among["from_code"] != among["to_code"], "width"]
    off = _off_share(pieces, kept=kept)
    most = float(apart.max()) if len(apart) else np.nan
    if given is not None:
        width, how = given, "given"
    elif len(apart) >= _FEWEST:
        width, how = min(most, WIDEST_OF_DRAWING), "measured"
    else:
        width, how = WIDEST_OF_DRAWING, "assumed"
    return DrawingError(width, how, len(apart), float(apart.median()), most, float(off.median()), float(off.max()))


def _off_share(pieces: pd.DataFrame, *, kept: "pd.Index[str]") -> "pd.Series[float]":
    """Give the share of each ward that kept code and name which lies in other wards."""
    mine = pieces[pieces["from_code"].isin(kept)]
    away = mine["area"].where(mine["from_code"] != mine["to_code"], 0.0)
    return away.groupby(mine["from_code"]).sum() / mine.groupby("from_code")["area"].sum()
