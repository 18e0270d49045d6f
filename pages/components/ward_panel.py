"""Everything released about one ward, beside the map."""

from html import escape

import pandas as pd
import streamlit as st

from disclosure.few_counts import NEITHER, findable_in_words, neither_in_words
from disclosure.gate import Released
from disclosure.palette import style_of_class
from disclosure.wording import say_in_hundred
from pages.components.charts import MEASURE_NAMES, show_risks, show_trend
from pages.components.how_sure import show_how_sure
from pages.components.look import flag_colour, is_dark, swatch
from pages.components.state import state
from pages.components.ward_change import show_ward_change
from pages.session import POWER

_CERTAINTY_ROWS = {
    "probability_both": "Both are high",
    "probability_referrals": "Referrals are high",
    "probability_incidents": "Incidents are high",
}


def show_ward(released: Released, trend: pd.DataFrame, *, ward_code: str, snapshot_id: str) -> None:
    """Draw a ward's class, certainty, risks, change and both rates over time; of a flag also whether it is stable."""
    ward = released.wards.set_index("ward_code").loc[ward_code]
    _show_heading(ward)
    if ward["class"] == "no denominator":
        with state("Nothing can be said of this ward"):
            st.info("No population is known for this ward, so its counts cannot be compared with other wards'.")
        _show_counts(ward, released=released)
        return
    st.html(_sentence(ward, released=released))
    if ward["class"] == NEITHER:
        _explain_neither(released, snapshot_id=snapshot_id)
    _show_certainty(ward, exact=released.exact)
    if released.exact:
        show_risks(ward, threshold=released.question.threshold)
    else:
        _show_bands(ward)
    _show_counts(ward, released=released)
    if ward["flagged"]:
        show_how_sure(released, snapshot_id=snapshot_id, ward_code=ward_code)
    show_ward_change(released, snapshot_id=snapshot_id, ward_code=ward_code)
    own = trend[trend["ward_code"] == ward_code]
    for measure, name in MEASURE_NAMES.items():
        st.html(f'<div><b>{name}</b> <span class="wo-quiet">a year per 10,000; dashed: the whole area</span></div>')
        show_trend(own, measure=measure)


def draw_ward_choice(released: Released) -> None:
    """Draw the choice of a ward by name: the keyboard's way."""
    names = {
        row.ward_code: f"{row.ward_name} ({row.district})"
        for row in released.wards.sort_values(["ward_name", "district"]).itertuples()
    }
    st.selectbox(
        "Ward", list(names), key="ward", format_func=names.get, index=None, placeholder="Type a name, or click the map"
    )


def _show_heading(ward: pd.Series) -> None:
    style = style_of_class(ward["class"], dark=is_dark())
    st.html(
        f'<h3 style="margin:0;padding:0;font-size:1.35rem">{escape(ward["ward_name"])}</h3>'
        f'<div class="wo-row"><span class="wo-quiet">{escape(ward["district"])} · {escape(str(ward.name))}</span>'
        f'<span class="wo-chip">{swatch(style)}{escape(ward["class"].capitalize())}</span></div>'
    )


def _sentence(ward: pd.Series, *, released: Released) -> str:
    threshold = f"{released.question.threshold:g}"
    flag = _flag_in_words(ward, fdr=released.question.fdr)
    return (
        f"<div>Referrals and recorded incidents both truly more than {threshold} times the area's rate: "
        f"<b>{escape(ward['certainty'])}</b>. {flag}</div>"
    )


def _explain_neither(released: Released, *, snapshot_id: str) -> None:
    """Say that “neither” is not “low”; with what it would take to be found, where that was worked out for this audience."""
    power = POWER.known(snapshot_id, released.reader, released.question)
    said = (*neither_in_words(released), *([findable_in_words(power)] if power else []))
    st.html(f'<div class="wo-small wo-quiet">{escape(" ".join(said))}</div>')


def _flag_in_words(ward: pd.Series, *, fdr: float) -> str:
    if ward["flagged"]:
        return "It is one of the wards flagged."
    if ward["class"] != "too uncertain to say":
        return "It is not flagged."
    if ward["certainty"] in ("remote chance", "highly unlikely", "unlikely"):
        return "Whether one of the two is high cannot be said."
    return f"It is not flagged: with it, more than {100 * fdr:.0f} in 100 of the flags would be expected to be wrong."


def _show_certainty(ward: pd.Series, *, exact: bool) -> None:
    rows = []
    for column, label in _CERTAINTY_ROWS.items():
        if column not in ward:
            continue
        share = float(ward[column])
        said = say_in_hundred(share) if exact else str(ward["certainty"])
        rows.append(
            f"<span>{label}</span>"
            f'<span class="wo-bar" role="img" aria-label="{label}: {said}">'
            f'<i style="width:{100 * share:.0f}%;background:{flag_colour()}"></i></span>'
            f'<span class="num">{said}</span>'
        )
    st.html(f'<div class="wo-facts">{"".join(rows)}</div>')


def _show_bands(ward: pd.Series) -> None:
    rows = "".join(
        f"<div><b>{name}</b>: {escape(ward[f'relative_risk_{measure}'])}</div>"
        for measure, name in MEASURE_NAMES.items()
    )
    st.html(rows)


def _show_counts(ward: pd.Series, *, released: Released) -> None:
    said = []
    for measure, name in MEASURE_NAMES.items():
        text = f"{name}: <b>{ward[f'observed_{measure}']}</b>"
        if released.exact and pd.notna(ward[f"expected_{measure}"]):
            text += f" (at the area's rate: {ward[f'expected_{measure}']:.1f})"
        said.append(text)
    st.html(f'<div class="wo-quiet">{escape(released.window.in_words())}. {". ".join(said)}.</div>')
