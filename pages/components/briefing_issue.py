"""Issuing an approved draft to named councillors. It makes the documents and keeps them; nothing is sent."""

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from briefing.content import Issue
from briefing.councillors import councillors_of
from briefing.documents import make_documents
from briefing.follow_up import follow_up
from briefing.officers_words import OfficersWords
from briefing.register_issuing import LONGEST_NAMES
from briefing.register_records import BriefingRecord
from data.errors import WardOverlapError
from pages.briefing_facts import ground_of
from pages.components.acting import acting
from pages.components.briefing_desk import Desk
from pages.components.briefing_form import close_form
from pages.components.briefing_today import today
from pages.components.plain_text import plain_lines
from pages.components.url_state import go_to
from pages.session import settings_in_use


def show_issue(desk: Desk, record: BriefingRecord) -> None:
    """Draw to whom and until when, and the button."""
    names, until = st.columns([2, 1])
    with names:
        to = _choose_readers(record)
    with until:
        expires = st.date_input(
            "Valid until",
            value=today() + timedelta(days=desk.rules.valid_days),
            format="DD/MM/YYYY",
            key=f"expires-{record.id}",
        )
    if st.button(
        "Issue", type="primary", key=f"issue-{record.id}", help="Numbers it and keeps its documents for good."
    ):
        with acting("It is issued. Its documents stand here to be downloaded; nothing was sent."):
            with st.spinner("Making the documents"):
                _issue(desk, record, to=to, expires=expires if isinstance(expires, date) else None)
            close_form(record.id)
            go_to("show", "register")
            go_to("briefing", str(record.id))


def _choose_readers(record: BriefingRecord) -> str:
    try:
        table = councillors_of(settings_in_use())
    except WardOverlapError as error:
        st.error(plain_lines(error))
        table = None
    known = table.of(record.basis.ward_code) if table else ()
    key = f"to-{record.id}"
    if not known:
        return st.text_input("Issue to", max_chars=LONGEST_NAMES, key=key, placeholder="Names of councillors") or ""
    chosen = st.multiselect("Issue to", known, default=known, key=key, accept_new_options=True)
    return ", ".join(chosen)


def _issue(desk: Desk, record: BriefingRecord, *, to: str, expires: date | None) -> None:
    ward = record.basis.ward_code
    previous = follow_up(desk.register.last_issued(ward), desk.area)
    ground = ground_of(desk.snapshot_id, desk.districts)

    def make(issue: Issue, words: OfficersWords) -> dict[str, bytes]:
        told = replace(issue, previous=previous)
        template = desk.rules.word_template
        return make_documents(desk.area, ward, ground=ground, words=words, issue=told, word_template=template)

    desk.register.issue(record.id, to=to, by=desk.person, make_documents=make, expires=expires)
