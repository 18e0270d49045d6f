"""All caching, and what is shared by everyone on this server: settings, the store, views, answers, published outlines.

Cached functions take identifiers and settings, never frames. Geometry, views and answers are cached as resources: one copy, never
changed.
"""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar, cast

import geopandas as gpd
import pandas as pd
import streamlit as st

from data.demo.files import demo_settings
from data.settings import Settings, load_settings
from data.snapshots import SnapshotStore
from disclosure.audiences import Audience, Reader
from disclosure.audit import AuditTrail, What, open_audit
from disclosure.changes import ReleasedChanges
from disclosure.data_power import ReleasedChance, ReleasedPower
from disclosure.gate import Released
from disclosure.incident_areas import ReleasedIncidentAreas
from disclosure.layers import Layer
from disclosure.layers import layer_titles as layer_titles
from disclosure.people import Person
from disclosure.permitted import Question
from disclosure.stability import WardCheck
from disclosure.views import SnapshotView, open_view
from disclosure.ward_areas import ReleasedAreas
from disclosure.window_series import WindowSeries, answers_over_time
from geo.district_borders import district_borders
from geo.outlines import outlines_geojson
from ingest.demonstration import ensure_demonstration
from ingest.places import SETTINGS_VARIABLE as SETTINGS_VARIABLE
from ingest.places import snapshot_folder
from pages.components.ward_map import MapOutlines, publish_outlines
from pages.presence import person_now

_ANSWERS_KEPT = 300
"""Answers of all kinds that are kept, the newest."""
_KEEPING = Lock()

Progress = Callable[[int, int], None]
"""Called with how many steps are done, and of how many."""
Found = TypeVar("Found")


@st.cache_resource(show_spinner=False)
def settings_in_use() -> Settings:
    """Settings of the partnership that this server is for."""
    named = os.environ.get(SETTINGS_VARIABLE)
    return load_settings(Path(named)) if named else demo_settings()


def is_demonstration() -> bool:
    """Whether this server shows the demonstration area."""
    return not os.environ.get(SETTINGS_VARIABLE)


def store() -> SnapshotStore:
    """The partnership's snapshots."""
    return SnapshotStore(snapshot_folder(settings_in_use()))


def audit() -> AuditTrail:
    """The trail of what people do here; the demonstration area has one of its own."""
    return open_audit(settings_in_use())


@st.cache_resource(show_spinner="Building the demonstration area: this happens once")
def demonstration_ready() -> str:
    """Make sure that the demonstration area has been ingested; give its snapshot's id."""
    return ensure_demonstration(store())


def snapshot_ids() -> list[str]:
    """Snapshots that can be shown, newest first."""
    if is_demonstration():
        return [demonstration_ready()]
    return [manifest.id for manifest in store().manifests()]


def present_person() -> Person:
    """Who is here now: nobody who may have anything, unless they have signed in or there is no sign-in."""
    return person_now(settings_in_use())


def audiences() -> list[Audience]:
    """Audiences whose view this person may take."""
    return list(present_person().audiences)


def reader_as(audience: Audience) -> Reader:
    """This person as one of their audiences, with the districts that go with it."""
    districts = present_person().districts_for(audience)
    return Reader(audience, None if districts is None else tuple(sorted(districts)))


@st.cache_resource(show_spinner="Opening the snapshot", max_entries=12)
def view_of(snapshot_id: str, reader: Reader) -> SnapshotView:
    """One snapshot as one reader may have it."""
    settings = settings_in_use()
    return open_view(store(), snapshot_id, settings=settings, audience=reader.audience, districts=reader.districts)


@st.cache_resource(show_spinner="Fitting the overlap model", max_entries=200)
def answer_to(snapshot_id: str, reader: Reader, question: Question) -> Released:
    """The released answer to a question."""
    return view_of(snapshot_id, reader).answer(question)


@st.cache_resource(show_spinner="Testing the familiar statistics", max_entries=100)
def familiar_of(snapshot_id: str, reader: Reader, question: Question) -> dict[str, Layer]:
    """The familiar statistics of an answer as layers: computed when the first of them is asked for."""
    return view_of(snapshot_id, reader).familiar(answer_to(snapshot_id, reader, question))


