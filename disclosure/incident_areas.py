"""Places where recorded incidents lie close together, for those who may have exact values.

Where their borders run follows from every point around, and nobody can say what can be worked out from that: so no other
audience gets them.
"""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from analysis.counting import EventTables, events_asked_about
from analysis.incident_clusters import IncidentClusters, cluster_incidents
from analysis.question import Question
from analysis.windows import Window, choose_window
from data.settings import Disclosure

_COLUMNS = ("area_code", "area_name", "district", "wards", "square_km", "incidents", "share", "places", "geometry")
_SQUARE_KM = 1e6
_NO_POINTS = "Too few recorded incidents have a location to say where they lie close together."


@dataclass(frozen=True)
class ReleasedIncidentAreas:
    """The areas of incidents.

    `table` (EPSG:27700) has a row an area, by name: `area_code`, `area_name` (of the ward that most of it lies in), `district`,
    `wards` (how many it reaches), `square_km`, `geometry` (whole squares), `incidents`, `share` (of all, with a location or
    not) and `places` (how many points they lie at). It has no row where there is nothing to show.
    """

    window: Window
    question: Question
    table: gpd.GeoDataFrame
    statements: tuple[str, ...]
    """What these areas are and are not, and how many incidents have no location: to stand beside them."""


def release_incident_areas(tables: EventTables, *, question: Question, rule: Disclosure) -> ReleasedIncidentAreas:
    """Group the incidents of a question that have points into areas.

    Raises
    ------
    UsageError
        If the data do not cover the window, or there are more incidents than can be grouped.
    """
    window = choose_window(tables.covered, quarters=question.quarters, last=question.last_quarter)
    _, incidents = events_asked_about(tables, question=question, quarters=window.labels)
    found = cluster_incidents(
        incidents[["easting", "northing", "count"]],
        least=max(rule.incident_area_least, rule.suppress_up_to + 1),
        square=rule.incident_area_square,
    )
    table = _describe(found.table, reached=_wards_reached(found, wards=tables.wards), wards=tables.wards)
    return ReleasedIncidentAreas(window, question, table, (_said(found), _account(found)))


def _wards_reached(found: IncidentClusters, *, wards: gpd.GeoDataFrame) -> pd.DataFrame:
    """`area`, `ward` (rows) and `overlap` (square metres) of each area and each ward that it touches."""
    areas, outlines = found.table.geometry.to_numpy(), wards.geometry.to_numpy()
    area, ward = shapely.STRtree(outlines).query(areas, predicate="intersects")
    overlap = shapely.area(shapely.intersection(areas[area], outlines[ward]))
    return pd.DataFrame({"area": area, "ward": ward, "overlap": overlap})


def _describe(areas: gpd.GeoDataFrame, *, reached: pd.DataFrame, wards: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Name areas after the ward that most of each lies in; several of one ward are numbered from the north."""
    most_first = reached.sort_values(["overlap", "ward"], ascending=[False, True])
    main = most_first.drop_duplicates("area").set_index("area")["ward"].reindex(areas.index)
    lies_in = wards[["ward_name", "district"]].reset_index(drop=True).reindex(main)
    table = areas.assign(
        area_name=pd.array([_place(*names) for names in lies_in.itertuples(index=False)], dtype="str"),
        district=lies_in["district"].to_numpy(),
        wards=reached.groupby("area").size().reindex(areas.index, fill_value=0),
        square_km=areas.area / _SQUARE_KM,
        north=areas.geometry.bounds["maxy"],
    )
    table = table.sort_values(["area_name", "north", "area_code"], ascending=[True, False, True], ignore_index=True)
    grouped = table.groupby("area_name")["area_code"]
    numbered = table["area_name"] + " (" + (grouped.cumcount() + 1).astype("str") + ")"
    return table.assign(area_name=table["area_name"].where(grouped.transform("size") == 1, numbered))[list(_COLUMNS)]


def _place(ward: str | float, district: str | float) -> str:
    named = [str(name) for name in (ward, district) if pd.notna(name)]
    return ", ".join(named) or "Outside the wards"


def _account(found: IncidentClusters) -> str:
    without = f"{found.unlocated:,} have no location" if found.unlocated else "all have a location"
    counted = f"{found.incidents:,} recorded incidents that are counted in wards"
    return f"Of {counted}, {found.clustered:,} lie in these areas; {without}."


def _said(found: IncidentClusters) -> str:
    return _NO_POINTS if found.clustered + found.unclustered < found.least else found.statement
