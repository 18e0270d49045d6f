"""Charts of one ward. Altair draws in the browser from what is given here and asks nobody for anything."""

import altair as alt
import pandas as pd
import streamlit as st

from pages.components.look import is_dark, measure_colour

QUIET = "#7b858f"
NO_MENU = {"embedOptions": {"actions": False}}
"""No saving of a picture without its marking."""
MEASURE_NAMES = {"referrals": "Referrals made", "incidents": "Recorded incidents"}


def show_trend(trend: pd.DataFrame, *, measure: str) -> None:
    """Draw the rate of one ward over time beside the area's, and what a suppressed rate cannot exceed.

    Parameters
    ----------
    trend : DataFrame
        Released rows of one ward: `measure`, `quarter`, `count`, `rate`, `rate_up_to`, `area_rate`.
    """
    rows = trend[trend["measure"] == measure]
    st.altair_chart(_trend_chart(rows, measure=measure), width="stretch", alt=_trend_in_words(rows, measure=measure))


def _trend_chart(rows: pd.DataFrame, *, measure: str) -> alt.LayerChart:
    colour = measure_colour(measure, dark=is_dark())
    base = alt.Chart(rows).encode(
        x=alt.X("quarter:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, labelFontSize=11)),
        tooltip=[
            alt.Tooltip("quarter:O", title="Year to"),
            alt.Tooltip("count:N", title="Count"),
            alt.Tooltip("rate:Q", title="Per 10,000 a year", format=".1f"),
            alt.Tooltip("area_rate:Q", title="Whole area", format=".1f"),
        ],
    )
    scale = alt.Y("rate:Q", title=None, axis=alt.Axis(labelFontSize=11, tickCount=4), scale=alt.Scale(zero=True))
    ward = base.mark_line(color=colour, strokeWidth=2.5, point=alt.OverlayMarkDef(color=colour, size=36)).encode(
        y=scale
    )
    area = base.mark_line(color=QUIET, strokeDash=[5, 4], strokeWidth=1.8).encode(y=alt.Y("area_rate:Q"))
    layers = [area, ward]
    if rows["rate_up_to"].notna().any():  # a layer of no bars would be a picture without a name
        bars = base.transform_filter("isValid(datum.rate_up_to)").mark_bar(color=colour, opacity=0.22, size=16)
        layers.insert(0, bars.encode(y=alt.Y("rate_up_to:Q")))
    sized = alt.layer(*layers).properties(height=132, usermeta=NO_MENU)
    chart: alt.LayerChart = sized.configure_view(strokeWidth=0)
    return chart


def _trend_in_words(rows: pd.DataFrame, *, measure: str) -> str:
    if rows.empty:
        return f"{MEASURE_NAMES[measure]}: less than a year of data, so no trend."
    said = [
        f"year to {row.quarter}: {row.count_text}" for row in rows.rename(columns={"count": "count_text"}).itertuples()
    ]
    return f"{MEASURE_NAMES[measure]} in this ward. {'; '.join(said)}."


def show_risks(ward: "pd.Series[float]", *, threshold: float) -> None:
    """Draw both modelled relative risks of a ward with their 95 % intervals, and the threshold."""
    rows = pd.DataFrame(
        [
            {"measure": name, "risk": ward[f"relative_risk_{one}"]}
            | {end: ward[f"relative_risk_{end}_{one}"] for end in ("low", "high")}
            for one, name in MEASURE_NAMES.items()
        ]
    )
    words = "; ".join(
        f"{row.measure} {row.risk:.1f} times ({row.low:.1f} to {row.high:.1f})" for row in rows.itertuples()
    )
    st.altair_chart(_risk_chart(rows, threshold=threshold), width="stretch", alt=f"Modelled risks: {words}.")


def _risk_chart(rows: pd.DataFrame, *, threshold: float) -> alt.LayerChart:
    dark = is_dark()
    scale = alt.Scale(
        domain=list(MEASURE_NAMES.values()), range=[measure_colour(one, dark=dark) for one in MEASURE_NAMES]
    )
    colour = alt.Color("measure:N", legend=None, scale=scale)
    y = alt.Y(
        "measure:N", title=None, sort=None, axis=alt.Axis(labelLimit=200, labelFontSize=12, ticks=False, domain=False)
    )
    shown = [rows["low"].min(), rows["high"].max()]
    x = alt.X(
        "low:Q",
        title=f"times the area's rate; high above {threshold:g}",
        scale=alt.Scale(type="log", domain=[min(0.5, shown[0]), max(3.0, shown[1])], nice=False),
        axis=alt.Axis(
            values=[0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 20, 50], format="~g", titleFontWeight="normal", titleFontSize=12
        ),
    )
    interval = alt.Chart(rows).mark_rule(strokeWidth=3).encode(y=y, x=x, x2="high:Q", color=colour)
    point = alt.Chart(rows).mark_circle(size=120, opacity=1).encode(y=y, x="risk:Q", color=colour)
    line = alt.Chart(pd.DataFrame({"at": [threshold]})).mark_rule(strokeDash=[4, 3], color=QUIET).encode(x="at:Q")
    sized = alt.layer(line, interval, point).properties(height=alt.Step(26), usermeta=NO_MENU)
    chart: alt.LayerChart = sized.configure_view(strokeWidth=0)
    return chart
