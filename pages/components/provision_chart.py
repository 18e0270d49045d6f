"""How far what is provided reached, quarter by quarter: of the wards flagged now, and of all."""

from collections.abc import Sequence
from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from briefing.provision_words import coverage_in_words
from disclosure.provision import QuarterCoverage
from pages.components.charts import NO_MENU, QUIET
from pages.components.look import flag_colour

_FLAGGED, _ALL = "Flagged now", "All wards"
_STEP = 25
"""Of the scale, in hundredths."""
_PROJECTED = 16
"""Points of the labels: it is looked at across a room."""


def show_coverage(
    flagged: Sequence[QuarterCoverage], every: Sequence[QuarterCoverage], *, of: int, of_all: int, height: int
) -> None:
    """Draw the shares of wards in which anything ran, and the figures under it.

    Parameters
    ----------
    flagged, every
        The same quarters: of the wards that are flagged now, and of all.
    of, of_all
        How many wards these are.
    """
    rows = [*_rows(every, name=_ALL, of=of_all), *(_rows(flagged, name=_FLAGGED, of=of) if of else [])]
    words = coverage_in_words(flagged, every, of=of, of_all=of_all)
    st.html(
        "<div><b>Wards in which something ran</b> "
        '<span class="wo-quiet">per cent of wards, by quarter; solid: those flagged now; dashed: all</span></div>'
    )
    st.altair_chart(_chart(pd.DataFrame(rows), height=height), width="stretch", alt=words)
    with st.expander("The same in figures"):
        st.html(_table(flagged, every, of=of, of_all=of_all))


def _rows(told: Sequence[QuarterCoverage], *, name: str, of: int) -> list[dict[str, object]]:
    return [
        {"wards": name, "quarter": one.quarter, "share": 100 * one.wards / of, "count": one.wards, "of": of}
        for one in told
    ]


def _chart(rows: pd.DataFrame, *, height: int) -> alt.LayerChart:
    names = [_ALL, _FLAGGED]
    highest = min(100, _STEP * (int(rows["share"].max()) // _STEP + 1))
    base = alt.Chart(rows).encode(
        x=alt.X("quarter:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, labelFontSize=_PROJECTED)),
        y=alt.Y(
            "share:Q",
            title=None,
            scale=alt.Scale(domain=[0, highest]),
            axis=alt.Axis(tickCount=4, labelFontSize=_PROJECTED),
        ),
        color=alt.Color("wards:N", legend=None, scale=alt.Scale(domain=names, range=[QUIET, flag_colour()])),
        tooltip=[
            alt.Tooltip("wards:N", title="Wards"),
            alt.Tooltip("quarter:O", title="Quarter"),
            alt.Tooltip("count:Q", title="Something ran in"),
            alt.Tooltip("of:Q", title="Of"),
        ],
    )
    dash = alt.StrokeDash("wards:N", legend=None, scale=alt.Scale(domain=names, range=[[5, 4], [1, 0]]))
    lines = base.mark_line(strokeWidth=2.5).encode(strokeDash=dash)
    points = base.mark_point(size=40, filled=True, opacity=1)
    sized = alt.layer(lines, points).properties(height=height, usermeta=NO_MENU)
    chart: alt.LayerChart = sized.configure_view(strokeWidth=0)
    return chart


def _table(flagged: Sequence[QuarterCoverage], every: Sequence[QuarterCoverage], *, of: int, of_all: int) -> str:
    rows = "".join(
        f"<tr><td>{escape(own.quarter)}</td><td class='num'>{own.wards}</td><td class='num'>{whole.wards}</td>"
        f"<td class='num'>{whole.things}</td></tr>"
        for own, whole in zip(flagged, every, strict=True)
    )
    return (
        '<table class="wo-table"><caption>Wards in which something ran on any day of the quarter</caption><thead><tr>'
        f'<th scope="col">Quarter</th><th scope="col" class="num">Of {of} flagged now</th>'
        f'<th scope="col" class="num">Of all {of_all}</th><th scope="col" class="num">Things running</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
