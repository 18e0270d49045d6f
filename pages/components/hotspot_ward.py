"""The slide of one flagged ward: how sure, what the figures are, what changed, what was done; its map beside it."""

from html import escape

import streamlit as st

from briefing.papers.evidence_need import chance_wrong
from briefing.papers.steering_facts import PackFacts
from briefing.sentences import certainty_in_words, change_since
from briefing.trend_figure import short_band
from briefing.ward_facts import ward_facts
from pages.components.choosing import Chosen
from pages.components.hotspot_slides import show_message, turn
from pages.components.hotspot_wards import bar, done_about
from pages.components.map_block import boundary_source, show_map
from pages.components.url_state import go_to
from pages.hotspot_facts import group_reader


def show_ward_slide(facts: PackFacts, code: str, *, chosen: Chosen, map_height: int) -> str | None:
    """Draw it; give the ward clicked on the map just now."""
    ward = ward_facts(facts.area, code)
    told, drawn = st.columns([1, 1.1], gap="large")
    with told:
        show_message(f"{facts.numbers[code]}. {ward.name}, {ward.district}", certainty_in_words(ward))
        st.html(f'<div class="wo-slide">{bar(ward)}{_figures(facts, code)}</div>')
        with st.container(horizontal=True):
            if st.button("Decide on this ward", key="ward_decide", type="primary"):
                go_to("about", code)
                turn("decide")
            if st.button("Open the ward's page", key="ward_page"):
                go_to("ward", code)
                st.switch_page("views/ward.py")
    with drawn:
        return show_map(
            facts.area.released.layers["overlap"],
            snapshot_id=chosen.snapshot_id,
            reader=group_reader(chosen),
            selected=code,
            key="hotspots_ward",
            source=boundary_source(chosen.view),
            height=map_height,
        )


def _figures(facts: PackFacts, code: str) -> str:
    ward, row = ward_facts(facts.area, code), facts.area.rows[-1][code]
    lines = {
        "Chance that this is wrong": chance_wrong(facts.area, ward),
        "Referrals to Prevent": f"{short_band(ward.referrals_band)} for the area; count, rounded, {row['observed_referrals']}",
        facts.area.incidents_in_words.capitalize(): (
            f"{short_band(ward.incidents_band)} for the area; count, rounded, {row['observed_incidents']}"
        ),
        "Change": change_since(facts.area, ward)[0],
        "Done": " ".join(done_about(facts, ward)) or "Not briefed, nothing decided.",
    }
    return "".join(f"<p><b>{escape(name)}:</b> {escape(text)}</p>" for name, text in lines.items())
