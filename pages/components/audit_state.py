"""Whether the audit trail is whole: checked when the screen is first opened, and again when the administrator asks."""

from html import escape

import streamlit as st

from disclosure.audit import Action, UnrecordedError, Verification, What
from pages.components.plain_text import plain_lines
from pages.components.recording import make_entry
from pages.session import audit

_FOUND = "_audit_verification"


def show_state() -> None:
    """Draw what came of the check, how far the trail goes, and the button that checks again."""
    place = st.container()
    again = st.button("Check every row again", key="verify_audit", icon=":material/verified_user:")
    if again or _FOUND not in st.session_state:
        with st.spinner("Checking every row"):
            st.session_state[_FOUND] = audit().verify()
        if again:
            _record_check(st.session_state[_FOUND])
    with place:
        _show(st.session_state[_FOUND])


def _show(found: Verification) -> None:
    if found.ok:
        st.success(found.sentence, icon=":material/check_circle:")
    else:
        st.error(
            plain_lines(
                f"{found.sentence} Nothing is shown or written until this has been looked into.\n{found.next_step}"
            )
        )
    head = f"<p>Head, to be written down elsewhere: <code>{escape(str(found.head))}</code></p>" if found.ok else ""
    st.html(f'<div class="wo-small wo-quiet">{head}<p>{escape(found.limits)}</p></div>')


def _record_check(found: Verification) -> None:
    try:
        audit().record(make_entry(Action.VERIFIED, What.AUDIT))
    except UnrecordedError as error:
        if found.ok:
            st.warning(plain_lines(error))
