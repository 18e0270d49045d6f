"""Both risks of every ward beside each other, to select in: a point a ward, for those who have risks as numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from disclosure.gate import Released
from pages.components.look import is_dark
from pages.components.risk_figure import X, Y, code_of, risk_figure

_KEY = "scatter"
_TOOL = "scatter_tool"
_TOOLS = {"lasso": "Lasso", "select": "Box", "pan": "Click"}
"""Plotly's word for what dragging does, and ours."""
_HELP = (
    "Draw around wards or a box over them, with a mouse or a finger; or click a ward, with Shift several. "
    "Where clicks select, dragging moves the picture. The table selects by keyboard."
)
_QUIET = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtons": [["zoomIn2d", "zoomOut2d", "resetScale2d"]],
    "typesetMath": False,
    "scrollZoom": False,
}
"""Nothing that leads elsewhere, and no saving of a picture without its marking."""


def show_scatter(released: Released, *, selection: Sequence[str]) -> list[str] | None:
    """Draw the scatter; give the wards chosen in it just now, by a lasso, a box or clicks, or `None`."""
    rows = scatter_rows(released, selection=selection)
    tool = st.segmented_control(
        "Select by", list(_TOOLS), key=_TOOL, default="lasso", format_func=_TOOLS.__getitem__, required=True, help=_HELP
    )
    event = st.plotly_chart(
        risk_figure(rows, threshold=released.question.threshold, dark=is_dark(), tool=tool),
        width="stretch",
        theme=None,
        key=_KEY,
        on_select="rerun",
        config=_QUIET,
        alt=f"Scatter of the modelled risks of {len(rows)} wards, referrals across and recorded incidents up. The table of wards "
        "holds the same numbers, and rows can be selected there by keyboard.",
    )
    chosen = dict(event.selection)
    return chosen_in(rows, chosen) if _is_news(chosen) else None


def scatter_rows(released: Released, *, selection: Sequence[str]) -> pd.DataFrame:
    """Give the wards that have both risks, with whether they are selected."""
    rows = released.wards[["ward_code", "ward_name", "district", "class", X, Y]].dropna(subset=[X, Y])
    return rows.assign(selected=rows["ward_code"].isin(list(selection)))


def chosen_in(rows: pd.DataFrame, chosen: Mapping[str, Any]) -> list[str] | None:
    """Give the wards in a lasso or a box, or those clicked; `None` where there is none of these."""
    if not any(chosen.get(way) for way in ("lasso", "box", "points")):
        return None
    inside = {code_of(str(one["id"])) for one in chosen.get("points") or [] if "id" in one}
    return [str(code) for code in rows["ward_code"] if code in inside]


def _is_news(chosen: Mapping[str, Any]) -> bool:
    """Whether this was chosen just now: the chart goes on giving it on every run."""
    seen = f"_{_KEY}-last-choice"
    if chosen == st.session_state.get(seen, {}):
        return False
    st.session_state[seen] = chosen
    return True
