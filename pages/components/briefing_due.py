"""The queue: which wards are due for a briefing and why, and asking for one of any other ward."""

from html import escape

import streamlit as st

from briefing.due import Due, due_wards
from briefing.sentences import age_of_figures
from data.in_words import say_day
from pages.components.acting import acting
from pages.components.briefing_begin import begin_draft, go_to_draft
from pages.components.briefing_desk import Desk
from pages.components.briefing_requests import show_asking, show_requests
from pages.components.briefing_today import today


def show_due(desk: Desk) -> None:
    """Draw the queue, the surest first, and beside it what was asked for."""
    queue, asking = st.columns([1.9, 1], gap="large")
    with queue:
        _show_queue(desk)
    with asking:
        show_asking(desk)
        show_requests(desk)


def _show_queue(desk: Desk) -> None:
    found = due_wards(desk.area, desk.register, rules=desk.rules, today=today())
    st.html(
        "<div class='wo-quiet'>By what may be told to councillors: rounded figures, so fewer wards are flagged than for the "
        f"analyst. {escape(age_of_figures(desk.area, on=today()))}</div>"
    )
    if not found:
        st.info("No ward is due for a briefing. You may ask for one all the same.")
        return
    wards = f"{len(found)} ward{'s are' if len(found) > 1 else ' is'} due"
    st.html(f"<h3 class='wo-head'>{wards}, the surest first</h3>")
    for one in found:
        with st.container(border=True):
            _show_ward(one, desk=desk)


def _show_ward(one: Due, *, desk: Desk) -> None:
    said, button = st.columns([4, 1.25], vertical_alignment="center")
    with said:
        st.html(_in_words(one))
    if not desk.writes:
        return
    with button:
        if one.draft is not None:
            if st.button("Go on with draft", key=f"go_on-{one.ward_code}", width="stretch"):
                go_to_draft(one.ward_code)
        elif one.ward_code in desk.area.rows[-1] and st.button("Begin", key=f"begin-{one.ward_code}", width="stretch"):
            with acting(f"A draft for {one.ward_name} is begun."):
                begin_draft(desk, one.ward_code)


def _in_words(one: Due) -> str:
    told = not one.certainty or one.certainty in one.sentence
    sure = "" if told else f"Both truly high: {escape(one.certainty)}. "
    notes = "".join(f"<div><b>{escape(note)}</b></div>" for note in one.notes)
    return (
        f"<div><b>{escape(one.ward_name)}</b> <span class='wo-quiet'>{escape(one.district)}</span></div>"
        f"<div>{escape(one.sentence)}</div>{notes}"
        f"<div class='wo-quiet'>{sure}Since {say_day(one.since)}</div>"
    )
