"""Places where recorded incidents lie close together, as one audience may have them.

Audiences without exact values get outlines and no number, and only where the ward counts that they have leave room: an area
inside a ward says how many of its incidents at least lie here, and so how few can lie in the rest of the ward.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from analysis.incident_clusters import CRS, NO_SIGNIFICANCE, IncidentClusters, cluster_incidents
from analysis.study import EventTables, Question, events_asked_about
from analysis.windows import QUARTERS_A_YEAR, Window, choose_window, count_by_ward, quarters_covered
from data.settings import Disclosure
from disclosure.audiences import Audience, permission
from disclosure.suppression import WITHHELD, is_suppressed, round_counts, say_count
from disclosure.ward_areas import SINGLE_YEARS

_NUMBERS = ("incidents", "share", "places")
_COLUMNS = ("area_code", "area_name", "district", "wards", "square_km", *_NUMBERS, "geometry")
_SQUARE_KM = 1e6
FEWEST_PLACES = 3
"""Points at which the incidents of an area lie, for audiences without exact values: fewer may be about one address."""
_NO_POINTS = "Too few recorded incidents have a location to say where they lie close together."
_LEFT_OUT = (
    "Only outlines are shown, without a number, and only where every ward that an area reaches has a count large enough. "
    "There may be more such places than are drawn."
)


@dataclass(frozen=True)
class ReleasedIncidentAreas:
    """What one audience may have of the areas of incidents.

    `table` (EPSG:27700) has a row an area, by name: `area_code`, `area_name` (of the ward that most of it lies in), `district`,
    `wards` (how many it reaches), `square_km`, `geometry` (whole squares); with `exact` also `incidents`, `share` (of all, with
    a location or not) and `places` (how many points they lie at). It has no row where there is nothing to show.
    """

    exact: bool
    window: Window
    question: Question
    table: gpd.GeoDataFrame
    statements: tuple[str, ...]
    """What these areas are and are not, and how many incidents have no location: to stand beside them."""


def release_incident_areas(
    tables: EventTables, *, question: Question, audience: Audience, rule: Disclosure
) -> ReleasedIncidentAreas:
    """Group the incidents of a question that have points, and release the areas to an audience.

    Raises
    ------
    UsageError
        If the data do not cover the window, or there are more incidents than can be grouped.

    Notes
    -----
    What an area says without its number: at least `least` incidents lie in it, and no more than one a square follows from
    its outline. Whoever also has ward counts can take the larger of the two from each ward it reaches; an area is
    shown only where what is left of every such ward could then still be anything from 0 to the threshold, going by the least
    that its count can be. A limit: where HDBSCAN draws a border follows from all points around, in a way that nobody
    can take back to one point, but that is not proven.
    """
    covered = quarters_covered(tables.referrals, tables.incidents)
    window = choose_window(covered, quarters=question.quarters, last=question.last_quarter)
    exact = permission(audience, rule=rule).exact
    if not exact and window.quarters != QUARTERS_A_YEAR:
        return ReleasedIncidentAreas(exact, window, question, _empty(), (SINGLE_YEARS,))
    _, incidents = events_asked_about(tables, question=question, quarters=window.labels)
    found = cluster_incidents(
        incidents[["easting", "northing", "count"]],
        least=max(rule.incident_area_least, rule.suppress_up_to + 1),
        square=rule.incident_area_square,
    )
    reached = _wards_reached(found, wards=tables.wards)
    if exact:
        table = _describe(found.table, reached=reached, wards=tables.wards)
        return ReleasedIncidentAreas(exact, window, question, table, (found.statement, _account(found)))
    ward_counts = count_by_ward(incidents, ward_codes=pd.Index(tables.wards["ward_code"]))
    may = _may_be_drawn(found, reached=reached, ward_counts=ward_counts, rule=rule)
    # Described, and so numbered, after the choice: a number left out would tell of an area that is not drawn.
    drawn = _describe(found.table[may], reached=reached, wards=tables.wards).drop(columns=list(_NUMBERS))
    statements = (_say_outlines(found, drawn=len(drawn)), _LEFT_OUT, _say_unlocated(found, rule=rule))
    return ReleasedIncidentAreas(exact, window, question, drawn, statements)


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


def _may_be_drawn(
    found: IncidentClusters, *, reached: pd.DataFrame, ward_counts: NDArray[np.int64], rule: Disclosure
) -> NDArray[np.bool_]:
    """Which areas leave room in every ward that they reach (see `release_incident_areas`), and lie at several places."""
    squares = np.ceil(found.table.area.to_numpy() / found.square**2)
    said = np.maximum(found.least, squares)
    taken = np.bincount(reached["ward"], weights=said[reached["area"]], minlength=len(ward_counts))
    # What is shown of a count is never more than one rounding step above it.
    least = np.maximum(round_counts(ward_counts, rule=rule) - rule.round_to, rule.suppress_up_to + 1)
    roomy = ~is_suppressed(ward_counts, rule=rule) & (least - taken >= rule.suppress_up_to)
    cramped = reached["area"][~roomy[reached["ward"]]]
    rows = np.arange(len(found.table))
    inside = np.isin(rows, reached["area"]) & ~np.isin(rows, cramped)
    return np.asarray(inside & (found.table["places"] >= FEWEST_PLACES), dtype=np.bool_)


def _empty() -> gpd.GeoDataFrame:
    columns = [column for column in _COLUMNS if column not in (*_NUMBERS, "geometry")]
    return gpd.GeoDataFrame(pd.DataFrame(columns=columns), geometry=[], crs=CRS)


def _account(found: IncidentClusters) -> str:
    without = f"{found.unlocated:,} have no location" if found.unlocated else "all have a location"
    counted = f"{found.incidents:,} recorded incidents that are counted in wards"
    return f"Of {counted}, {found.clustered:,} lie in these areas; {without}."


def _say_outlines(found: IncidentClusters, *, drawn: int) -> str:
    if found.clustered + found.unclustered < found.least:
        return _NO_POINTS
    if not drawn:
        return "There is no place where incidents lie close together that this audience may be shown."
    areas = "1 area" if drawn == 1 else f"{drawn} areas"
    return (
        f"{areas} of whole squares of {found.square:g} m, each with at least {found.least} incidents. {NO_SIGNIFICANCE}"
    )


def _say_unlocated(found: IncidentClusters, *, rule: Disclosure) -> str:
    """Say how many have no location, unless how few have one would follow from the total."""
    located = np.array([found.clustered + found.unclustered])
    said = WITHHELD if is_suppressed(located, rule=rule)[0] else say_count(found.unlocated, rule=rule)
    return f"Recorded incidents counted in wards without a location, so that they can lie in no area: {said}."
