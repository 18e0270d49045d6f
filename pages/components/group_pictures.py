"""Still pictures of groups on the ground, drawn in the browser by Altair: no tiles, and nobody is asked for anything."""

import json
from collections.abc import Sequence
from html import escape

import altair as alt
import geopandas as gpd
import numpy as np
import shapely
import streamlit as st

from geo.group_outlines import group_outlines
from pages.components.charts import NO_MENU
from pages.components.look import is_dark

_HEIGHT = 470
"""Pixels."""
_PALE = (("#f5f6f8", "#bcc4cd", "#8d97a3"), ("#151b21", "#3b4651", "#6c7884"))
"""Light theme and dark: fill of wards, their borders, borders of districts."""
_EDGE = ("#3d444c", "#cfd6dd")
"""Borders of areas."""
_INNER = "#7b858f"
"""Borders of wards inside an area: seen on every fill.

What is not filled still catches the pointer in Vega, so the layer with tooltips is drawn last.
"""
_METRES = "EPSG:27700"

Tips = dict[str, str]
"""Title of each column that a tooltip shows."""


def draw_filled(areas: gpd.GeoDataFrame, *, wards: gpd.GeoDataFrame, tips: Tips, alt_text: str) -> None:
    """Draw areas that cover the ground, with the wards' borders faintly inside.

    Parameters
    ----------
    areas : GeoDataFrame
        Released columns and outlines. Those that `tips` names go to the browser, and no others.
    wards : GeoDataFrame
        Simplified outlines, EPSG:4326, with the colour of each ward's area as `fill`.
    """
    inside = _shapes(wards, columns=["fill"]).mark_geoshape(stroke=_INNER, strokeWidth=0.5)
    coloured = inside.encode(color=alt.Color("properties.fill:N", scale=None, legend=None), tooltip=alt.value(None))
    edges = _shapes(areas, columns=list(tips)).mark_geoshape(filled=False, stroke=_EDGE[is_dark()], strokeWidth=1.3)
    _show([coloured, edges.encode(tooltip=_tooltips(tips))], alt_text=alt_text)


def draw_over(areas: gpd.GeoDataFrame, *, wards: gpd.GeoDataFrame, fill: str, tips: Tips, alt_text: str) -> None:
    """Draw areas that cover little of the ground in one colour, over pale wards and the borders of districts.

    The arguments are those of `draw_filled`; `wards` have `ward_name` and `district`.
    """
    ground, thin, thick = _PALE[is_dark()]
    districts = gpd.GeoDataFrame(geometry=group_outlines(wards, group=wards["district"]))
    base = _shapes(districts, columns=[]).mark_geoshape(fill=ground, stroke=thick, strokeWidth=2.0)
    named = _shapes(wards, columns=["ward_name"]).mark_geoshape(filled=False, stroke=thin, strokeWidth=0.6)
    marked = _shapes(areas, columns=list(tips)).mark_geoshape(fill=fill, fillOpacity=0.75, stroke=fill, strokeWidth=1.4)
    _show(
        [
            base.encode(tooltip=alt.value(None)),
            named.encode(tooltip=_tooltips({"ward_name": "Ward"})),
            marked.encode(tooltip=_tooltips(tips)),
        ],
        alt_text=alt_text,
    )


def show_statements(statements: Sequence[str]) -> None:
    """Say what the groups are and are not, beside the picture."""
    st.html(f'<div class="wo-small">{"".join(f"<p>{escape(one)}</p>" for one in statements)}</div>')


def _show(layers: Sequence[alt.Chart], *, alt_text: str) -> None:
    chart = (
        alt.layer(*layers)
        .project(type="identity", reflectY=True)
        .properties(height=_HEIGHT, usermeta=NO_MENU)
        .configure_view(strokeWidth=0)
    )
    st.altair_chart(chart, width="stretch", alt=alt_text)


def _tooltips(tips: Tips) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"properties.{column}:N", title=title) for column, title in tips.items()]


def _shapes(frame: gpd.GeoDataFrame, *, columns: Sequence[str]) -> alt.Chart:
    """Make a chart of outlines to the metre, with some of their columns as text or numbers."""
    metres = frame.geometry.to_crs(_METRES).to_numpy()
    outlines = shapely.to_geojson(shapely.transform(metres, np.round))
    facts = frame[list(columns)].to_dict("records") if columns else [{} for _ in range(len(frame))]
    features = [
        {"type": "Feature", "properties": properties, "geometry": json.loads(outline)}
        for properties, outline in zip(facts, outlines, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return alt.Chart(alt.Data(values=collection, format={"property": "features"}))  # type: ignore[no-untyped-call]
