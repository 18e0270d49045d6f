"""One briefing of the register in full: how its ward stands since, its steps, documents and actions, and what may follow."""

from collections.abc import Callable
from html import escape

import streamlit as st

from briefing.follow_up import follow_up
from briefing.register_drafting import LONGEST_REASON
from briefing.register_issuing import LONGEST_OUTCOME
from briefing.register_records import BriefingRecord, Step
from data.in_words import say_day
from disclosure.audiences import Audience
from disclosure.audit import Action, What
from pages.components.acting import acting
from pages.components.briefing_actions import show_action
from pages.components.briefing_begin import begin_draft, go_to_draft
from pages.components.briefing_desk import Desk
from pages.components.briefing_files import MIME, NAMES
from pages.components.briefing_text import show_versions
from pages.components.handing_over import offer_file
from pages.components.recording import make_entry, record_seen


def show_record(desk: Desk, record: BriefingRecord) -> None:
    """Draw one briefing."""
    detail = {"briefing": str(record.id), "ward": record.basis.ward_code}
    record_seen(What.BRIEFING, snapshot_id=record.basis.snapshot, audience=desk.audience, detail=detail)
    with st.container(border=True):
        st.html(_heading(record, desk=desk) + _steps(record))
        _offer_documents(desk, record)
        show_versions(desk, record)
        for one in desk.register.actions(record.id):
            show_action(one, desk=desk, where="one")
        if desk.writes:
            _show_what_may_follow(desk, record)


def _heading(record: BriefingRecord, *, desk: Desk) -> str:
    basis, issue = record.basis, record.issue
    told = [f"Issued to {issue.for_whom}, valid until {say_day(issue.expires)}."] if issue else []
    told.append(follow_up(record, desk.area))
    if record.conflicts:
        kept = ", ".join(map(str, record.conflicts))
        told.append(f"Kept beside its text: version {kept}, written while somebody else saved.")
    where = f"<span class='wo-quiet'>{escape(basis.district)}</span>"
    title = f"<h3 class='wo-head'>{escape(record.label[0].upper() + record.label[1:])}: {escape(basis.ward_name)} {where}</h3>"
    return title + "".join(f"<div>{escape(text)}</div>" for text in told if text)


def _steps(record: BriefingRecord) -> str:
    return "".join(f"<div class='wo-quiet'>{escape(_step(one))}</div>" for one in record.steps)


def _step(one: Step) -> str:
    note = f": {one.note}" if one.note else ""
    return f"{one.state.capitalize()} {say_day(one.by.at.date())}, version {one.version}, {one.by.name}{note}"


def _offer_documents(desk: Desk, record: BriefingRecord) -> None:
    """Offer the documents as they were issued: each is compared with its hash before it is handed over."""
    if record.issue is None:
        return
    st.html("<div class='wo-quiet'>As issued: each file is compared with its hash before it is handed over.</div>")
    with st.container(horizontal=True):
        for kind in desk.register.kinds_of_documents(record.id):
            detail = {"briefing": str(record.id), "version": str(record.version), "number": record.issue.number}
            offer_file(
                NAMES.get(kind, "Document"),
                key=f"issued_{kind}-{record.id}",
                file_name=f"{record.issue.number}.{kind}",
                make=_reader(desk, record.id, kind=kind),
                entry=make_entry(
                    Action.EXPORTED,
                    What.BRIEFING,
                    snapshot_id=record.basis.snapshot,
                    audience=Audience.COUNCILLOR,
                    detail={**detail, "ward": record.basis.ward_code, "format": kind},
                ),
                mime=MIME.get(kind, "application/octet-stream"),
            )


def _reader(desk: Desk, id: int, *, kind: str) -> Callable[[], bytes]:
    return lambda: desk.register.document(id, kind=kind).content


def _show_what_may_follow(desk: Desk, record: BriefingRecord) -> None:
    ward = record.basis.ward_code
    if record.is_open:
        if ward in desk.area.rows[-1] and st.button("Go on with draft", key=f"go_on_with-{record.id}"):
            go_to_draft(ward)
        return
    if not record.is_standing:
        return
    with st.container(horizontal=True):
        with st.popover("Say what came of it"):
            _review(desk, record)
        with st.popover("Withdraw"):
            _withdraw(desk, record)
        _replace(desk, record)


def _review(desk: Desk, record: BriefingRecord) -> None:
    outcome = st.text_area("What came of it", max_chars=LONGEST_OUTCOME, key=f"review_text-{record.id}")
    if st.button("Put it into the register", key=f"review-{record.id}"):
        with acting("The outcome is in the register."):
            desk.register.review(record.id, outcome=outcome or "", by=desk.person)


def _withdraw(desk: Desk, record: BriefingRecord) -> None:
    reason = st.text_area("Why it no longer holds", max_chars=LONGEST_REASON, key=f"recall_text-{record.id}")
    st.html("<div class='wo-quiet'>It keeps its number and documents. Tell those who have it yourself.</div>")
    if st.button("Withdraw this briefing", key=f"recall-{record.id}"):
        with acting("The briefing is withdrawn."):
            desk.register.withdraw(record.id, reason=reason or "", by=desk.person)


def _replace(desk: Desk, record: BriefingRecord) -> None:
    """Begin a draft that takes its place when it is issued, or say so of the draft that there is."""
    ward = record.basis.ward_code
    if ward not in desk.area.rows[-1]:
        return
    draft = desk.register.open_drafts().get(ward)
    if draft is not None and draft.replaces == record.id:
        if st.button("Go on with the draft that takes its place", key=f"go_on_with-{record.id}"):
            go_to_draft(ward)
    elif st.button("Write one that takes its place", key=f"replace-{record.id}"):
        with acting(f"A draft is begun that takes the place of {record.label} when it is issued."):
            if draft is None:
                begin_draft(desk, ward, in_place_of=record.id)
            else:
                desk.register.supersede(record.id, new=draft.id, by=desk.person)
