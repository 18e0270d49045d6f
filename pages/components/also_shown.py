"""*Also show* on Explore: borders of groups over the map's classes, each worked out when it is first chosen.

What *Groups* at the foot has worked out already is taken from there, and the other way round.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from disclosure.audit import What
from disclosure.permitted import Question
from disclosure.views import SnapshotView
from pages.components.choosing import Chosen
from pages.components.map_groups import Group, places_of, rings_of
from pages.components.plain_text import plain_text
from pages.components.provided_marks import provided_group
from pages.components.recording import record_seen
from pages.components.url_state import UrlChoices
from pages.session import areas_of, incident_areas_of, outlines_of

KINDS = {
    "districts": "Districts",
    "areas": "Areas of wards",
    "places": "Incidents close together",
    "provision": "What is provided",
}
_ALSO = "also"


def settle_also(choices: UrlChoices, view: SnapshotView) -> None:
    """Settle what is shown besides the classes, before anything of the screen is drawn."""
    choices.many(_ALSO, _kinds(view))


def draw_also(choices: UrlChoices, view: SnapshotView) -> DeltaGenerator:
    """Draw the choice; give the place beside it, where `find_groups` says that it works."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html('<div class="wo-quiet" aria-hidden="true">Also show</div>', width="content")
        picked = st.pills(
            "Also show on the map",
            _kinds(view),
            key=_ALSO,
            selection_mode="multi",
            format_func=KINDS.__getitem__,
            label_visibility="collapsed",
            width="content",
        )
        place = st.container(
            width="content"
        )  # there in every run: a map that changes its place in the page is built anew
    choices.keep(_ALSO, picked)
    return place


def find_groups(question: Question, *, chosen: Chosen, place: DeltaGenerator) -> list[Group]:
    """Work out what was chosen, in the order of the choice; where there is nothing of a kind to draw, `place` says why."""
    with place:
        groups = [_GROUPS[kind](question, chosen) for kind in KINDS if kind in st.session_state[_ALSO]]
        for group in groups:
            if not group.names:
                st.info(plain_text(" ".join(group.statements)))
    return [group for group in groups if group.names]


def _kinds(view: SnapshotView) -> list[str]:
    """Kinds that there are, and that the audience may have: where incidents lie follows from exact points."""
    there = {
        "districts": bool(view.wards["district"].notna().any()),
        "areas": True,
        "places": view.choices.exact,
        "provision": view.manifest.provision_as_at is not None,
    }
    return [kind for kind in KINDS if there[kind]]


def _districts(_: Question, chosen: Chosen) -> Group:
    names = sorted(chosen.view.wards["district"].dropna().unique())
    return Group("districts", "Districts, with their names", tuple(names))


def _areas(question: Question, chosen: Chosen) -> Group:
    record_seen(What.AREAS, snapshot_id=chosen.snapshot_id, audience=chosen.audience, question=question)
    areas = areas_of(chosen.snapshot_id, chosen.reader, question)
    if areas.table.empty:
        return Group("areas", KINDS["areas"], (), statements=areas.statements)
    drawn = outlines_of(chosen.snapshot_id, chosen.reader).ward_codes
    of = places_of(areas.ward_area, ward_codes=drawn, areas=areas.table["area_code"].tolist())
    what_they_are = areas.statements[:1]  # the others speak of counts and rates, which are not drawn here
    return Group("areas", KINDS["areas"], tuple(areas.table["area_name"]), of=of, statements=what_they_are)


def _places(question: Question, chosen: Chosen) -> Group:
    record_seen(What.INCIDENT_AREAS, snapshot_id=chosen.snapshot_id, audience=chosen.audience, question=question)
    places = incident_areas_of(chosen.snapshot_id, chosen.reader, question)
    rings = rings_of(places.table.geometry) if len(places.table) else ()
    title = "Where recorded incidents lie close together"
    return Group("places", title, tuple(places.table["area_name"]), rings=rings, statements=places.statements)


_GROUPS: dict[str, Callable[[Question, Chosen], Group]] = {
    "districts": _districts,
    "areas": _areas,
    "places": _places,
    "provision": provided_group,
}
