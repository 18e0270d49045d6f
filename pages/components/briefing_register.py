"""The register: overdue actions first, then every briefing, to be searched; one of them in full beside the list."""

from html import escape

import streamlit as st

from briefing.register_records import BriefingRecord, State
from data.in_words import say_day
from pages.components.briefing_actions import show_overdue
from pages.components.briefing_desk import Desk, ward_names
from pages.components.briefing_record import show_record
from pages.components.url_state import go_to

_FILTERS = ("find_briefing", "find_state", "find_ward")
_A_PAGE = 25
"""Briefings in the list at a time."""


def show_register(desk: Desk) -> None:
    """Draw the tab."""
    show_overdue(desk)
    found = _search(desk)
    opened = st.session_state.get("briefing")
    listed, full = st.columns([1, 1.2], gap="large")
    with listed:
        _show_list(found)
    with full:
        st.html(
            "<div class='wo-quiet'>Briefings of councillors stand here. Decisions of the steering group stand on Hotspots, each "
            "meeting's also as minutes under Papers.</div>"
        )
        if opened:
            show_record(desk, desk.register.record(int(opened)))
        elif found:
            st.info("Choose a briefing to see its steps and documents.")


def _search(desk: Desk) -> list[BriefingRecord]:
    """Draw the filters; what is searched for stays out of the address, which others may log."""
    text, state, ward = st.columns([2, 1, 2], vertical_alignment="bottom")
    with text:
        words = st.text_input("Search", key="find_briefing", placeholder="Number, ward, name or words of the text")
    with state:
        chosen = st.selectbox("State", list(State), key="find_state", index=None, format_func=str, placeholder="Any")
    with ward:
        names = ward_names(desk)
        code = st.selectbox(
            "Of ward",
            sorted(names, key=names.__getitem__),
            key="find_ward",
            index=None,
            format_func=names.get,
            placeholder="All wards",
        )
    return desk.records(desk.register.search(words or "", ward=code or "", state=chosen))


def _show_list(found: list[BriefingRecord]) -> None:
    if not found:
        asked = any(st.session_state.get(key) for key in _FILTERS)
        st.info("No briefing in the register fits. Ask for less." if asked else "No briefing was begun or issued yet.")
        return
    last = (len(found) - 1) // _A_PAGE + 1
    page = st.number_input("Page", 1, last, key="register_page") if last > 1 else 1
    st.html(f"<h3 class='wo-head'>{len(found):,} briefing{'s' if len(found) > 1 else ''}, the newest first</h3>")
    for record in found[(int(page) - 1) * _A_PAGE : int(page) * _A_PAGE]:
        with st.container(border=True):
            _show_line(record)


def _show_line(record: BriefingRecord) -> None:
    said, button = st.columns([4, 1], vertical_alignment="center")
    with said:
        last = record.steps[-1]
        whom = f" · for {record.issue.for_whom}" if record.issue else ""
        st.html(
            f"<div><b>{escape(record.basis.ward_name)}</b> <span class='wo-quiet'>{escape(record.basis.district)}</span></div>"
            f"<div class='wo-quiet'>{escape(record.label)} · {last.state} {say_day(last.by.at.date())}{escape(whom)}</div>"
        )
    with button:
        if st.button("Open", key=f"open-{record.id}", width="stretch"):
            go_to("briefing", str(record.id))
            st.rerun()
