"""Beginning a draft, and going to the tab that shows one."""

import streamlit as st

from briefing.follow_up import basis_of
from briefing.officers_words import OfficersWords
from pages.components.briefing_desk import Desk
from pages.components.url_state import go_to

_LONGEST_AUTHOR = 80


def begin_draft(desk: Desk, ward: str, *, in_place_of: int | None = None) -> None:
    """Begin a draft in the name of the person at the desk, and go to it.

    Raises
    ------
    UsageError
        If the ward has one already, or there is no such ward.
    """
    words = OfficersWords(author=desk.person.name[:_LONGEST_AUTHOR]).with_defaults(desk.rules)
    desk.register.draft(basis_of(desk.area, ward), words=words, by=desk.person, in_place_of=in_place_of)
    _choose(ward)


def go_to_draft(ward: str) -> None:
    """Show the draft of a ward."""
    _choose(ward)
    st.rerun()


def _choose(ward: str) -> None:
    go_to("show", "draft")
    go_to("ward", ward)
