"""The third step of a load: what the files hold beside what was loaded before, and reading them."""

from html import escape
from typing import Literal

import streamlit as st

from data.errors import PersonLevelError
from data.in_words import listed
from disclosure.audit import Action, What
from ingest.comparing import EVENTS
from ingest.staging import Staging
from pages.components.acting import acting
from pages.components.data_files import refuse_in_next_run
from pages.components.plain_text import plain_text
from pages.components.recording import make_entry
from pages.data_facts import KIND_NAMES
from pages.session import audit

_ALL, _NEW = "all", "new"
_HOLD = {
    _ALL: "everything: they take the place of what was loaded before",
    _NEW: "new months or quarters only: what was loaded before stays, and these are added",
}


def draw_reading(staging: Staging, *, newest: str | None, clear: bool) -> None:
    """Draw what the files hold, and the button that reads them."""
    state = staging.state
    given = [kind for kind in KIND_NAMES if state and any(one.kind == kind for one in state.files)]
    if newest is not None:
        _ask_what_they_hold(given, staging=staging)
        _say_what_stays(given, newest=newest)
    why_not = staging.why_not_read() or (
        "" if clear else "Say above what the columns hold, then the files can be read."
    )
    if why_not:
        st.html(f'<p class="wo-quiet">{escape(why_not)}</p>')
    kind: Literal["primary", "secondary"] = "secondary" if why_not else "primary"
    if st.button("Read and check", key="read", type=kind, icon=":material/rule:", disabled=bool(why_not)):
        read(staging)


def _ask_what_they_hold(given: list[str], *, staging: Staging) -> None:
    state = staging.state
    assert state is not None
    added = set()
    if "wards" in given:
        return
    for kind in [one for one in given if one in EVENTS]:
        chosen = st.radio(
            plain_text(f"The files of {kind} hold"),
            [_ALL, _NEW],
            index=int(kind in state.added),
            format_func=_HOLD.__getitem__,
            key=f"hold-{kind}-{staging.state.mark}-{kind in state.added}",
        )
        added |= {kind} if chosen == _NEW else set()
    if added != set(state.added):
        staging.add(frozenset(added))
        st.rerun()


def _say_what_stays(given: list[str], *, newest: str) -> None:
    stay = [name.lower() for kind, name in KIND_NAMES.items() if kind not in given]
    if stay:
        st.html(f'<p class="wo-quiet">Not in this load, so as in snapshot {newest}: {listed(stay)}.</p>')


def read(staging: Staging) -> None:
    """Read the files, saying what is being done; a refusal is said where the button is."""
    place = st.empty()
    with acting("Read. Look at the report, then accept or discard the load."):
        audit().record(make_entry(Action.INGESTED, What.FILES))
        state = staging.state
        steps = 5 + (len(state.files) if state else 0)
        done = 0

        def tell(what: str) -> None:
            nonlocal done
            done = min(done + 1, steps - 1)
            place.progress(done / steps, text=plain_text(what))

        tell("Opening the files")
        try:
            staging.read(progress=tell)
        except PersonLevelError as error:
            refuse_in_next_run(f"{error} The file was removed from this server.")
        finally:
            place.empty()
