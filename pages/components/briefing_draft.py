"""The tab of one draft: the officer's form on the left, on the right what the councillor will read, below it the next step."""

from html import escape

import streamlit as st

from briefing.follow_up import draft_notes
from briefing.officers_words import OfficersWords
from briefing.register_records import BriefingRecord
from data.errors import UsageError
from pages.components.acting import acting
from pages.components.briefing_begin import begin_draft
from pages.components.briefing_conflict import show_conflict
from pages.components.briefing_desk import Desk, ward_names
from pages.components.briefing_form import OpenForm, close_form, draw_form, open_form, words_in
from pages.components.briefing_preview import show_preview
from pages.components.briefing_steps import show_steps
from pages.components.plain_text import plain_lines, plain_text


def show_draft(desk: Desk, *, ward: str | None) -> None:
    """Draw the draft of a ward, or the way to begin one."""
    drafts = {code: one for code, one in desk.register.open_drafts().items() if desk.is_theirs(one.basis.district)}
    _choose_ward(desk, drafts)
    if ward is None:
        st.info("Choose a ward, or begin from the queue under Due.")
    elif ward in drafts:
        _show(desk, drafts[ward])
    else:
        _offer(desk, ward)
    _show_lost_wards(desk, drafts)


def _choose_ward(desk: Desk, drafts: dict[str, BriefingRecord]) -> None:
    names = {code: f"{name}{', draft open' if code in drafts else ''}" for code, name in ward_names(desk).items()}
    st.selectbox(
        "Ward",
        sorted(names, key=lambda code: (code not in drafts, names[code])),
        format_func=names.get,
        key="ward",
        index=None,
        placeholder="Type a name",
        width=520,
    )


def _offer(desk: Desk, ward: str) -> None:
    name = str(desk.area.rows[-1][ward]["ward_name"])
    last = desk.register.last_issued(ward)
    before = f" Its last briefing is {last.label}." if last else ""
    st.info(plain_text(f"{name} has no draft.{before}"))
    if st.button("Begin a draft", type="primary", key="begin_here"):
        with acting(f"A draft for {name} is begun."):
            begin_draft(desk, ward)


def _show(desk: Desk, record: BriefingRecord) -> None:
    basis = record.basis
    st.html(
        f"<h3 class='wo-head'>{escape(basis.ward_name)} <span class='wo-quiet'>{escape(basis.district)} · draft {record.id}, "
        f"version {record.version}, {record.state}</span></h3>"
    )
    for note in draft_notes(record, desk.area):
        st.warning(plain_text(note))
    form = open_form(record)
    told = st.container()
    writing, reading = st.columns([1, 1.05], gap="large")
    with writing:
        draw_form(form, id=record.id)
        with told:
            show_conflict(form, record=record)
        words = _words(form)
        show_steps(desk, record, form=form, words=words)
    with reading:
        show_preview(desk, record, words=words or _as_far_as_it_goes(form), is_saved=words == form.start)


def _words(form: OpenForm) -> OfficersWords | None:
    """Read the form; say what is wrong with it."""
    try:
        return words_in(form)
    except UsageError as error:
        st.error(plain_lines(error))
        return None


def _as_far_as_it_goes(form: OpenForm) -> OfficersWords:
    try:
        return words_in(form, half_done=True)
    except UsageError:
        return form.start


def _show_lost_wards(desk: Desk, drafts: dict[str, BriefingRecord]) -> None:
    """Offer to withdraw drafts of wards that the data in use do not have: nothing else can be done with them."""
    for code, record in drafts.items():
        if code in desk.area.rows[-1]:
            continue
        for note in draft_notes(record, desk.area):
            st.warning(plain_text(f"{record.basis.ward_name}: {note}"))
        if st.button("Withdraw it", key=f"withdraw_lost-{record.id}"):
            with acting("The draft is withdrawn."):
                desk.register.withdraw(record.id, reason="There is no such ward any more.", by=desk.person)
                close_form(record.id)
