"""What people do on screens, recorded before they are shown or given anything. What cannot be recorded is not done."""

from collections.abc import Mapping

import streamlit as st

from disclosure.audiences import Audience
from disclosure.audit import Action, AuditEntry
from disclosure.audit_details import question_details
from disclosure.permitted import Question
from pages.session import audit, present_person

_SEEN = "_recorded_as_seen"


def record_seen(
    what: str,
    *,
    snapshot_id: str = "",
    audience: Audience | None = None,
    question: Question | None = None,
    detail: Mapping[str, str] | None = None,
) -> None:
    """Record that the person who is here sees something: once a session for the same thing, not on every run.

    Raises
    ------
    UnrecordedError
        If it cannot be recorded. It is then not to be shown.
    """
    entry = make_entry(
        Action.SAW, what, snapshot_id=snapshot_id, audience=audience, question=question, detail=detail or {}
    )
    which = (entry.who, entry.what, entry.audience, entry.snapshot, *sorted(entry.detail.items()))
    seen: set[object] = st.session_state.setdefault(_SEEN, set())
    if which not in seen:
        audit().record(entry)
        seen.add(which)


def record_made(what: str, *, snapshot_id: str, audience: Audience, question: Question) -> None:
    """Record that the person who is here has something worked out that takes long.

    Raises
    ------
    UnrecordedError
        If it cannot be recorded. It is then not to be made.
    """
    audit().record(make_entry(Action.MADE, what, snapshot_id=snapshot_id, audience=audience, question=question))


def make_entry(
    action: Action,
    what: str,
    *,
    snapshot_id: str = "",
    audience: Audience | None = None,
    question: Question | None = None,
    detail: Mapping[str, str] | None = None,
) -> AuditEntry:
    """Make an entry in the name of the person who is here."""
    return AuditEntry(
        action,
        present_person().id,
        what,
        audience=audience or "",
        snapshot=snapshot_id,
        detail={**(question_details(question) if question else {}), **(detail or {})},
    )
