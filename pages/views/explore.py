"""Explore: any measure, window, threshold and denominator; one ward in full, several beside each other, in linked views."""

from html import escape

import streamlit as st

from disclosure.audit import What
from disclosure.changes import CHANGE_KEY
from disclosure.few_counts import with_change_explained
from disclosure.gate import Released
from disclosure.layers import Layer
from disclosure.permitted import Window
from pages.components.also_shown import draw_also, find_groups, settle_also
from pages.components.below_map import settle_below, show_below
from pages.components.choosing import (
    MEASURE_CONTROL,
    Chosen,
    draw_measure,
    draw_question,
    settle_measure,
    settle_question,
)
from pages.components.flagged_list import show_flagged
from pages.components.frame import show_on_paper, show_unknown_choices, show_what_is_missing
from pages.components.groups import settle_groups, show_groups
from pages.components.guard import fragment
from pages.components.headline import flags_in_words, show_shown_before
from pages.components.map_block import boundary_source, show_map
from pages.components.provided_marks import flagged_without, show_in_short
from pages.components.recording import record_seen
from pages.components.screen import say_faults, screen
from pages.components.selection import (
    Selection,
    is_adding,
    record_selected,
    select,
    settle_selection,
    with_toggled,
)
from pages.components.selection_row import draw_selection_row
from pages.components.steps import note_step
from pages.components.url_state import UrlChoices, go_to
from pages.components.ward_briefing import show_ward_briefing
from pages.components.ward_panel import draw_ward_choice, show_ward
from pages.components.what_data_can_tell import show_what_data_can_tell
from pages.session import CHANGES, answer_to, changes_of, familiar_of, trend_of

MAP_HEIGHT = 640


@screen("explore")
def show(chosen: Chosen, choices: UrlChoices) -> None:
    """Draw the screen."""
    view = chosen.view
    question = settle_question(choices, view)
    settle_measure(choices, view)
    settle_also(choices, view)
    settle_groups(choices, view)
    ward = choices.perhaps_one("ward", list(view.wards["ward_code"]))
    selection = settle_selection(choices, view)
    settle_below(choices, chosen, question)
    note_step(choices)
    record_seen(
        What.EXPLORE,
        snapshot_id=chosen.snapshot_id,
        audience=chosen.audience,
        question=question,
        detail={"ward": ward} if ward else {},
    )
    st.title(f"Explore {Window(question.last_quarter, question.quarters).in_words()}", anchor=False)
    draw_question(view, question)
    show_unknown_choices(choices)
    released = answer_to(chosen.snapshot_id, chosen.reader, question)
    show_on_paper(released, snapshot_id=chosen.snapshot_id)
    show_what_is_missing(released)
    show_shown_before(released, view=view)
    record_selected(selection, released, snapshot_id=chosen.snapshot_id)
    drawing, panel = st.columns([1.55, 1], gap="medium")
    with drawing:
        _draw_map(released, chosen=chosen, choices=choices, ward=ward, selection=selection)
        draw_selection_row(selection, released, without=flagged_without(released, chosen=chosen))
    with panel:
        listed = _draw_panel(released, chosen=chosen, ward=ward)
    show_below(released, chosen=chosen, choices=choices, selection=selection, ward=ward)
    if view.choices.exact:
        show_what_data_can_tell(released, snapshot_id=chosen.snapshot_id)
    show_groups(question, chosen=chosen, choices=choices)
    _go_to(listed, now=ward)


@fragment
def _draw_map(
    released: Released, *, chosen: Chosen, choices: UrlChoices, ward: str | None, selection: Selection
) -> None:
    """Draw the choice of measure and the map: a fragment, so that another measure sends the map's colours and nothing else."""
    why_not = chosen.view.why_no_changes(released.question)
    measure = draw_measure(chosen.view, change=why_not is None)
    choices.keep("measure", measure)
    working = draw_also(choices, chosen.view)
    choices.write()
    note_step(choices)
    with say_faults("explore"):
        if measure == CHANGE_KEY and why_not is not None:
            st.info(f"{why_not} Until then the map shows the overlap.")
            measure = "overlap"
        clicked = show_map(
            _layer(released, chosen=chosen, measure=measure, ward=ward),
            snapshot_id=chosen.snapshot_id,
            reader=chosen.reader,
            selected=ward,
            key="explore",
            source=boundary_source(chosen.view),
            height=MAP_HEIGHT,
            chosen=selection,
            adding=is_adding(),
            groups=find_groups(released.question, chosen=chosen, place=working),
            next_layers=list(released.layers.values()),
            control=MEASURE_CONTROL,
        )
        if clicked and is_adding():
            select(with_toggled(selection, clicked))
            st.rerun()
        _go_to(clicked, now=ward)


def _layer(released: Released, *, chosen: Chosen, measure: str, ward: str | None) -> Layer:
    """Give what the map is to show; the change and the familiar statistics are computed when they are asked for."""
    if measure in released.layers:
        return released.layers[measure]
    if measure == CHANGE_KEY:
        return _change(released, chosen=chosen, ward=ward)
    return familiar_of(chosen.snapshot_id, chosen.reader, released.question)[measure]


def _change(released: Released, *, chosen: Chosen, ward: str | None) -> Layer:
    which = (chosen.snapshot_id, chosen.reader, released.question)
    record_seen(What.CHANGES, snapshot_id=which[0], audience=chosen.audience, question=which[2])
    known = CHANGES.known(*which)
    layer = with_change_explained(changes_of(*which).layer, released)
    if ward and known is None:
        st.rerun()  # the panel beside the map has more to say of its ward now
    return layer


def _draw_panel(released: Released, *, chosen: Chosen, ward: str | None) -> str | None:
    draw_ward_choice(released)
    if ward is None:
        return _invite(released)
    trend = trend_of(chosen.snapshot_id, chosen.reader, released.question)
    show_ward(released, trend, ward_code=ward, snapshot_id=chosen.snapshot_id)
    show_in_short(released, chosen=chosen, ward=ward)
    show_ward_briefing(chosen, ward=ward)
    return None


def _invite(released: Released) -> str | None:
    st.html(
        '<p class="wo-quiet">Choose a ward on the map, in the table, by name or below to see both rates over time, its class and '
        "how sure that is.</p>"
        f"<p>{escape(flags_in_words(released))}</p>"
    )
    return show_flagged(released)


def _go_to(ward: str | None, *, now: str | None) -> None:
    if ward and ward != now:
        go_to("ward", ward)
        st.rerun()


show()
