"""Overview: what the data says now."""

import streamlit as st

from disclosure.audit import What
from pages.components.accounts import show_accounts
from pages.components.changes_since import show_changes_since
from pages.components.choosing import Chosen, draw_audience, draw_snapshot, standard_question
from pages.components.flagged_list import show_flagged
from pages.components.frame import show_unknown_choices
from pages.components.headline import show_figures, show_headline, show_provenance, show_shown_before
from pages.components.map_block import boundary_source, show_map
from pages.components.provided_marks import show_gap, show_gap_on_explore
from pages.components.recording import record_seen
from pages.components.screen import screen
from pages.components.url_state import UrlChoices, go_to
from pages.session import answer_to

MAP_HEIGHT = 600
_FEW = 6  # flagged wards leave room beside the map for what changed. No docstring: Streamlit would show it


@screen("overview")
def show(chosen: Chosen, choices: UrlChoices) -> None:
    """Draw the screen."""
    view = chosen.view
    question = standard_question(view)
    record_seen(What.OVERVIEW, snapshot_id=chosen.snapshot_id, audience=chosen.audience, question=question)
    released = answer_to(chosen.snapshot_id, chosen.reader, question)
    title, controls = st.columns([5, 1.3], vertical_alignment="bottom")
    with controls:
        draw_audience()
        draw_snapshot()
    with title:
        show_headline(released, view=view)
    show_unknown_choices(choices)
    show_shown_before(released, view=view)
    show_figures(released, view=view)
    drawing, wards = st.columns([1.75, 1], gap="medium")
    with drawing:
        clicked = show_map(
            released.layers["overlap"],
            snapshot_id=chosen.snapshot_id,
            reader=chosen.reader,
            selected=None,
            key="overview",
            source=boundary_source(view),
            height=MAP_HEIGHT,
        )
    with wards:
        st.subheader("Flagged, the surest first", anchor=False)
        listed = show_flagged(released)
        asked_where = show_gap(released, chosen=chosen)
    few = len(released.flagged) <= _FEW
    with wards if few else drawing:
        st.subheader("What changed", anchor=False)
        changed = st.container()
    with drawing if few else wards:
        st.subheader("What went into this", anchor=False)
        show_accounts(view.reports)
    st.subheader("How to read this", anchor=False)
    show_provenance(released, view=view)
    choices.write()
    if asked_where:
        show_gap_on_explore(released, chosen=chosen)
    if clicked or listed:
        go_to("ward", clicked or listed)
        st.switch_page("views/explore.py")
    with changed:  # takes a fit: after everything else
        show_changes_since(released, snapshot_id=chosen.snapshot_id)


show()
