"""The steps of a draft: save, check, approve, issue, withdraw. Each is offered when it can be taken, or says why it cannot."""

from html import escape

import streamlit as st

from briefing.officers_words import OfficersWords
from briefing.register import NewerVersionError
from briefing.register_drafting import LONGEST_REASON
from briefing.register_records import BriefingRecord, State
from briefing.register_rules import why_not_step
from pages.components.acting import acting
from pages.components.briefing_conflict import note_conflict
from pages.components.briefing_desk import Desk
from pages.components.briefing_form import OpenForm, close_form
from pages.components.briefing_issue import show_issue
from pages.session import is_demonstration

_WAY = (State.DRAFTED, State.CHECKED, State.APPROVED, State.ISSUED)
_NEXT = {State.DRAFTED: State.CHECKED, State.CHECKED: State.APPROVED, State.APPROVED: State.ISSUED}
_SAVE_FIRST = "There are changes that are not saved. Save them first."


def show_steps(desk: Desk, record: BriefingRecord, *, form: OpenForm, words: OfficersWords | None) -> None:
    """Draw how far it has come and what can be done now.

    Parameters
    ----------
    words
        What stands in the form; `None` if it cannot be taken.
    """
    changed = words != form.start
    with st.container(border=True):
        st.html(_way(record))
        with st.container(horizontal=True, vertical_alignment="center"):
            _show_save(desk, record, form=form, words=words, changed=changed)
            if record.state is not State.APPROVED:
                _show_next(desk, record, form=form, changed=changed)
            _show_withdraw(desk, record)
        if changed:
            st.html(f'<div class="wo-quiet">{_SAVE_FIRST}</div>')
        if not desk.rules.second_person:
            st.html(f'<div class="wo-quiet">{_alone()}</div>')
        if record.state is State.APPROVED and not changed:
            show_issue(desk, record)


def _show_save(
    desk: Desk, record: BriefingRecord, *, form: OpenForm, words: OfficersWords | None, changed: bool
) -> None:
    kind = "primary" if changed else "secondary"
    if not st.button("Save", type=kind, key=f"save-{record.id}") or words is None:
        return
    with acting("Saved." if changed else "It is saved already: nothing was changed."):
        if changed:
            _save(desk, record, form=form, words=words)


def _save(desk: Desk, record: BriefingRecord, *, form: OpenForm, words: OfficersWords) -> None:
    try:
        saved = desk.register.save(record.id, words=words, by=desk.person, based_on=form.based_on)
    except NewerVersionError as error:
        note_conflict(form, id=record.id, error=error)
        st.rerun()
    form.go_on_from(saved.words, version=saved.version)


def _show_next(desk: Desk, record: BriefingRecord, *, form: OpenForm, changed: bool) -> None:
    step = _NEXT[record.state]
    why_not = why_not_step(record, step, by=desk.person, second_person=desk.rules.second_person, version=form.based_on)
    checks = step is State.CHECKED
    label = "Check" if checks else "Approve"
    clicked = st.button(
        label,
        type="secondary" if changed else "primary",
        disabled=changed or why_not is not None,
        key=f"{step}-{record.id}",
        help="The facts and words of this version are right." if checks else "This version may go out.",
    )
    if why_not and not changed:
        st.html(f'<div class="wo-quiet">{escape(why_not)}</div>')
    if clicked and not changed:
        act = desk.register.check if checks else desk.register.approve
        with acting(f"Version {form.based_on} is {step}."):
            act(record.id, version=form.based_on, by=desk.person)


def _show_withdraw(desk: Desk, record: BriefingRecord) -> None:
    with st.popover("Withdraw"):
        reason = st.text_input("Why it is given up", max_chars=LONGEST_REASON, key=f"why_withdraw-{record.id}")
        if st.button("Withdraw this draft", key=f"withdraw-{record.id}"):
            with acting("The draft is withdrawn. It stays in the register."):
                desk.register.withdraw(record.id, reason=reason or "", by=desk.person)
                close_form(record.id)


def _way(record: BriefingRecord) -> str:
    reached = _WAY.index(record.state)
    names = [f"<b>{one} ✓</b>" if place <= reached else f"{one}" for place, one in enumerate(_WAY)]
    return f'<div class="wo-quiet">{" → ".join(names)}</div>'


def _alone() -> str:
    why = "demonstration" if is_demonstration() else "so the settings say"
    return f"No second person approves here: {why}. The documents say so."
