"""Both risks of every ward beside each other, to select in: a point a ward, for those who have risks as numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from disclosure.gate import Released
from disclosure.palette import CLASSES_OF_OVERLAP, style_of_class
from pages.components.charts import NO_MENU, QUIET
from pages.components.look import is_dark

_KEY = "scatter"
_BOX, _POINTS = "box", "points"
_X, _Y = "relative_risk_referrals", "relative_risk_incidents"
_INK = ("#0b0c0c", "#ffffff")
_HEIGHT = 460
"""Pixels."""
_TICKS = [0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20]


def show_scatter(released: Released, *, selection: Sequence[str]) -> list[str] | None:
    """Draw the scatter; give the wards chosen in it just now, by a box or by clicks, or `None`."""
    rows = scatter_rows(released, selection=selection)
    event = st.altair_chart(
        _chart(rows, threshold=released.question.threshold),
        width="stretch",
        key=_KEY,
        on_select="rerun",
        selection_mode=[_BOX, _POINTS],
        alt=f"Scatter of the modelled risks of {len(rows)} wards, referrals across and recorded incidents up. The table of wards "
        "holds the same numbers, and rows can be selected there by keyboard.",
    )
    chosen = dict(event.selection)
    return chosen_in(rows, chosen) if _is_news(chosen) else None


def scatter_rows(released: Released, *, selection: Sequence[str]) -> pd.DataFrame:
    """Give the wards that have both risks, with whether they are selected."""
    rows = released.wards[["ward_code", "ward_name", "district", "class", _X, _Y]].dropna(subset=[_X, _Y])
    return rows.assign(selected=rows["ward_code"].isin(list(selection)))


def chosen_in(rows: pd.DataFrame, chosen: Mapping[str, Any]) -> list[str] | None:
    """Give the wards in a box, or those clicked; `None` where there is neither."""
    box, points = chosen.get(_BOX) or {}, chosen.get(_POINTS) or []
    if box:
        inside = pd.Series(data=True, index=rows.index)
        for axis in (_X, _Y):
            low, high = sorted(box[axis])
            inside &= rows[axis].between(low, high)
        return [str(code) for code in rows.loc[inside, "ward_code"]]
    return [str(one["ward_code"]) for one in points if "ward_code" in one] or None


def _is_news(chosen: Mapping[str, Any]) -> bool:
    """Whether this was chosen just now: the chart goes on giving it on every run."""
    seen = f"_{_KEY}-last-choice"
    if chosen == st.session_state.get(seen, {}):
        return False
    st.session_state[seen] = chosen
    return True


def _chart(rows: pd.DataFrame, *, threshold: float) -> alt.LayerChart:
    dark = is_dark()
    base = alt.Chart(rows).encode(
        x=alt.X(f"{_X}:Q", title="Risk of referrals, times the area's", scale=_scale(rows[_X]), axis=_axis()),
        y=alt.Y(f"{_Y}:Q", title="Risk of recorded incidents, times the area's", scale=_scale(rows[_Y]), axis=_axis()),
    )
    colours = alt.Scale(
        domain=list(CLASSES_OF_OVERLAP), range=[_colour(name, dark=dark) for name in CLASSES_OF_OVERLAP]
    )
    some = bool(rows["selected"].any())
    wards = base.mark_circle(size=90, stroke=QUIET, strokeWidth=0.8).encode(
        color=alt.Color("class:N", scale=colours, legend=_legend()),
        opacity=alt.condition("datum.selected", alt.value(1.0), alt.value(0.45 if some else 0.9)),
        tooltip=[
            alt.Tooltip("ward_name:N", title="Ward"),
            alt.Tooltip("district:N", title="District"),
            alt.Tooltip("class:N", title="Class"),
            alt.Tooltip(f"{_X}:Q", title="Referrals", format=".2f"),
            alt.Tooltip(f"{_Y}:Q", title="Recorded incidents", format=".2f"),
        ],
    )
    wards = wards.add_params(alt.selection_interval(name=_BOX), alt.selection_point(name=_POINTS, fields=["ward_code"]))
    marked = base.transform_filter("datum.selected").mark_point(size=170, stroke=_INK[dark], strokeWidth=2.2, fill=None)
    lines = alt.Chart(pd.DataFrame({"at": [threshold]}))
    across = lines.mark_rule(strokeDash=[4, 3], color=QUIET).encode(y="at:Q")
    up = lines.mark_rule(strokeDash=[4, 3], color=QUIET).encode(x="at:Q")
    sized = alt.layer(across, up, marked.encode(tooltip=alt.value(None)), wards).properties(
        height=_HEIGHT, usermeta=NO_MENU
    )
    chart: alt.LayerChart = sized.configure_view(strokeWidth=0)
    return chart


def _scale(values: "pd.Series[float]") -> alt.Scale:
    """Give an axis with a little room around its values, on which twice is as far from the area's rate as half."""
    ends = [0.9 * float(values.min()), 1.1 * float(values.max())] if len(values) else [0.5, 2.0]
    return alt.Scale(type="log", domain=[min(0.5, ends[0]), max(2.0, ends[1])], nice=False)


def _legend() -> alt.Legend:
    return alt.Legend(title=None, orient="top", columns=6, labelFontSize=12, symbolOpacity=1)


def _axis() -> alt.Axis:
    return alt.Axis(values=_TICKS, format="~g", titleFontWeight="normal", titleFontSize=13, labelFontSize=12)


def _colour(name: str, *, dark: bool) -> str:
    """Give a class its colour of the map; white would not be seen as a point."""
    style = style_of_class(name, dark=dark)
    return style.ink if style.pattern == "hatch" else style.fill
