"""The screen before there is any data."""

import streamlit as st

from disclosure.marking import make_marking
from pages.components.frame import show_frame
from pages.components.plain_text import plain_text
from pages.components.state import state
from pages.session import present_person, settings_in_use


def show_no_snapshot() -> None:
    """Say that nothing has been loaded for this partnership, and how to load it."""
    settings = settings_in_use()
    show_frame(make_marking(handling=settings.disclosure.handling, invented=()))
    st.title(plain_text(settings.partnership.name), anchor=False)
    with state("No data yet"):
        if present_person().may_load:
            st.info("No data have been loaded yet. Load a first set here, or with the command below.")
            st.page_link("views/data.py", label="Load files", icon=":material/database:")
        else:
            st.info(
                "No data have been loaded yet. An analyst of all districts can load a first set, or an operator with this "
                "command."
            )
    st.code(
        "python cli.py ingest --settings SETTINGS.toml --wards WARDS --population POPULATION \\\n"
        "    --referrals REFERRALS --incidents INCIDENTS",
        language=None,
        wrap_lines=True,
    )
    st.page_link("views/overview.py", label="Look again", icon=":material/refresh:")
