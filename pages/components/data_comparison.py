"""Two snapshots beside each other: in sentences, a picture of the quarters, and a table of what differs."""

from html import escape

import altair as alt
import pandas as pd
import streamlit as st

from disclosure.comparing import APPEARED, SAME, VANISHED, QuarterLine, ReleasedComparison
from pages.components.charts import NO_MENU
from pages.components.look import is_dark, measure_colour
from pages.components.reading import show_table_of

_HEIGHT = 170
_NAMES = {"referrals": "Referrals made", "incidents": "Recorded incidents"}
_MOST_CELLS = 300
_SHORT = 8
"""Rows of a table that is shown at once; a longer one when it is asked for."""


def show_comparison(found: ReleasedComparison) -> None:
    """Draw a comparison."""
    points = "".join(f"<li>{escape(sentence)}</li>" for sentence in found.sentences)
    st.html(f'<div class="wo-findings"><ul>{points}</ul></div>')
    _show_wards(found)
    if found.exact:
        places = st.columns(2, gap="large")
        for place, (table, lines) in zip(places, found.quarters.items(), strict=True):
            if lines:
                with place:
                    _draw_quarters(table, lines)
    _show_table(found)
    _show_cells(found)


def _show_wards(found: ReleasedComparison) -> None:
    wards = found.wards
    named = [("Appeared", wards.appeared), ("Vanished", wards.vanished), ("Renamed", wards.renamed)]
    rows = [(what, name) for what, names in named for name in names]
    if rows:
        with st.expander(f"The {len(rows)} wards that appeared, vanished or were renamed"):
            show_table_of(("What", "Ward"), rows, caption="Wards that differ")


def _draw_quarters(table: str, lines: tuple[QuarterLine, ...]) -> None:
    rows = pd.DataFrame(
        [
            {"quarter": one.quarter, "before": one.counts[0], "after": one.counts[1], "what": one.what}
            for one in lines
            if one.counts is not None
        ]
    )
    changed = sum(one.what != SAME for one in lines)
    words = (
        f"{_NAMES[table]} by quarter, before and now; {changed} of {len(lines)} quarters differ. The table says which."
    )
    st.html(f'<b>{_NAMES[table]}</b> <span class="wo-quiet">bars: now; lines: before</span>')
    st.altair_chart(_chart(rows, table=table), width="stretch", alt=words)


def _chart(rows: pd.DataFrame, *, table: str) -> alt.LayerChart:
    """Bars for now, a line across each for before: where they part, something changed."""
    colour, line = measure_colour(table, dark=is_dark()), "#f2f4f7" if is_dark() else "#16191d"
    x = alt.X("quarter:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, labelFontSize=11, ticks=False))
    tip = [
        alt.Tooltip("quarter:O", title="Quarter"),
        alt.Tooltip("before:Q", title="Before", format=","),
        alt.Tooltip("after:Q", title="Now", format=","),
    ]
    axis = alt.Axis(labelFontSize=11, tickCount=4, format=",d", tickMinStep=1)
    opacity = alt.condition(f"datum.what === '{SAME}'", alt.value(0.35), alt.value(1.0))
    bars = (
        alt.Chart(rows)
        .mark_bar(color=colour)
        .encode(x=x, y=alt.Y("after:Q", title=None, axis=axis), opacity=opacity, tooltip=tip)
    )
    before = alt.Chart(rows).mark_tick(color=line, thickness=2, bandSize=18).encode(x=x, y="before:Q", tooltip=tip)
    sized = alt.layer(bars, before).properties(height=_HEIGHT, usermeta=NO_MENU)
    chart: alt.LayerChart = sized.configure_view(strokeWidth=0)
    return chart


def _show_table(found: ReleasedComparison) -> None:
    differ = [
        (_NAMES[table], one.quarter, one.before, one.after, _said(one))
        for table, lines in found.quarters.items()
        for one in lines
        if (one.what != SAME if found.exact else one.what in (APPEARED, VANISHED))
    ]
    if differ:
        head = ("", "Quarter", "Before", "Now", "Difference")
        caption = "Quarters that differ" if found.exact else "Quarters that appeared or vanished"
        with (
            st.container()
            if len(differ) <= _SHORT
            else st.expander(f"The {len(differ)} quarters that differ, with counts")
        ):
            show_table_of(head, differ, caption=caption)


def _show_cells(found: ReleasedComparison) -> None:
    """Draw the wards and quarters that differ, which may be so many that only their number helps."""
    rows = [
        (_NAMES[table], one.ward, one.district, one.quarter, one.before, one.after, one.difference)
        for table, lines in found.cells.items()
        for one in lines
    ]
    if not rows:
        return
    head = ("", "Ward", "District", "Quarter", "Before", "Now", "Difference")
    if len(rows) <= _SHORT:
        show_table_of(head, rows, caption="Wards that differ, of quarters that stand in both")
        return
    with st.expander(f"The {len(rows):,} counts of a ward in a quarter that differ"):
        if len(rows) > _MOST_CELLS:
            st.html(f'<p class="wo-quiet">The first {_MOST_CELLS} of them.</p>')
        show_table_of(head, rows[:_MOST_CELLS], caption="Wards that differ, of quarters that stand in both")


def _said(line: QuarterLine) -> str:
    if line.what in (APPEARED, VANISHED):
        return f"{line.what} ({line.difference})" if line.difference else line.what
    return line.difference
