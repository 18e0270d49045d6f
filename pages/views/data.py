"""Data, for analysts: loading files and seeing what was wrong with them; what is loaded; two snapshots compared; going back."""

import streamlit as st

from data.snapshots import Snapshot
from disclosure.audit import What
from disclosure.marking import Marking, make_marking
from disclosure.people import Person
from pages.components.acting import is_anything_done, show_done
from pages.components.data_columns import draw_columns
from pages.components.data_deciding import draw_discard, show_result
from pages.components.data_files import draw_files
from pages.components.data_history import show_history, show_two
from pages.components.data_reading import draw_reading
from pages.components.frame import show_frame, show_unknown_choices
from pages.components.guard import enter
from pages.components.look_data import apply_data_styles
from pages.components.recording import record_seen
from pages.components.screen import say_faults
from pages.components.uploads import let_no_files_in
from pages.components.url_state import UrlChoices
from pages.data_facts import staging_of
from pages.session import is_demonstration, settings_in_use, snapshot_ids, store

_PARTS = {"load": "Load files", "history": "What is loaded", "compare": "Compare"}
_SEEN = "_load_seen"


def show() -> None:
    """Draw the screen."""
    with say_faults("data"):
        person = enter("data")
        choices = UrlChoices("data")
        ids = snapshot_ids()
        show_frame(_marking(ids, staged=staging_of(person).staged() if person.may_load else None))
        apply_data_styles()
        record_seen(What.DATA)
        parts = [part for part in _PARTS if part != "load" or person.may_load]
        choices.one("part", parts, default=parts[0])
        st.title("Data", anchor=False)
        part = st.segmented_control(
            "Part", parts, key="part", format_func=_PARTS.__getitem__, required=True, label_visibility="collapsed"
        )
        notes = st.container()
        acted = is_anything_done()
        show_done()
        if part == "load":
            _show_load(person, newest=ids[0] if ids else None, acted=acted)
        else:
            let_no_files_in()
            if part == "history":
                show_history(choices, person=person)
            else:
                show_two(choices)
        with notes:
            show_unknown_choices(choices)
        choices.write()


def _show_load(person: Person, *, newest: str | None, acted: bool) -> None:
    staging = staging_of(person)
    state = staging.state
    _say_how_it_stands(there=state is not None, files=bool(state and state.files), acted=acted)
    snapshot = staging.staged()
    if snapshot is not None:
        let_no_files_in()
        show_result(staging, snapshot)
        if not st.toggle("Change the files or the columns", key=f"change-{staging.state.mark}"):
            return
    _draw_steps(person, newest=newest)


def _draw_steps(person: Person, *, newest: str | None) -> None:
    staging = staging_of(person)
    st.subheader("Step 1: files", anchor=False)
    draw_files(staging, first=newest is None)
    state = staging.state
    if state is None or not state.files:
        return
    st.subheader("Step 2: what the columns hold", anchor=False)
    clear = draw_columns(staging)
    st.subheader("Step 3: read and check", anchor=False)
    draw_reading(staging, newest=newest, clear=clear)
    if staging.staged() is None:
        draw_discard(staging)


def _say_how_it_stands(*, there: bool, files: bool, acted: bool) -> None:
    """Say what a reload, another tab or time has done to the load."""
    known = st.session_state.get(_SEEN)
    if known is None and files:
        st.info("This is the load that you began earlier. Its files are still here; nothing of it is stored yet.")
    if known and not there and not acted:
        st.info("The load that was here is gone: accepted or discarded in another tab, or left for more than 12 hours.")
    st.session_state[_SEEN] = there


def _marking(ids: list[str], *, staged: Snapshot | None) -> Marking:
    """Mark everything that is shown: whatever of it is invented or stands in for other data."""
    shown = [store().manifest(id) for id in ids] + ([staged.manifest] if staged else [])
    invented = dict.fromkeys(table for one in shown for table in one.invented)
    if is_demonstration():
        invented = {"wards": None}
    return make_marking(
        handling=settings_in_use().disclosure.handling,
        invented=tuple(invented),
        stand_in=tuple(dict.fromkeys(note for one in shown for note in one.stand_in)),
    )


show()
