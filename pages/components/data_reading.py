"""The third step of a load: what the files hold beside what was loaded before, reading them, and why they could not be read."""

from html import escape
from typing import Literal

import streamlit as st

from data.errors import PersonLevelError, WardOverlapError
from data.in_words import listed
from disclosure.audit import Action, What
from disclosure.reports import release_report
from ingest.comparing import EVENTS
from ingest.staging import Staging
from pages.components.acting import acting
from pages.components.data_faults import show_faults
from pages.components.data_files import refuse_in_next_run
from pages.components.data_times import settle_times
from pages.components.plain_text import plain_lines, plain_text
from pages.components.recording import make_entry
from pages.data_facts import KIND_NAMES, marking_of_load
from pages.session import audit, settings_in_use, store


def draw_reading(staging: Staging, *, newest: str | None, clear: bool) -> None:
    """Draw what the files hold, and the button that reads them."""
    state = staging.state
    given = [kind for kind in KIND_NAMES if state and any(one.kind == kind for one in state.files)]
    if newest is not None and clear and "wards" not in given:
        settle_times([kind for kind in given if kind in EVENTS], staging=staging)
    if newest is not None:
        _say_what_stays(given, newest=newest)
    _show_refusal(staging)
    why_not = staging.why_not_read() or (
        "" if clear else "Say above what the columns hold, then the files can be read."
    )
    if why_not:
        st.html(f'<p class="wo-quiet">{escape(why_not)}</p>')
    kind: Literal["primary", "secondary"] = "secondary" if why_not else "primary"
    if st.button("Read and check", key="read", type=kind, icon=":material/rule:", disabled=bool(why_not)):
        read(staging)


def _show_refusal(staging: Staging) -> None:
    """Say why the files could not be read, and what else was found in the one that it was for."""
    state = staging.state
    if state is None or not state.refused:
        return
    st.error(plain_lines(state.refused))
    rule = settings_in_use().disclosure
    for report in state.accounts:
        show_faults(release_report(report, exact=True, rule=rule), marking=marking_of_load())


def _say_what_stays(given: list[str], *, newest: str) -> None:
    there = {"provision": store().manifest(newest).provision_as_at is not None}
    stay = [name.lower() for kind, name in KIND_NAMES.items() if kind not in given and there.get(kind, True)]
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
        except WardOverlapError:
            if not staging.state or not staging.state.refused:
                raise
            st.rerun()  # where the button is, it is said why
        finally:
            place.empty()
