"""Groups at the foot of Explore: wards put together into areas, and places where incidents lie close together.

Nothing is computed until a kind of group is chosen.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from disclosure.audit import What
from disclosure.permitted import Question
from disclosure.views import SnapshotView
from pages.components.charts import MEASURE_NAMES
from pages.components.choosing import Chosen
from pages.components.guard import fragment
from pages.components.incident_groups import show_incident_areas
from pages.components.recording import record_seen
from pages.components.screen import say_faults
from pages.components.url_state import UrlChoices
from pages.components.ward_groups import show_ward_areas
from pages.session import areas_of, drawn_wards, incident_areas_of

KINDS = {"wards": "Areas of wards", "incidents": "Where incidents lie close together"}
_KIND, _COLOUR, _DISTRICT = "groups", "groups_of", "groups_in"
_TOGETHER = "Neighbouring wards put together until there is something to show"
_INVITATIONS = {
    True: f"{_TOGETHER}, or places where many recorded incidents lie close together. Neither is a finding: for that there is "
    "the map above.",
    False: f"{_TOGETHER}. They are no finding: for that there is the map above.",
}
"""By whether the audience may have exact values."""


def settle_groups(choices: UrlChoices, view: SnapshotView) -> None:
    """Settle what the section shows, before anything of the screen is drawn."""
    choices.perhaps_one(_KIND, _kinds(view))
    choices.one(_COLOUR, list(MEASURE_NAMES), default="referrals")
    choices.perhaps_one(_DISTRICT, _districts(view))


@fragment
def show_groups(question: Question, *, chosen: Chosen, choices: UrlChoices) -> None:
    """Draw the section: the choice of a kind of group and, once one is chosen, its picture beside its table."""
    st.subheader("Groups", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        kind = st.segmented_control("Kind", _kinds(chosen.view), key=_KIND, format_func=KINDS.__getitem__)
        second = st.container(width="content")
    choices.keep(_KIND, kind)
    with say_faults("explore"):
        if kind == "wards":
            _show_wards(question, chosen=chosen, choices=choices, beside=second)
        elif kind == "incidents":
            _show_incidents(question, chosen=chosen, choices=choices, beside=second)
        else:
            st.html(f'<div class="wo-quiet">{_INVITATIONS[chosen.view.choices.exact]}</div>')
    choices.write()


def _show_wards(question: Question, *, chosen: Chosen, choices: UrlChoices, beside: DeltaGenerator) -> None:
    record_seen(What.AREAS, snapshot_id=chosen.snapshot_id, audience=chosen.audience, question=question)
    areas = areas_of(chosen.snapshot_id, chosen.reader, question)
    if not areas.table.empty:
        beside.segmented_control(
            "Coloured by", list(MEASURE_NAMES), key=_COLOUR, format_func=MEASURE_NAMES.__getitem__, required=True
        )
        choices.keep(_COLOUR, st.session_state[_COLOUR])
    show_ward_areas(areas, measure=str(st.session_state[_COLOUR]), wards=drawn_wards(chosen.snapshot_id, chosen.reader))


def _show_incidents(question: Question, *, chosen: Chosen, choices: UrlChoices, beside: DeltaGenerator) -> None:
    record_seen(What.INCIDENT_AREAS, snapshot_id=chosen.snapshot_id, audience=chosen.audience, question=question)
    areas = incident_areas_of(chosen.snapshot_id, chosen.reader, question)
    district = None
    if not areas.table.empty:
        district = beside.selectbox(
            "District", _districts(chosen.view), key=_DISTRICT, index=None, placeholder="All districts", width=300
        )
        choices.keep(_DISTRICT, district)
    show_incident_areas(areas, district=district, wards=drawn_wards(chosen.snapshot_id, chosen.reader))


def _kinds(view: SnapshotView) -> list[str]:
    """Kinds that the audience may have: where incidents lie follows from exact points."""
    return list(KINDS) if view.choices.exact else ["wards"]


def _districts(view: SnapshotView) -> list[str]:
    return sorted(view.wards["district"].dropna().unique())
