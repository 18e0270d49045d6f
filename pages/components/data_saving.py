"""What was mapped by hand, kept as settings, so that next month needs no mapping."""

import streamlit as st

from data.settings_columns import Columns, lines_to_paste, write_columns
from disclosure.audit import Action, What
from ingest.staging import Staging
from pages.components.acting import acting
from pages.components.recording import make_entry
from pages.data_facts import settings_file
from pages.session import audit, settings_in_use


def offer_saving(staging: Staging) -> None:
    """Offer to write what was mapped by hand into the settings."""
    path = settings_file()
    if path is None or not _is_new(staging):
        return
    st.info(
        "You said what the columns hold for this load alone. Save it as settings, and the next load needs no mapping."
    )
    if st.button("Save as settings", key="save_columns", icon=":material/save:"):
        _save(staging.state.columns)


def show_lines(staging: Staging) -> None:
    """Show the same as text, folded away, for whoever keeps the settings file."""
    if _is_new(staging):
        with st.expander("For whoever keeps the settings file: the columns as its lines"):
            st.code(lines_to_paste(staging.state.columns), language=None)


def _is_new(staging: Staging) -> bool:
    state = staging.state
    return state is not None and bool(state.columns) and staging.settings != settings_in_use()


def _save(columns: Columns) -> None:
    path = settings_file()
    assert path is not None
    with acting("Saved as settings."):
        audit().record(make_entry(Action.CHANGED, What.SETTINGS))
        write_columns(path, columns)
        settings_in_use.clear()
