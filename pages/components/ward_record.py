"""What was done about a ward: briefings issued, actions under way, decisions of the steering group."""

from collections.abc import Iterator
from html import escape

import streamlit as st

from briefing.decisions_records import DecisionRecord
from briefing.follow_up import follow_up
from briefing.register_records import BriefingRecord
from data.in_words import say_day
from pages.components.briefing_actions import say_action
from pages.components.briefing_desk import Desk, may_write
from pages.components.briefing_today import today
from pages.components.choosing import Chosen
from pages.components.url_state import go_to
from pages.ward_facts import decisions


def show_record_of(desk: Desk, *, chosen: Chosen, ward: str) -> None:
    """Draw what was done about a ward, and the way to its next briefing."""
    st.subheader("What is being done", anchor=False)
    told = [*_briefings(desk, ward), *_decisions(ward)]
    if not told:
        told = ["<p>No briefing was issued on this ward, and nothing was decided about it.</p>"]
    st.html(f'<div class="wo-read">{"".join(told)}</div>')
    if may_write(chosen) and st.button(
        "Brief the councillors", key="brief_ward", type="tertiary", icon=":material/description:"
    ):
        go_to("show", "draft")
        go_to("ward", ward)
        st.switch_page("views/briefings.py")


def _briefings(desk: Desk, ward: str) -> Iterator[str]:
    last = desk.register.last_issued(ward)
    if last is not None:
        yield f"<p>{escape(follow_up(last, desk.area))}</p>"
    for record in desk.register.history(ward):
        if record.issue is not None:
            yield _briefing(record)
            yield "".join(f"<li>{escape(say_action(one, on=today()))}</li>" for one in desk.register.actions(record.id))


def _briefing(record: BriefingRecord) -> str:
    issue = record.issue
    if issue is None:
        return ""
    state = record.state.value
    until = f", valid until {say_day(issue.expires)}" if record.is_standing else f", {state} since"
    return f"<p><b>{escape(issue.number)}</b>, issued {say_day(issue.issued_on)}{escape(until)}.</p>"


def _decisions(ward: str) -> Iterator[str]:
    for one in decisions().search(ward=ward):
        yield f"<p><b>Decided {say_day(one.draft.meeting)}</b>: {escape(one.draft.recommendation)} {escape(_fate(one))}</p>"


def _fate(one: DecisionRecord) -> str:
    last = one.last
    if last is None:
        late = ", overdue" if one.is_overdue(today()) else ""
        return f"({one.draft.owner}, by {say_day(one.draft.due)}{late})"
    return f"({last.outcome.value} on {say_day(last.on)}: {last.note})"
