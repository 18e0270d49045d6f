"""Actions of issued briefings: those that are overdue, and saying of one that it is done."""

from datetime import date
from html import escape

import streamlit as st

from briefing.register_issuing import LONGEST_OUTCOME
from briefing.register_records import ActionRecord
from data.in_words import say_day
from pages.components.acting import acting
from pages.components.briefing_desk import Desk
from pages.components.briefing_today import today


def show_overdue(desk: Desk) -> None:
    """Draw the actions whose day has passed, the latest first; nothing where there is none."""
    late = [one for one in desk.register.overdue_actions(today()) if desk.is_theirs(one.district)]
    if not late:
        return
    st.html(f"<h3 class='wo-head'>{len(late):,} action{'s are' if len(late) > 1 else ' is'} overdue</h3>")
    for one in late:
        with st.container(border=True):
            show_action(one, desk=desk, where="late")


def show_action(one: ActionRecord, *, desk: Desk, where: str) -> None:
    """Draw one action; `where` on the screen keeps the keys of its widgets apart."""
    said, button = st.columns([4, 1.2], vertical_alignment="center")
    done = _fate(one)
    late = " <b>overdue</b>" if one.is_overdue(today()) else ""
    with said:
        st.html(
            f"<div>{escape(one.what)}{late}</div>"
            f"<div class='wo-quiet'>{escape(one.ward_name)} · {escape(one.number)} · {escape(done)}</div>"
        )
    if one.done_on is None and desk.writes:
        with button, st.popover("Done", width="stretch"):
            _finish(one, desk=desk, key=f"{where}-{one.briefing}-{one.position}")


def say_action(one: ActionRecord, *, on: date) -> str:
    """Say of an action what it is, who does it, and whether it is done or late."""
    return f"{one.what} ({_fate(one)}{', overdue' if one.is_overdue(on) else ''})"


def _fate(one: ActionRecord) -> str:
    return f"Done on {say_day(one.done_on)}: {one.outcome}" if one.done_on else f"{one.owner}, by {say_day(one.due)}"


def _finish(one: ActionRecord, *, desk: Desk, key: str) -> None:
    outcome = st.text_area("What came of it", max_chars=LONGEST_OUTCOME, key=f"outcome-{key}")
    day = st.date_input("Done on", value=today(), max_value=today(), format="DD/MM/YYYY", key=f"done_on-{key}")
    if st.button("It is done", key=f"done-{key}"):
        with acting("The action is done."):
            desk.register.finish_action(
                one.briefing, position=one.position, done_on=day, outcome=outcome or "", by=desk.person
            )
