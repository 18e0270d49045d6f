"""Overview: what the data says now."""

import streamlit as st

from pages.components.accounts import show_accounts
from pages.components.choosing import draw_audience, draw_snapshot, settle_view, standard_question
from pages.components.empty import show_no_snapshot
from pages.components.flagged_list import show_flagged
from pages.components.frame import show_frame, show_unknown_choices
from pages.components.headline import show_figures, show_headline, show_provenance
from pages.components.map_block import boundary_source, show_map
from pages.components.url_state import UrlChoices, go_to
from pages.session import answer_to, guarded

MAP_HEIGHT = 600


@guarded
def show() -> None:
    """Draw the screen."""
    choices = UrlChoices("overview")
    chosen = settle_view(choices)
    if chosen is None:
        show_no_snapshot()
        return
    view = chosen.view
    show_frame(view.marking)
    released = answer_to(chosen.snapshot_id, chosen.audience, standard_question(view))
    title, controls = st.columns([5, 1.3], vertical_alignment="bottom")
    with controls:
        draw_audience()
        draw_snapshot()
    with title:
        show_headline(released, view=view)
    show_unknown_choices(choices)
    show_figures(released)
    drawing, wards = st.columns([1.75, 1], gap="medium")
    with drawing:
        clicked = show_map(
            released,
            snapshot_id=chosen.snapshot_id,
            measure="overlap",
            selected=None,
            key="overview",
            source=boundary_source(view.manifest),
            height=MAP_HEIGHT,
        )
        st.subheader("What went into this", anchor=False)
        show_accounts(view.reports)
    with wards:
        st.subheader("Flagged, the surest first", anchor=False)
        listed = show_flagged(released)
        st.subheader("How to read this", anchor=False)
        show_provenance(released, view=view)
    choices.write()
    if clicked or listed:
        go_to("ward", clicked or listed)
        st.switch_page("pages/views/explore.py")


show()
