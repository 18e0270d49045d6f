"""Still pictures of groups on the ground, drawn in the browser by Altair: no tiles, and nobody is asked for anything."""

import json
from collections.abc import Sequence
from html import escape

import altair as alt
import geopandas as gpd
import shapely
import streamlit as st

from geo.group_outlines import group_outlines
from pages.components.charts import NO_MENU
from pages.components.look import is_dark

_HEIGHT = 450
"""Pixels."""
_PALE = (("#f5f6f8", "#bcc4cd", "#8d97a3"), ("#151b21", "#3b4651", "#6c7884"))
"""Light theme and dark: fill of wards, their borders, borders of districts."""
_EDGE = ("#3d444c", "#cfd6dd")
"""Borders of areas."""
_INNER = "#7b858f"
"""Borders of wards inside an area: seen on every fill."""
_METRE = 1.0

_METRES = "EPSG:27700"

Tips = dict[str, str]
"""Title of each column that a tooltip shows."""


def draw_filled(areas: gpd.GeoDataFrame, *, wards: gpd.GeoDataFrame, tips: Tips, alt_text: str) -> None:
    """Draw areas that cover the ground in the colour of their column `fill`, with the wards' borders faintly inside.

    Parameters
    ----------
    areas : GeoDataFrame
        Released columns and outlines. Those that `tips` names go to the browser, and no others.
    wards : GeoDataFrame
        Simplified outlines, EPSG:4326.
    """
    dark = is_dark()
    filled = _shapes(areas.to_crs(_METRES), columns=["fill", *tips]).mark_geoshape(stroke=_EDGE[dark], strokeWidth=1.3)
    coloured = filled.encode(color=alt.Color("properties.fill:N", scale=None, legend=None), tooltip=_tooltips(tips))
    inner = _lines(wards.to_crs(_METRES).boundary).mark_geoshape(filled=False, stroke=_INNER, strokeWidth=0.5)
    _show([coloured, inner.encode(tooltip=alt.value(None))], alt_text=alt_text)


def draw_over(areas: gpd.GeoDataFrame, *, wards: gpd.GeoDataFrame, fill: str, tips: Tips, alt_text: str) -> None:
    """Draw areas that cover little of the ground in one colour, over pale wards and the borders of districts."""
    ground, thin, thick = _PALE[is_dark()]
    base = _shapes(wards.to_crs(_METRES), columns=["ward_name"]).mark_geoshape(
        fill=ground, stroke=thin, strokeWidth=0.6
    )
    borders = _lines(group_outlines(wards, group=wards["district"]).boundary).mark_geoshape(
        filled=False, stroke=thick, strokeWidth=1.1
    )
    marked = _shapes(areas, columns=list(tips)).mark_geoshape(fill=fill, fillOpacity=0.75, stroke=fill, strokeWidth=1.4)
    _show(
        [
            base.encode(tooltip=_tooltips({"ward_name": "Ward"})),
            borders.encode(tooltip=alt.value(None)),
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


def _lines(outlines: gpd.GeoSeries) -> alt.Chart:
    return _shapes(gpd.GeoDataFrame(geometry=outlines.to_numpy(), crs=outlines.crs), columns=[])


def _shapes(frame: gpd.GeoDataFrame, *, columns: Sequence[str]) -> alt.Chart:
    """Make a chart of outlines to the metre, with some of their columns as text or numbers."""
    outlines = shapely.to_geojson(shapely.transform(frame.geometry.to_numpy(), lambda metres: metres.round()))
    facts = frame[list(columns)].to_dict("records") if columns else [{} for _ in range(len(frame))]
    features = [
        {"type": "Feature", "properties": properties, "geometry": json.loads(outline)}
        for properties, outline in zip(facts, outlines, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return alt.Chart(alt.Data(values=collection, format={"property": "features"}))  # type: ignore[no-untyped-call]
