"""Ward: everything released about one ward, in plain words: how it stands, how sure that is, what changed, what is done."""

import streamlit as st

from briefing.ward_answers import answers
from briefing.ward_facts import ward_facts
from disclosure.audit import What
from disclosure.gate import Released
from pages.components.briefing_desk import sit_down
from pages.components.choosing import Chosen, draw_audience, draw_snapshot, standard_question
from pages.components.flagged_list import show_flagged
from pages.components.frame import show_on_paper, show_unknown_choices
from pages.components.headline import show_shown_before
from pages.components.map_block import boundary_source, show_map
from pages.components.plain_text import plain_text
from pages.components.recording import record_seen
from pages.components.screen import screen
from pages.components.state import state
from pages.components.url_state import UrlChoices, go_to
from pages.components.ward_answers import show_answers, show_neighbours
from pages.components.ward_panel import draw_ward_choice, show_ward
from pages.components.ward_provided import show_provided
from pages.components.ward_record import show_record_of
from pages.components.ward_without import show_without_sectors
from pages.session import answer_to, trend_of
from pages.ward_facts import area_facts_for

MAP_HEIGHT = 420


@screen("ward")
def show(chosen: Chosen, choices: UrlChoices) -> None:
    """Draw the screen."""
    question = standard_question(chosen.view)
    ward = choices.perhaps_one("ward", list(chosen.view.wards["ward_code"]))
    detail = {"ward": ward} if ward else {}
    record_seen(What.WARD, snapshot_id=chosen.snapshot_id, audience=chosen.audience, question=question, detail=detail)
    released = answer_to(chosen.snapshot_id, chosen.reader, question)
    names, controls = st.columns([5, 1.3], vertical_alignment="bottom")
    with controls:
        draw_audience()
        draw_snapshot()
    with names:
        st.title(plain_text(_title(released, ward)), anchor=False)
        draw_ward_choice(released)
    show_unknown_choices(choices)
    show_on_paper(released, snapshot_id=chosen.snapshot_id)
    show_shown_before(released, view=chosen.view)
    choices.write()
    if ward is None:
        _invite(released, chosen=chosen)
    else:
        _show_ward(released, chosen=chosen, ward=ward)


def _title(released: Released, ward: str | None) -> str:
    """Name the ward that is looked at."""
    if ward is None:
        return "Ward"
    return str(released.wards.set_index("ward_code").loc[ward, "ward_name"])


def _invite(released: Released, *, chosen: Chosen) -> None:
    with state("No ward is chosen"):
        st.info("Type the name of a ward above, click it on the map, or choose a flagged one.")
    drawing, wards = st.columns([1.75, 1], gap="medium")
    with drawing:
        clicked = _draw_map(released, chosen=chosen, ward=None)
    with wards:
        st.subheader("Flagged, the surest first", anchor=False)
        listed = show_flagged(released)
    _go_to(clicked or listed, now=None)


def _show_ward(released: Released, *, chosen: Chosen, ward: str) -> None:
    area = area_facts_for(chosen)
    facts = ward_facts(area, ward)
    words, figures = st.columns([1.25, 1], gap="large")
    with words:
        show_answers(answers(area, facts))
        if facts.flagged or facts.probably_high:
            show_without_sectors(released, view=chosen.view, ward_code=ward)
        show_provided(area.provision, ward)
        show_record_of(sit_down(chosen), chosen=chosen, ward=ward)
    with figures:
        clicked = _draw_map(released, chosen=chosen, ward=ward)
        trend = trend_of(chosen.snapshot_id, chosen.reader, released.question)
        show_ward(released, trend, ward_code=ward, snapshot_id=chosen.snapshot_id)
        rows = area.rows[-1]
        around = [rows[code] for code in area.neighbours.get(ward, ()) if code in rows]
        show_neighbours([(str(one["ward_name"]), str(one["class"]), str(one["certainty"])) for one in around])
    _go_to(clicked, now=ward)


def _draw_map(released: Released, *, chosen: Chosen, ward: str | None) -> str | None:
    return show_map(
        released.layers["overlap"],
        snapshot_id=chosen.snapshot_id,
        reader=chosen.reader,
        selected=ward,
        key="ward_map",
        source=boundary_source(chosen.view),
        height=MAP_HEIGHT,
    )


def _go_to(ward: str | None, *, now: str | None) -> None:
    if ward and ward != now:
        go_to("ward", ward)
        st.rerun()


show()
