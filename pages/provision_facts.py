"""What is provided, for everyone on this server who looks as the same reader."""

import streamlit as st

from disclosure.audiences import Reader
from disclosure.provision import ReleasedProvision, Window
from pages.session import view_of


@st.cache_resource(show_spinner=False, max_entries=100)
def provided_beside(snapshot_id: str, reader: Reader, window: Window) -> ReleasedProvision | None:
    """What is provided, as it stands beside an answer for a window; nothing where no file of it was loaded."""
    return view_of(snapshot_id, reader).provided(window)
