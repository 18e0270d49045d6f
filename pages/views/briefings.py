"""Briefings: which wards are due, one draft in full, papers of the whole area, the register of what was told. Nothing is sent."""

import streamlit as st

from disclosure.audit import Action, What
from pages.components.acting import show_done
from pages.components.briefing_desk import Desk, may_write, sit_down
from pages.components.briefing_draft import show_draft
from pages.components.briefing_due import show_due
from pages.components.briefing_papers import show_papers
from pages.components.briefing_register import show_register
from pages.components.choosing import Chosen, draw_audience, draw_snapshot
from pages.components.frame import show_unknown_choices
from pages.components.recording import make_entry, record_seen
from pages.components.screen import screen
from pages.components.url_state import UrlChoices
from pages.session import audit, is_demonstration

DUE, DRAFT, PAPERS, REGISTER = "due", "draft", "papers", "register"
_TABS = {DUE: "Due", DRAFT: "Draft", PAPERS: "Papers", REGISTER: "Register"}
_OF_WRITERS = (DRAFT,)


@screen("briefings")
def show(chosen: Chosen, choices: UrlChoices) -> None:
    """Draw the screen."""
    refused = _refused_to_write(chosen)
    tabs = [one for one in _TABS if may_write(chosen) or one not in _OF_WRITERS]
    now = choices.one("show", tabs, default=DUE)
    ward = choices.perhaps_one("ward", list(chosen.view.wards["ward_code"]))
    record_seen(
        What.BRIEFINGS,
        snapshot_id=chosen.snapshot_id,
        audience=chosen.audience,
        detail={"ward": ward} if ward and now == DRAFT else {},
    )
    _show_top(tabs, chosen=chosen)
    if refused:
        choices.unknown.remove("show")
        st.warning(
            "Briefings are written by inspectors and analysts. You may look at what is due, make the group's papers, and look at "
            "the register."
        )
    show_unknown_choices(choices)
    show_done()
    desk = sit_down(chosen)
    choices.perhaps_one("briefing", [str(one.id) for one in desk.records(desk.register.search())])
    choices.write()
    _show_tab(now, desk=desk, ward=ward)


def _show_tab(now: str, *, desk: Desk, ward: str | None) -> None:
    if now == DUE:
        show_due(desk)
    elif now == DRAFT:
        show_draft(desk, ward=ward)
    elif now == PAPERS:
        show_papers(desk)
    else:
        show_register(desk)


def _show_top(tabs: list[str], *, chosen: Chosen) -> None:
    title, controls = st.columns([5, 1.3], vertical_alignment="bottom")
    with controls:
        draw_audience()
        draw_snapshot()
    with title:
        st.title("Briefings", anchor=False)
        st.segmented_control(
            "Show", tabs, key="show", format_func=_TABS.__getitem__, required=True, label_visibility="collapsed"
        )
    quiet = "Nothing is sent from here: documents are downloaded and handed over by people."
    if may_write(chosen) and is_demonstration():
        quiet += " No second person approves here: demonstration."
    st.html(f'<div class="wo-quiet">{quiet}</div>')


def _refused_to_write(chosen: Chosen) -> bool:
    """Record that somebody who may not write followed a link to a draft."""
    if may_write(chosen) or st.query_params.get("show") not in _OF_WRITERS:
        return False
    detail = {"reason": "audience"}
    audit().record(make_entry(Action.REFUSED, What.BRIEFINGS, audience=chosen.audience, detail=detail))
    return True


show()