class OnRequest(Generic[Found]):
    """A kind of answer that takes long: made when someone asks for it, with progress, then known to everyone on this server.

    Kept by hand: Streamlit's own cache would play the progress bar again with every answer. Work that is broken off keeps
    nothing, so that it can be asked for again. Of two who ask at once (a page that was reloaded goes on in the background)
    both get the answer of whoever is first.
    """

    def __init__(self, what: What, *, work: Callable[[SnapshotView, Question, Progress], Found]) -> None:
        """Name it as the audit trail does, and say how it is made."""
        self.what, self._work = what, work

    def known(self, snapshot_id: str, reader: Reader, question: Question) -> Found | None:
        """Give the answer if someone has asked for it before."""
        return cast("Found | None", _kept().get((self.what, snapshot_id, reader, question)))

    def make(self, snapshot_id: str, reader: Reader, question: Question, *, progress: Progress) -> Found:
        """Make the answer, and keep it."""

        def tell(done: int, of: int) -> None:
            made = self.known(snapshot_id, reader, question)
            if made is not None:
                raise _MadeMeanwhileError(made)
            progress(done, of)

        try:
            found = self._work(view_of(snapshot_id, reader), question, tell)
        except _MadeMeanwhileError as meanwhile:
            return cast("Found", meanwhile.answer)
        kept = _kept()
        with _KEEPING:
            while len(kept) >= _ANSWERS_KEPT:
                del kept[next(iter(kept))]
            return cast("Found", kept.setdefault((self.what, snapshot_id, reader, question), found))

    def learn(self, snapshot_id: str, reader: Reader, question: Question, found: Found) -> None:
        """Keep an answer that came with other work, so that nobody asks for it again."""
        with _KEEPING:
            _kept().setdefault((self.what, snapshot_id, reader, question), found)


class _MadeMeanwhileError(Exception):
    """Breaks off work whose answer someone else has made."""

    def __init__(self, answer: object) -> None:
        self.answer = answer


@st.cache_resource(show_spinner=False)
def _kept() -> dict[tuple[str, str, Reader, Question], Any]:
    return {}


CHECKS: OnRequest[dict[str, WardCheck]] = OnRequest(
    What.CHECKS, work=lambda view, question, progress: view.stability(question, progress=progress)
)
"""Whether each flagged ward of a question stands when it is asked in other ways, by ward code."""

CHANGES: OnRequest[ReleasedChanges] = OnRequest(
    What.CHANGES, work=lambda view, question, progress: view.changes(question, progress=progress)
)
"""What changed in every ward since the window before."""


def changes_of(snapshot_id: str, reader: Reader, question: Question) -> ReleasedChanges:
    """What changed since the window before: computed when it is first asked for."""
    found = CHANGES.known(snapshot_id, reader, question)
    if found is not None:
        return found
    with st.spinner("Comparing with the window before"):
        return CHANGES.make(snapshot_id, reader, question, progress=lambda *_: None)


SERIES: OnRequest[WindowSeries] = OnRequest(
    What.WINDOWS, work=lambda view, question, progress: answers_over_time(view, question, progress=progress)
)
"""A question in every window that may be had; kept under its newest one."""

POWER: OnRequest[ReleasedPower] = OnRequest(
    What.POWER, work=lambda view, question, progress: view.power(question, progress=progress)
)
"""What this much data can find."""

CHANCE: OnRequest[ReleasedChance] = OnRequest(
    What.CHANCE, work=lambda view, question, progress: view.chance(question, progress=progress)
)
"""How many wards chance alone would flag."""


@st.cache_resource(show_spinner=False, max_entries=100)
def trend_of(snapshot_id: str, reader: Reader, question: Question) -> pd.DataFrame:
    """The released trend of every ward; never changed by those who get it."""
    return view_of(snapshot_id, reader).trend(question)


@st.cache_resource(show_spinner="Preparing the map", max_entries=12)
def outlines_of(snapshot_id: str, reader: Reader) -> MapOutlines:
    """The outlines of the wards that a reader may see, published for the browser."""
    outlines = view_of(snapshot_id, reader).outlines()
    borders = district_borders(outlines)
    return publish_outlines(outlines_geojson(outlines), list(outlines["ward_code"]), district_lines=borders)


@st.cache_resource(show_spinner="Putting wards together", max_entries=50)
def areas_of(snapshot_id: str, reader: Reader, question: Question) -> ReleasedAreas:
    """Wards put together into areas: computed when they are first asked for."""
    return view_of(snapshot_id, reader).areas(question)


@st.cache_resource(show_spinner="Looking for places where incidents lie close together", max_entries=50)
def incident_areas_of(snapshot_id: str, reader: Reader, question: Question) -> ReleasedIncidentAreas:
    """Areas where recorded incidents lie close together: computed when they are first asked for."""
    return view_of(snapshot_id, reader).incident_areas(question)


@st.cache_resource(show_spinner=False, max_entries=12)
def drawn_wards(snapshot_id: str, reader: Reader) -> gpd.GeoDataFrame:
    """Simplified outlines of the wards in map order, EPSG:4326; never changed by those who get them."""
    return view_of(snapshot_id, reader).outlines()
