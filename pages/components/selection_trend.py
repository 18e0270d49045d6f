"""The rates of the selected wards over time, a line a ward, beside the whole area's."""

from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from disclosure.gate import Released
from pages.components.charts import MEASURE_NAMES, NO_MENU, QUIET
from pages.components.look import is_dark
from pages.components.selection import Selection

MOST_LINES = 8
"""Wards: more lines cannot be told apart."""
_COLOURS = (
    ("#12436d", "#d9541a", "#1d7f77", "#801650", "#5c5c5c", "#8061b8", "#2073bc", "#7a6a00"),
    ("#8fc1ea", "#f58d55", "#4fc0b6", "#ff9ecb", "#d0d5db", "#b9a3e3", "#5694ca", "#d6c95a"),
)
"""Light theme, dark. Each ward has a mark of its own shape as well."""
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
_INVITATION = "Select wards, on the map, in the table or by their risks, to see them beside each other."
_HEIGHT = 320
"""Pixels."""


def show_selection_trend(released: Released, trend: pd.DataFrame, *, selection: Selection) -> None:
    """Draw both measures of the selected wards beside each other, or say what to do."""
    if not selection:
        st.html(
            '<div class="wo-quiet">Select wards, on the map, in the table or in the scatter, to see them beside each other.</div>'
        )
        return
    drawn = wards_drawn(released, selection=selection)
    if len(drawn) < len(selection):
        st.html(
            f'<div class="wo-quiet">{len(selection)} wards are selected. More than {MOST_LINES} lines cannot be told apart: '
            "these are the ones that are surest to be high on both.</div>"
        )
    rows = trend.merge(drawn, on="ward_code")
    for column, (measure, name) in zip(st.columns(2, gap="medium"), MEASURE_NAMES.items(), strict=True):
        with column:
            st.html(
                f'<div><b>{escape(name)}</b> <span class="wo-quiet">a year per 10,000; dashed: the whole area</span></div>'
            )
            own = rows[rows["measure"] == measure]
            st.altair_chart(
                _chart(own, names=drawn["shown"].tolist()), width="stretch", alt=_in_words(own, measure=name)
            )
    if not released.exact:
        st.html('<div class="wo-quiet">Where a line has a gap, the count is not told.</div>')


def wards_drawn(released: Released, *, selection: Selection) -> pd.DataFrame:
    """Give `ward_code` and `shown`, a name that no other has, of the selected wards; of many, of the surest."""
    wards = released.wards[released.wards["ward_code"].isin(selection)]
    surest = wards.sort_values(["probability_both", "ward_code"], ascending=[False, True], na_position="last")
    rows = surest.head(MOST_LINES)[["ward_code", "ward_name", "district"]]
    twice = rows["ward_name"].duplicated(keep=False)
    shown = rows["ward_name"].where(~twice, rows["ward_name"] + " (" + rows["district"] + ")")
    still = shown.duplicated(keep=False)
    return rows[["ward_code"]].assign(shown=shown.where(~still, shown + " " + rows["ward_code"]))


def _chart(rows: pd.DataFrame, *, names: list[str]) -> alt.LayerChart:
    colours = alt.Scale(domain=names, range=list(_COLOURS[is_dark()][: len(names)]))
    shapes = alt.Scale(domain=names, range=list(_SHAPES[: len(names)]))
    legend = alt.Legend(title=None, orient="bottom", columns=2, labelLimit=260, symbolSize=90)
    base = alt.Chart(rows).encode(
        x=alt.X("quarter:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, labelFontSize=11)),
        tooltip=[
            alt.Tooltip("shown:N", title="Ward"),
            alt.Tooltip("quarter:O", title="Year to"),
            alt.Tooltip("count:N", title="Count"),
            alt.Tooltip("rate:Q", title="Per 10,000 a year", format=".1f"),
            alt.Tooltip("area_rate:Q", title="Whole area", format=".1f"),
        ],
    )
    y = alt.Y("rate:Q", title=None, axis=alt.Axis(labelFontSize=11, tickCount=5), scale=alt.Scale(zero=True))
    lines = base.mark_line(strokeWidth=2).encode(y=y, color=alt.Color("shown:N", scale=colours, legend=legend))
    marks = base.mark_point(size=60, filled=True, opacity=1).encode(
        y=y,
        color=alt.Color("shown:N", scale=colours, legend=legend),
        shape=alt.Shape("shown:N", scale=shapes, legend=legend),
    )
    whole = alt.Chart(rows.drop_duplicates("quarter"))
    area = whole.mark_line(color=QUIET, strokeDash=[5, 4], strokeWidth=2).encode(x="quarter:O", y="area_rate:Q")
    sized = alt.layer(area, lines, marks).properties(height=_HEIGHT, usermeta=NO_MENU)
    chart: alt.LayerChart = sized.configure_view(strokeWidth=0)
    return chart


def _in_words(rows: pd.DataFrame, *, measure: str) -> str:
    if rows.empty:
        return f"{measure}: less than a year of data, so no trend."
    last = rows[rows["quarter"] == rows["quarter"].max()]
    said = [f"{row.shown} {row.count_text}" for row in last.rename(columns={"count": "count_text"}).itertuples()]
    return f"{measure} of the selected wards over time. Year to {last['quarter'].iloc[0]}: {'; '.join(said)}."
