"""Charts of what the data can tell of the whole area: what can be found, and what chance would flag."""

import altair as alt
import pandas as pd
import streamlit as st

from disclosure.data_power import ReleasedChance, ReleasedPower
from pages.components.charts import NO_MENU, QUIET
from pages.components.look import flag_colour, is_dark

_ROW = 34
"""Pixels a row."""
_LABEL = 230
"""Pixels that a row's name may take before it is cut."""


def show_findable(power: ReleasedPower, *, threshold: float) -> None:
    """Draw from which relative risk on each kind of place is found, with its interval, on a log scale."""
    rows = _findable_rows(power)
    words = " ".join(place.sentence for place in power.places)
    st.altair_chart(_findable_chart(rows, largest=power.largest, threshold=threshold), width="stretch", alt=words)


def _findable_rows(power: ReleasedPower) -> pd.DataFrame:
    """One row a kind of place that was tried; an end that is above the largest risk stands at it."""
    return pd.DataFrame(
        [
            {
                "place": place.name.partition(" ")[2].capitalize(),
                "risk": place.estimate,
                "low": place.lower or power.largest,
                "high": place.upper or power.largest,
                "beyond": None if place.upper else power.largest,
            }
            for place in power.places
            if place.tried
        ],
        columns=["place", "risk", "low", "high", "beyond"],
    )


def _findable_chart(rows: pd.DataFrame, *, largest: float, threshold: float) -> alt.LayerChart:
    colour = flag_colour()
    y = _names("place")
    x = alt.X(
        "low:Q",
        title=f"times the area's rate, on both; dashed: high, above {threshold:g}",
        scale=alt.Scale(type="log", domain=[1, 1.1 * largest], nice=False),
        axis=_axis([1, 1.5, 2, 3, 5, 10, 20]),
    )
    interval = alt.Chart(rows).mark_rule(strokeWidth=3, color=colour).encode(y=y, x=x, x2="high:Q")
    point = alt.Chart(rows).mark_circle(size=130, opacity=1, color=colour).encode(y=y, x="risk:Q")
    beyond = alt.Chart(rows).mark_point(shape="triangle-right", size=90, filled=True, opacity=1, color=colour)
    return _finished(_line_at(threshold), interval, point, beyond.encode(y=y, x="beyond:Q"))


def show_flags_by_chance(chance: ReleasedChance) -> None:
    """Draw how many wards are flagged beside how many chance would flag."""
    rows = pd.DataFrame([vars(row) for row in chance.rows])
    st.altair_chart(_chance_chart(rows), width="stretch", alt=" ".join(chance.sentences))


def _chance_chart(rows: pd.DataFrame) -> alt.LayerChart:
    observed = int(rows["upper"].iloc[0])
    most = max(int(rows["upper"].max()), 1)
    y = _names("name")
    grey = "#aab4bd" if is_dark() else "#5b6670"
    colour = alt.condition(alt.datum.name == rows["name"].iloc[0], alt.value(flag_colour()), alt.value(grey))
    x = alt.X(
        "lower:Q",
        title="wards flagged; the line holds 95 of 100 maps",
        scale=alt.Scale(domain=[0, 1.05 * most], nice=False),
        axis=alt.Axis(format="d", tickMinStep=1, tickCount=6, titleFontWeight="normal", titleFontSize=12),
    )
    interval = alt.Chart(rows).mark_rule(strokeWidth=3).encode(y=y, x=x, x2="upper:Q", color=colour)
    point = alt.Chart(rows).mark_circle(size=130, opacity=1).encode(y=y, x="mean:Q", color=colour)
    return _finished(_line_at(observed), interval, point)


def _names(column: str) -> alt.Y:
    axis = alt.Axis(labelLimit=_LABEL, labelFontSize=12, labelBound=False, labelFlush=False, ticks=False, domain=False)
    return alt.Y(f"{column}:N", title=None, sort=None, axis=axis)


def _axis(values: list[float]) -> alt.Axis:
    return alt.Axis(values=values, format="~g", titleFontWeight="normal", titleFontSize=12)


def _line_at(value: float) -> alt.Chart:
    rows = pd.DataFrame({"at": [value]})
    line: alt.Chart = alt.Chart(rows).mark_rule(strokeDash=[4, 3], color=QUIET).encode(x="at:Q")
    return line


def _finished(*layers: alt.Chart) -> alt.LayerChart:
    sized = alt.layer(*layers).properties(height=alt.Step(_ROW), usermeta=NO_MENU)
    finished: alt.LayerChart = sized.configure_view(strokeWidth=0)
    return finished
