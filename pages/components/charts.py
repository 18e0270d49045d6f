"""Charts of one ward. Altair draws in the browser from what is given here and asks nobody for anything."""

import altair as alt
import pandas as pd
import streamlit as st

from pages.components.look import is_dark, measure_colour

MEASURE_NAMES = {"referrals": "Referrals made", "incidents": "Recorded hate crime"}


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
    area = base.mark_line(color="#7b858f", strokeDash=[5, 4], strokeWidth=1.8).encode(y=alt.Y("area_rate:Q"))
    hidden = (
        base.transform_filter("isValid(datum.rate_up_to)")
        .mark_bar(color=colour, opacity=0.22, size=16)
        .encode(y=alt.Y("rate_up_to:Q"))
    )
    return alt.layer(hidden, area, ward).properties(height=132).configure_view(strokeWidth=0)


def _trend_in_words(rows: pd.DataFrame, *, measure: str) -> str:
    if rows.empty:
        return f"{MEASURE_NAMES[measure]}: less than a year of data, so no trend."
    said = [
        f"year to {row.quarter}: {row.count_text}" for row in rows.rename(columns={"count": "count_text"}).itertuples()
    ]
    return f"{MEASURE_NAMES[measure]} in this ward. {'; '.join(said)}."


def show_risks(ward: pd.Series, *, threshold: float) -> None:
    """Draw both modelled relative risks of a ward with their 95 % intervals, and the threshold."""
    dark = is_dark()
    rows = pd.DataFrame(
        {
            "measure": list(MEASURE_NAMES.values()),
            "risk": [ward[f"relative_risk_{one}"] for one in MEASURE_NAMES],
            "low": [ward[f"relative_risk_low_{one}"] for one in MEASURE_NAMES],
            "high": [ward[f"relative_risk_high_{one}"] for one in MEASURE_NAMES],
        }
    )
    colours = alt.Color(
        "measure:N",
        legend=None,
        scale=alt.Scale(
            range=[measure_colour(one, dark=dark) for one in MEASURE_NAMES], domain=list(MEASURE_NAMES.values())
        ),
    )
    y = alt.Y(
        "measure:N", title=None, sort=None, axis=alt.Axis(labelLimit=200, labelFontSize=12, ticks=False, domain=False)
    )
    x = alt.X(
        "low:Q",
        title="times the whole area's rate",
        scale=alt.Scale(type="log", domainMin=0.1, nice=False),
        axis=alt.Axis(values=[0.1, 0.2, 0.5, 1, 2, 5, 10, 20], format="~g"),
    )
    interval = alt.Chart(rows).mark_rule(strokeWidth=3).encode(y=y, x=x, x2="high:Q", color=colours)
    point = alt.Chart(rows).mark_circle(size=120, opacity=1).encode(y=y, x="risk:Q", color=colours)
    line = alt.Chart(pd.DataFrame({"at": [threshold]})).mark_rule(strokeDash=[4, 3], color="#7b858f").encode(x="at:Q")
    words = "; ".join(
        f"{row.measure} {row.risk:.1f} times ({row.low:.1f} to {row.high:.1f})" for row in rows.itertuples()
    )
    st.altair_chart(
        alt.layer(line, interval, point).properties(height=96).configure_view(strokeWidth=0),
        width="stretch",
        alt=f"Modelled risks: {words}.",
    )
