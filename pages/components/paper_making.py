"""Making a paper on request, with a bar while it is made, and handing out its files: the bytes that the command line gives.

What was made is kept for this session, one of each kind, until something else is asked for or the day ends.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime

import streamlit as st

from briefing.area_facts import AreaFacts
from briefing.decisions import open_decisions
from briefing.papers.kinds import KINDS
from briefing.papers.making import Made, Order, Sources, audience_of, make_pack, wards_of
from data.errors import WardOverlapError
from disclosure.audiences import VIEWERS, Audience, Reader
from disclosure.audit import Action, AuditEntry
from disclosure.audit_details import ward_details
from disclosure.views import SnapshotView
from ingest.places import partnership_slug
from pages.briefing_facts import area_facts_of
from pages.components.briefing_desk import Desk
from pages.components.briefing_files import MIME, NAMES
from pages.components.handing_over import offer_file
from pages.components.on_request import shown_while_made
from pages.components.plain_text import plain_lines, plain_text
from pages.components.recording import make_entry
from pages.session import Progress, audit, reader_as, settings_in_use, view_of


@dataclass(frozen=True)
class _Kept:
    """What was made in this session."""

    order: Order
    reader: Reader
    snapshot_id: str
    made: Made
    at: datetime


def show_making(order: Order, *, desk: Desk, lacks: str, asks: str = "") -> None:
    """Draw the button, and make what is ordered when it was pressed; a refusal is a sentence under it.

    Parameters
    ----------
    lacks
        What must be given first; empty if nothing.
    asks
        The same, of a field that is just being filled in: the button stands, and says so when it is pressed.
    """
    title = KINDS[order.kind].title.lower()
    pressed = st.button(
        plain_text(f"Make the {title}"), key=f"make-{order.kind}", disabled=bool(lacks), help=lacks or None
    )
    if pressed and asks:
        st.error(plain_lines(asks))
    if not pressed or lacks or asks:
        return
    try:
        _make(order, desk=desk)
    except WardOverlapError as error:
        st.error(plain_lines(error))


def offer_made(order: Order, *, desk: Desk) -> None:
    """Offer the files of what was made, if it is what is ordered now."""
    kept = _known(order, desk=desk)
    if kept is None:
        return
    for sentence in kept.made.said:
        st.warning(plain_lines(sentence))
    with st.container(horizontal=True):
        for name, content in kept.made.files.items():
            with st.container(width="content"):
                _offer(kept, name, content)
    st.html(f"<div class='wo-quiet'>Made at {kept.at:%H:%M} UTC from snapshot {kept.snapshot_id}.</div>")


def _make(order: Order, *, desk: Desk) -> None:
    sources = _sources(order, desk=desk)
    doing = f"Making the {KINDS[order.kind].title.lower()}"

    def work(tell: Progress) -> Made:
        for detail in ward_details(wards_of(order, sources=sources)):
            audit().record(_entry(Action.MADE, order, desk=desk, detail=detail))
        return make_pack(order, sources=sources, progress=lambda _, done, of: tell(done, of))

    made = shown_while_made(doing, work)
    reader = _reader(order, audience_of(order), desk=desk)
    st.session_state[_key(order)] = _Kept(order, reader, desk.snapshot_id, made, datetime.now(UTC))


def _sources(order: Order, *, desk: Desk) -> Sources:
    def view(audience: Audience) -> SnapshotView:
        return view_of(desk.snapshot_id, _reader(order, audience, desk=desk))

    def area(audience: Audience) -> AreaFacts:
        reader = _reader(order, audience, desk=desk)
        return area_facts_of(desk.snapshot_id, reader.districts, audience=reader.audience)

    decisions = open_decisions(settings_in_use())
    return Sources(settings_in_use(), view=view, area=area, briefings=desk.register, decisions=decisions)


def _reader(order: Order, audience: Audience, *, desk: Desk) -> Reader:
    """Say as whom the facts are read: a view that the person chose with its own districts, any other with those of this desk."""
    if order.audience in VIEWERS and audience == order.audience:
        return reader_as(audience)
    return Reader(audience, desk.districts)


def _known(order: Order, *, desk: Desk) -> _Kept | None:
    """Give what was made, if it is what is ordered now, by the same person's rights."""
    kept: _Kept | None = st.session_state.get(_key(order))
    if kept is None or (kept.order, kept.snapshot_id) != (order, desk.snapshot_id):
        return None
    return kept if kept.reader == _reader(order, audience_of(order), desk=desk) else None


def _offer(kept: _Kept, name: str, content: bytes) -> None:
    kind = name.rpartition(".")[2]
    facts = KINDS[kept.order.kind]
    detail = {"format": kind, "documents": hashlib.sha256(content).hexdigest()}
    offer_file(
        NAMES[kind],
        key=f"paper_{kind}-{kept.order.kind}",
        file_name=f"{facts.file}-{partnership_slug(settings_in_use())}-{_day_of(kept.order)}.{kind}",
        make=lambda: content,
        entry=make_entry(
            Action.EXPORTED,
            facts.what,
            snapshot_id=kept.snapshot_id,
            audience=kept.reader.audience,
            detail=detail,
        ),
        mime=MIME[kind],
    )


def _day_of(order: Order) -> date:
    """Give the day that a file is named by: that of the meeting, or else the one it was made on."""
    return order.meeting or order.made_on


def _entry(action: Action, order: Order, *, desk: Desk, detail: dict[str, str]) -> AuditEntry:
    what, audience = KINDS[order.kind].what, audience_of(order)
    return make_entry(action, what, snapshot_id=desk.snapshot_id, audience=audience, detail=detail)


def _key(order: Order) -> str:
    return f"_paper-{order.kind}"
