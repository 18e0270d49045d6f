"""What the papers of a meeting take: the day of the meeting. The same on Briefings and on Hotspots."""

from datetime import date

import streamlit as st

from briefing.papers.kinds import Kind
from briefing.papers.making import Order
from briefing.papers.steering_words import newer_by
from data.in_words import say_day
from pages.components.briefing_desk import Desk
from pages.components.briefing_today import today
from pages.components.plain_text import plain_text
from pages.components.written_days import write_day
from pages.ward_facts import decisions

_NO_DECISION = "No decision is in the register yet. The group records them on Hotspots, slide Decide."


def order_of_meeting(kind: Kind, desk: Desk) -> tuple[Order, str, str]:
    """Draw what a paper of a meeting takes; give the order, what it lacks, and what is asked for when the button is pressed."""
    if kind is Kind.MINUTES:
        meeting = _choose_meeting(desk)
        return Order(kind, made_on=today(), meeting=meeting), "" if meeting else _NO_DECISION, ""
    day, lacks = write_day("Day of the meeting", key="pack_meeting")
    if day is not None and day < today():
        lacks = "This day is over. Give the day of the meeting that the pack is for."
    elif day is not None and (newer := newer_by(day, last=desk.area.released.window.last)):
        st.warning(plain_text(f"{newer} Load them first if you have them."))
    return Order(kind, made_on=today(), meeting=None if lacks else day), "", lacks


def _choose_meeting(desk: Desk) -> date | None:
    """Let the person choose among meetings at which something was decided that they may see; draw nothing where there is none."""
    drafts = [one.draft for one in decisions().search()]
    held = sorted({one.meeting for one in drafts if not one.ward_code or desk.is_theirs(one.district)}, reverse=True)
    if not held:
        st.html(f'<div class="wo-quiet">{_NO_DECISION}</div>')
        return None
    return st.selectbox("Meeting of", held, format_func=say_day, key="minutes_meeting")
