"""Methods and limits: how it works, for everyone and for statisticians, with the numbers of what is shown; the words."""

import streamlit as st

from disclosure.audit import What
from pages.components.choosing import Chosen, draw_audience, draw_snapshot, standard_question
from pages.components.frame import show_unknown_choices
from pages.components.methods_plain import show_in_plain_words
from pages.components.methods_statistics import show_for_statisticians
from pages.components.methods_words import TERMS
from pages.components.reading import show_terms
from pages.components.recording import record_seen
from pages.components.screen import screen
from pages.components.url_state import UrlChoices
from pages.session import answer_to

_TABS = {"plain": "In plain words", "statistics": "For statisticians", "words": "Words"}


@screen("methods")
def show(chosen: Chosen, choices: UrlChoices) -> None:
    """Draw the screen."""
    question = standard_question(chosen.view)
    tab = choices.one("method", list(_TABS), default="plain")
    record_seen(What.METHODS, snapshot_id=chosen.snapshot_id, audience=chosen.audience, question=question)
    title, controls = st.columns([5, 1.3], vertical_alignment="bottom")
    with controls:
        draw_audience()
        draw_snapshot()
    with title:
        st.title("Methods and limits", anchor=False)
        st.segmented_control(
            "Show",
            list(_TABS),
            key="method",
            format_func=_TABS.__getitem__,
            required=True,
            label_visibility="collapsed",
        )
    show_unknown_choices(choices)
    choices.write()
    if tab == "words":
        show_terms(TERMS)
        return
    released = answer_to(chosen.snapshot_id, chosen.reader, question)
    draw = show_in_plain_words if tab == "plain" else show_for_statisticians
    draw(released, view=chosen.view)


show()
