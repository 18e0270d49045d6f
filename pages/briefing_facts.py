"""What everyone on this server shares for briefings: facts released to councillors, their maps, the register.

It keeps what `pages/session.py` keeps for the other screens, in the same ways.
"""

import streamlit as st

from briefing.area_facts import AreaFacts, gather_area
from briefing.figure import Figure
from briefing.follow_up import briefed, follow_up
from briefing.map_figure import map_figure
from briefing.map_ground import MapGround, map_ground
from briefing.register import BriefingRegister, open_briefings
from disclosure.audiences import Audience, Reader
from disclosure.audit import What
from disclosure.permitted import Question
from disclosure.views import SnapshotView
from pages.components.choosing import standard_question
from pages.components.on_request import shown_while_made
from pages.session import OnRequest, Progress, settings_in_use, view_of

Districts = tuple[str, ...] | None
"""Districts of which a person may see wards; all of them if `None`."""
_STEPS = 3


def _gather(view: SnapshotView, question: Question, progress: Progress) -> AreaFacts:
    begun = iter(range(_STEPS))
    return gather_area(view, question=question, progress=lambda _: progress(next(begun, _STEPS), _STEPS))


AREA: OnRequest[AreaFacts] = OnRequest(What.BRIEFING, work=_gather)
"""All that an audience may be told of the wards of some districts, for papers."""


def gathered(snapshot_id: str, reader: Reader, *, doing: str) -> AreaFacts:
    """What a reader may be told of a snapshot, made under a progress bar that says what it is doing if it is not known yet."""
    which = snapshot_id, reader, standard_question(view_of(snapshot_id, reader))
    return AREA.known(*which) or shown_while_made(doing, lambda tell: AREA.make(*which, progress=tell))


def register() -> BriefingRegister:
    """The register of briefings of this partnership."""
    return open_briefings(settings_in_use())


def area_facts_of(
    snapshot_id: str,
    districts: Districts,
    *,
    audience: Audience = Audience.COUNCILLOR,
    progress: Progress = lambda *_: None,
) -> AreaFacts:
    """What councillors, or another audience, may be told of the wards of a snapshot: takes some seconds when first asked for."""
    which = _asked(snapshot_id, districts, audience=audience)
    return AREA.known(*which) or AREA.make(*which, progress=progress)


def is_known(snapshot_id: str, districts: Districts) -> bool:
    """Whether `area_facts_of` has its answer ready."""
    return AREA.known(*_asked(snapshot_id, districts)) is not None


@st.cache_resource(show_spinner=False, max_entries=12)
def ground_of(snapshot_id: str, districts: Districts) -> MapGround:
    """What the maps of all its wards have in common."""
    return map_ground(area_facts_of(snapshot_id, districts))


@st.cache_resource(show_spinner=False, max_entries=100)
def map_of(snapshot_id: str, districts: Districts, ward: str) -> Figure:
    """The map of one ward among its neighbours, as it stands in its briefing."""
    return map_figure(ground_of(snapshot_id, districts), ward)


def last_briefed(ward: str, *, snapshot_id: str, districts: Districts) -> str:
    """Say when a ward was last briefed, and how it stands since where that is known without waiting; empty if it never was."""
    record = register().last_issued(ward)
    if record is None:
        return ""
    if not is_known(snapshot_id, districts):
        return f"{briefed(record)}."
    return follow_up(record, area_facts_of(snapshot_id, districts))


def _asked(
    snapshot_id: str, districts: Districts, *, audience: Audience = Audience.COUNCILLOR
) -> tuple[str, Reader, Question]:
    reader = Reader(audience, districts)
    return snapshot_id, reader, standard_question(view_of(snapshot_id, reader))
