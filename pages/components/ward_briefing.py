"""On the panel of a ward: when it was last briefed and how it stands since, and the ways to its page and to a briefing."""

from html import escape

import streamlit as st

from pages.briefing_facts import last_briefed
from pages.components.briefing_desk import may_write
from pages.components.choosing import Chosen
from pages.components.url_state import go_to


def show_ward_briefing(chosen: Chosen, *, ward: str) -> None:
    """Draw one line, the link to the ward's page and, for those who may write, to its briefing."""
    said = last_briefed(ward, snapshot_id=chosen.snapshot_id, districts=chosen.reader.districts)
    if said:
        st.html(f"<div>{escape(said)}</div>")
    if st.button("All about this ward", key="ward_page", type="tertiary", icon=":material/pin_drop:"):
        st.switch_page("views/ward.py")
    if may_write(chosen) and st.button(
        "Brief the councillors", key="brief_ward", type="tertiary", icon=":material/description:"
    ):
        go_to("show", "draft")
        go_to("ward", ward)
        st.switch_page("views/briefings.py")
