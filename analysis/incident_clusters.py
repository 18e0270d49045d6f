"""Recorded incidents that lie close together, shown only as areas with enough of them.

No test of anything: where more people live, work or pass, more is recorded.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from analysis.group_codes import group_code
from analysis.incident_groups import group_places
from analysis.square_areas import SquareAreas, draw_square_areas
from data.errors import RefusedInputError, UsageError

CRS = "EPSG:27700"
NO_SIGNIFICANCE = (
    "These areas show where recorded incidents lie close together. More is recorded where more people live, work or pass, "
    "and no significance is claimed for any area."
)
_COLUMNS = ("easting", "northing", "count")


@dataclass(frozen=True)
class IncidentClusters:
    """Areas where incidents lie close together, with exact numbers: for the gate, not for showing.

    `clustered`, `unclustered` and `unlocated` sum to `incidents`.
    """

    least: int
    """Every area has at least so many incidents."""
    apart: float
    """Metres below which groups were not told apart."""
    reach: float
    """Metres within which an incident of a group had `least` incidents."""
    square: float
    """Metres: areas are made of whole squares of this side."""
    table: gpd.GeoDataFrame
    """One row an area, by code: `area_code`, `incidents` (all in the area), `share` (of all incidents, located or not),
    `places` (how many different points they lie at: one may be one address), `geometry` (one polygon; areas do not overlap;
    EPSG:27700)."""
    incident_area: "pd.Series[str]"
    """Area code by row of the incidents, on their index; missing where a row is in no area or has no location."""
    incidents: int
    clustered: int
    """Incidents in an area."""
    unclustered: int
    """Incidents with a location, in no area."""
    unlocated: int
    """Incidents without a location."""

    def __post_init__(self) -> None:
        """Refuse an account that does not add up: that would be an incident lost silently."""
        accounted = self.clustered + self.unclustered + self.unlocated
        if not accounted == self.incidents or int(self.table["incidents"].sum()) != self.clustered:
            raise ValueError("the incidents in areas, in none and without a location do not add up to all incidents")

    @property
    def statement(self) -> str:
        """Say in two or three sentences what these areas are. It holds no count of incidents."""
        if self.table.empty:
            return (
                f"No {self.least} incidents lie closer together than those around them, so there is no area to show. "
                "Choose a longer window, or wards instead."
            )
        areas = "1 area" if len(self.table) == 1 else f"{len(self.table)} areas"
        return f"{areas} of whole squares of {self.square:g} m, each with at least {self.least} incidents. {NO_SIGNIFICANCE}"


def cluster_incidents(
    incidents: pd.DataFrame, *, least: int, apart: float = 100.0, reach: float = 1_000.0, square: float = 250.0
) -> IncidentClusters:
    """Group incidents that lie close together, and draw the groups as areas with at least `least` incidents.

    Groups come from HDBSCAN on the places (`group_places`), areas from whole squares of the grid (`draw_square_areas`).
    An area counts every incident in it, whether or not HDBSCAN put it into the group, so that its number is what somebody
    finds who counts in its outline. The result does not depend on the order of the rows.

    Parameters
    ----------
    incidents : (r,) DataFrame
        `easting`, `northing` (float metres, EPSG:27700; missing where there is none) and `count` (int, 0 or more).
    least : int
        Incidents that an area needs, 2 or more: at least one more than the largest count that is suppressed. A larger
        number gives fewer and larger areas.
    apart : float
        Metres. Groups closer together than this are one.
    reach : float
        Metres, at least `apart`. An incident is in a group only if `least` incidents lie within this distance of it.
    square : float
        Metres. The outline tells no place more closely than this, nor that an outer square has more than one incident;
        whose data these are should choose it.

    Raises
    ------
    RefusedInputError
        If columns are missing, or hold what cannot be counts or metres.
    UsageError
        If an option makes no sense, or there are more incidents than can be grouped in about a minute (`MOST_POINTS`).

    Notes
    -----
    An area where all incidents lie at one or two `places` may be about one address: the gate should ask for several. The
    areas move with the data; two sets from nearly the same incidents can be subtracted from each other.
    """
    _check_options(least=least, apart=apart, reach=reach, square=square)
    places, counts = _check_incidents(incidents)
    located = np.isfinite(places).all(axis=1)
    happened = located & (counts > 0)
    distinct, place = np.unique(places[happened], axis=0, return_inverse=True)
    at_place = np.bincount(place, weights=counts[happened], minlength=len(distinct)).astype(np.int64)
    groups = group_places(distinct, counts=at_place, least=least, apart=apart, reach=reach)
    areas = draw_square_areas(distinct, counts=at_place, groups=groups, side=square, least=least)
    table = _tabulate(areas, places=distinct, counts=at_place, total=int(counts.sum()))
    clustered = int(table["incidents"].sum())
    return IncidentClusters(
        least=least,
        apart=apart,
        reach=reach,
        square=square,
        table=table.sort_values("area_code", ignore_index=True),
        incident_area=_area_of_rows(places, areas=areas, codes=table["area_code"], index=incidents.index),
        incidents=int(counts.sum()),
        clustered=clustered,
        unclustered=int(counts[located].sum()) - clustered,
        unlocated=int(counts[~located].sum()),
    )


def _check_options(*, least: int, apart: float, reach: float, square: float) -> None:
    if least < 2:
        raise UsageError(f"least: expected 2 incidents or more, got {least}. One incident is no group.")
    for name, metres in (("apart", apart), ("reach", reach), ("square", square)):
        if not (np.isfinite(metres) and metres > 0):
            raise UsageError(f"{name}: expected metres above 0, got {metres}. Give a distance such as 100.")
    if reach < apart:
        raise UsageError(f"reach: expected at least as many metres as apart ({apart:g}), got {reach:g}. Give more.")


def _check_incidents(incidents: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    missing = [column for column in _COLUMNS if column not in incidents.columns]
    if missing:
        raise RefusedInputError(f"The incidents have no column {', '.join(missing)}. Read them with read_incidents.")
    counts = incidents["count"].to_numpy()
    if not np.issubdtype(counts.dtype, np.integer) or (counts < 0).any():
        raise RefusedInputError(
            "The column count of the incidents: expected whole numbers, 0 or more. Correct the file."
        )
    places = incidents[["easting", "northing"]].to_numpy(dtype=np.float64, na_value=np.nan)
    known = places[np.isfinite(places).all(axis=1)]
    if len(known) and (np.abs(known) <= 180).all():
        raise RefusedInputError(
            "The incidents' easting and northing look like degrees; expected metres in EPSG:27700. "
            "Say in the settings which columns hold longitude and latitude."
        )
    return places, counts.astype(np.int64)


def _tabulate(
    areas: SquareAreas, *, places: NDArray[np.float64], counts: NDArray[np.int64], total: int
) -> gpd.GeoDataFrame:
    at = areas.area_at(places)
    outlines = areas.outlines()
    inside = at >= 0
    happened = np.bincount(at[inside], weights=counts[inside], minlength=len(outlines)).astype(np.int64)
    codes = [
        group_code("C", [f"{areas.side:g} {east} {north}" for east, north in squares[["east", "north"]].to_numpy()])
        for _, squares in areas.squares.groupby("area")
    ]
    columns = {
        "area_code": pd.Series(codes, dtype="str"),
        "incidents": happened,
        "share": happened / max(total, 1),
        "places": np.bincount(at[inside], minlength=len(outlines)),
    }
    return gpd.GeoDataFrame(columns, geometry=shapely.normalize(outlines), crs=CRS)


def _area_of_rows(
    places: NDArray[np.float64], *, areas: SquareAreas, codes: "pd.Series[str]", index: pd.Index
) -> "pd.Series[str]":
    located = np.isfinite(places).all(axis=1)
    at = np.full(len(places), -1)
    at[located] = areas.area_at(places[located])
    return codes.reindex(at).set_axis(index).rename("area_code")
