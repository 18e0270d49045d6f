"""Areas where recorded incidents lie close together: a picture over pale wards, beside a table."""

import geopandas as gpd
import pandas as pd
import streamlit as st

from disclosure.incident_areas import ReleasedIncidentAreas
from pages.components.group_pictures import draw_over, show_statements
from pages.components.look import is_dark, measure_colour
from pages.components.plain_text import plain_text

_TABLE_HEIGHT = 400
"""Pixels."""
_COLUMNS = {
    "area_name": st.column_config.TextColumn("Mostly in", pinned=True, width="medium"),
    "incidents": st.column_config.NumberColumn("Incidents", format="localized"),
    "share": st.column_config.NumberColumn(
        "Of all", format="%.1f%%", help="Share of all recorded incidents, located or not"
    ),
    "places": st.column_config.NumberColumn(
        "Points", format="localized", help="How many different points they lie at. One or two may be about one address."
    ),
    "wards": st.column_config.NumberColumn("Wards reached", help="How many wards it lies in or touches"),
    "square_km": st.column_config.NumberColumn("Square km", format="%.2f"),
}
_TIPS = {
    "area_name": "Mostly in",
    "wards": "Wards reached",
    "square_km": "Square km",
    "incidents": "Recorded incidents",
    "share": "Of all, in 100",
    "places": "Different points",
}


def show_incident_areas(areas: ReleasedIncidentAreas, *, district: str | None, wards: gpd.GeoDataFrame) -> None:
    """Draw released areas, of one district or all, or say why there are none.

    Parameters
    ----------
    wards : (n,) GeoDataFrame
        Simplified outlines in map order, EPSG:4326, with `ward_code` and `district`.
    """
    if areas.table.empty:
        st.info(plain_text(" ".join(areas.statements)))
        return
    shown = areas.table.assign(share=100 * areas.table["share"])
    shown = shown if district is None else shown[shown["district"] == district]
    ground = wards if district is None else wards[wards["district"] == district]
    picture, table = st.columns([1.15, 1], gap="medium")
    with picture:
        draw_over(
            shown.round({"square_km": 2, "share": 1}),
            wards=ground,
            fill=measure_colour("incidents", dark=is_dark()),
            tips={column: title for column, title in _TIPS.items() if column in shown},
            alt_text=f"Map of {len(shown)} areas where recorded incidents lie close together, over the wards"
            + (f" of {district}." if district else "."),
        )
    with table:
        _show_table(pd.DataFrame(shown.drop(columns="geometry")))
        show_statements(areas.statements)


def _show_table(rows: pd.DataFrame) -> None:
    columns = {column: config for column, config in _COLUMNS.items() if column in rows}
    st.dataframe(
        rows,
        column_config=columns,
        column_order=list(columns),
        hide_index=True,
        height=_TABLE_HEIGHT,
        placeholder="",
        alt="Table of areas where recorded incidents lie close together",
    )
