"""Audit, for administrators: who did what, and whether the record of it is whole."""

import streamlit as st

from disclosure.marking import Marking, make_marking
from pages.components.audit_entries import choose_entries, show_entries
from pages.components.audit_state import show_state
from pages.components.frame import show_frame
from pages.components.guard import enter
from pages.components.screen import say_faults
from pages.session import is_demonstration, settings_in_use


def show() -> None:
    """Draw the screen."""
    with say_faults("audit"):
        enter("audit")
        marking = _marking()
        show_frame(marking)
        st.title("Audit", anchor=False)
        show_state()
        wanted, page = choose_entries()
        show_entries(wanted, page=page, marking=marking)


def _marking() -> Marking:
    invented = ("wards",) if is_demonstration() else ()
    settings = settings_in_use()
    return make_marking(handling=settings.disclosure.handling, invented=invented, partnership=settings.partnership.name)


show()
