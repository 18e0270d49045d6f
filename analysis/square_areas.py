"""Groups of places drawn as areas of whole squares of the grid, so that an outline gives no place away.

A hull with a margin would: its corners are places, and the arcs of a rounded one have places as their centres.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

_HULL = 0.3
"""Between 0, a hull as tight as it can be, and 1, the convex one."""
_CORNERS = np.array([[0, 0], [1, 0], [1, 1], [0, 1]])
_KEY = ["east", "north"]


@dataclass(frozen=True)
class SquareAreas:
    """Areas that do not overlap, each in one piece and with at least so many incidents.

    `squares` has `east`, `north` (int: the south-west corner in squares from the grid's origin) and `area` (int, 0 and up),
    one row a square of an area, sorted.
    """

    squares: pd.DataFrame
    side: float
    """Metres."""

    def outlines(self) -> NDArray[np.object_]:
        """Draw the areas in the order of their numbers: (a,) polygons, metres."""
        corners = self.squares[_KEY].to_numpy(dtype=np.float64) * self.side
        boxes = shapely.box(corners[:, 0], corners[:, 1], corners[:, 0] + self.side, corners[:, 1] + self.side)
        grouped = pd.Series(boxes, dtype=object).groupby(self.squares["area"].to_numpy())
        return np.array([shapely.union_all(group.to_numpy()) for _, group in grouped], dtype=np.object_)

    def area_at(self, places: NDArray[np.float64]) -> NDArray[np.int64]:
        """Give the number of the area that each of (m, 2) places is in, -1 for none."""
        found = squares_of(places, side=self.side).merge(self.squares, on=_KEY, how="left")["area"]
        return found.fillna(-1).to_numpy(dtype=np.int64)


def squares_of(places: NDArray[np.float64], *, side: float) -> pd.DataFrame:
    """Give the square of each of (m, 2) places, `east` and `north`; its south and west sides belong to it."""
    return pd.DataFrame(np.floor(places / side).astype(np.int64), columns=_KEY)


def draw_square_areas(
    places: NDArray[np.float64],
    *,
    counts: NDArray[np.int64],
    groups: NDArray[np.int64],
    side: float,
    least: int,
) -> SquareAreas:
    """Draw groups as areas of whole squares.

    A square belongs to the group with most incidents in it. Gaps are then filled: a square whose middle is in a group's
    concave hull joins it, unless it is another's. What is not joined along a side is parted. An area counts every incident in
    it, grouped or not, and one with fewer than `least` is left out.

    Parameters
    ----------
    places : (m, 2) float array
        Metres.
    counts : (m,) int array
        Incidents at each place.
    groups : (m,) int array
        Number of each place's group, those with more incidents first; negative where there is none.
    side : float
        Metres.
    """
    cells = squares_of(places, side=side).assign(group=groups, count=counts)
    owned = _owned_squares(cells[cells["group"] >= 0])
    filled = pd.concat([owned, _hull_squares(owned)], ignore_index=True).drop_duplicates(_KEY)
    filled["area"] = _parts(filled)
    inside = cells.merge(filled, on=_KEY)
    incidents = inside.groupby("area")["count"].sum()
    kept = incidents.index[incidents >= least]
    squares = filled[filled["area"].isin(kept)].sort_values(_KEY, ignore_index=True)
    # Numbered by their first square, from the south-west: not by how many incidents they have.
    squares["area"] = squares["area"].factorize()[0]
    return SquareAreas(squares[[*_KEY, "area"]], side)


def _owned_squares(cells: pd.DataFrame) -> pd.DataFrame:
    votes = cells.groupby([*_KEY, "group"])["count"].sum().reset_index()
    most_first = votes.sort_values([*_KEY, "count", "group"], ascending=[True, True, False, True])
    owned: pd.DataFrame = most_first.drop_duplicates(_KEY)[[*_KEY, "group"]]
    return owned


def _hull_squares(owned: pd.DataFrame) -> pd.DataFrame:
    """Squares in the hull of each group, the groups in order."""
    found = [owned.iloc[:0]]
    for group, squares in owned.groupby("group"):
        corners = (squares[_KEY].to_numpy()[:, None] + _CORNERS).reshape(-1, 2)
        hull = shapely.concave_hull(shapely.multipoints(corners), ratio=_HULL)
        (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
        across, up = (side.ravel() for side in np.meshgrid(np.arange(west, east), np.arange(south, north)))
        shapely.prepare(hull)
        inside = shapely.intersects_xy(hull, across + 0.5, up + 0.5)
        found.append(pd.DataFrame({"east": across[inside], "north": up[inside], "group": group}))
    return pd.concat(found, ignore_index=True)


def _parts(squares: pd.DataFrame) -> NDArray[np.int64]:
    """Number the parts of each group that hang together along sides."""
    placed = squares[[*_KEY, "group"]].assign(row=np.arange(len(squares)))
    links = [
        placed.assign(**{axis: placed[axis] + 1}).merge(placed, on=[*_KEY, "group"])[["row_x", "row_y"]].to_numpy()
        for axis in _KEY
    ]
    pairs = np.concatenate(links)
    joined = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(squares), len(squares)))
    return np.asarray(connected_components(joined, directed=False)[1], dtype=np.int64)
