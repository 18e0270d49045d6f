"""The tab of papers about the whole partnership: each kind says for whom it is and what is in it, and is made on request."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from briefing.papers.briefings_pack import ALL, DUE
from briefing.papers.kinds import KINDS, OF_A_MEETING, Kind, kinds_for
from briefing.papers.making import Order
from disclosure.audiences import Audience
from pages.components.bid_form import draw_bid_form
from pages.components.briefing_desk import Desk, ward_names
from pages.components.briefing_today import today
from pages.components.guard import fragment
from pages.components.meeting_papers import order_of_meeting
from pages.components.paper_making import offer_made, show_making
from pages.components.screen import say_faults
from pages.components.url_state import go_to
from pages.components.written_fields import choose_wards
from pages.session import audiences

CHOSEN = "chosen"
_ROWS = ((Kind.STEERING, Kind.MINUTES), (Kind.SCRUTINY, Kind.PROFILE), (Kind.BRIEFINGS,), (Kind.EVIDENCE,))
_WHICH = {DUE: "That are due", ALL: "All wards", CHOSEN: "Choose"}


def show_papers(desk: Desk) -> None:
    """Draw the tab: a fragment a kind, so that making one leaves the others as they are. The group has its own papers alone."""
    offered = tuple(KINDS) if desk.writes else kinds_for(desk.audience)
    if st.button("Show the slides for the meeting", key="to_slides", icon=":material/co_present:", type="tertiary"):
        go_to("slide", "now")
        st.switch_page("views/hotspots.py")
    for row in _ROWS:
        show_kinds([kind for kind in row if kind in offered], desk=desk)


def show_kinds(kinds: Sequence[Kind], *, desk: Desk) -> None:
    """Draw kinds beside each other."""
    if not kinds:
        return
    for kind, column in zip(kinds, st.columns(len(kinds)), strict=True):
        with column:
            _show(kind, desk)


@fragment
def _show(kind: Kind, desk: Desk) -> None:
    """Draw one kind: what it is, what it takes, the button, and what was made."""
    with say_faults("briefings"), st.container(border=True):
        facts = KINDS[kind]
        st.html(f"<h3 class='wo-head'>{escape(facts.title)}</h3><div>{escape(facts.says)}</div>")
        if kind in OF_A_MEETING:
            order, lacks, asks = order_of_meeting(kind, desk)
        else:
            (order, lacks), asks = _order(kind, desk), ""
        show_making(order, desk=desk, lacks=lacks, asks=asks)
        offer_made(order, desk=desk)


def _order(kind: Kind, desk: Desk) -> tuple[Order, str]:
    """Draw what a kind takes; give the order, and what it lacks."""
    if kind is Kind.PROFILE:
        return Order(kind, made_on=today(), audience=_audience(desk)), ""
    if kind is Kind.BRIEFINGS:
        wards = _wards(desk)
        return Order(kind, made_on=today(), wards=wards), "" if wards else "Choose the wards first."
    if kind is Kind.EVIDENCE:
        chosen, words = draw_bid_form(desk)
        lacks = "" if chosen and words else "Choose the wards and give the bid a title first."
        return Order(kind, made_on=today(), wards=chosen, bid=words), lacks
    return Order(kind, made_on=today()), ""


def _audience(desk: Desk) -> Audience:
    """Let the person choose among those views that are theirs; who looks as the group has the group's."""
    if not desk.writes:
        return desk.audience
    offered = [one for one in audiences() if one in KINDS[Kind.PROFILE].audiences]
    return st.segmented_control(
        "For", offered, default=desk.audience, format_func=str.capitalize, key="profile_for", required=True
    )


def _wards(desk: Desk) -> tuple[str, ...]:
    which = st.segmented_control(
        "Of which wards", list(_WHICH), default=DUE, format_func=_WHICH.__getitem__, key="briefings_of", required=True
    )
    if which != CHOSEN:
        return (which,)
    return tuple(choose_wards("Wards", ward_names(desk), (), key="briefings_wards"))
