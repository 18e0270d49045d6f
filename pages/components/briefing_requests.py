"""Asking for a briefing of any ward with a reason, and answering such a request without one."""

from html import escape

import streamlit as st

from briefing.register_drafting import LONGEST_REASON
from briefing.register_records import RequestRecord
from data.in_words import say_day
from pages.components.acting import acting
from pages.components.briefing_desk import Desk


def show_asking(desk: Desk) -> None:
    """Draw the form that asks for a briefing."""
    st.html("<h3 class='wo-head'>Ask for a briefing</h3>")
    rows = desk.area.rows[-1]
    names = {code: f"{row['ward_name']} ({row['district']})" for code, row in rows.items()}
    with st.form("ask_for_briefing", clear_on_submit=False):
        ward = st.selectbox(
            "Of which ward",
            sorted(names, key=names.__getitem__),
            format_func=names.get,
            index=None,
            placeholder="Type a name",
            key="ask_ward",
        )
        reason = st.text_area(
            "Why", max_chars=LONGEST_REASON, key="ask_reason", height=90, help="In a sentence. Never about a person."
        )
        asked = st.form_submit_button("Ask")
    if asked and ward is None:
        st.error("Choose a ward first.")
    elif asked and ward is not None:
        with acting(f"A briefing of {rows[ward]['ward_name']} is asked for."):
            _ask(desk, ward, reason=reason or "")


def _ask(desk: Desk, ward: str, *, reason: str) -> None:
    row = desk.area.rows[-1][ward]
    name, district = str(row["ward_name"]), str(row["district"])
    desk.register.ask_for(ward, ward_name=name, district=district, reason=reason, by=desk.person)


def show_requests(desk: Desk) -> None:
    """Draw the open requests."""
    found = [one for one in desk.register.requests() if desk.is_theirs(one.district)]
    if found:
        st.html("<h3 class='wo-head'>Asked for</h3>")
    for one in found:
        with st.container(border=True):
            _show_request(one, desk=desk)


def _show_request(one: RequestRecord, *, desk: Desk) -> None:
    st.html(
        f"<div><b>{escape(one.ward_name)}</b> <span class='wo-quiet'>{escape(one.district)}</span></div>"
        f"<div>{escape(one.reason)}</div>"
        f"<div class='wo-quiet'>{escape(one.by.name)}, {say_day(one.by.at.date())}</div>"
    )
    if not desk.writes:
        return
    with st.popover("Answer without a briefing"):
        answer = st.text_area("Answer", max_chars=LONGEST_REASON, key=f"answer-{one.id}")
        if st.button("Answer", key=f"give_answer-{one.id}"):
            with acting("The request is answered."):
                desk.register.answer(one.id, answer=answer or "", by=desk.person)
