"""A draft as the councillor will read it: the sentences, the map, the certainty; and its documents, marked as a draft."""

from collections.abc import Callable
from html import escape

import streamlit as st

from briefing.certainty_figure import certainty_figure
from briefing.content import Briefing, Issue, write_briefing
from briefing.documents import KINDS, make_documents
from briefing.follow_up import follow_up
from briefing.grading_figure import grading_figure
from briefing.officers_words import OfficersWords
from briefing.register_records import BriefingRecord
from data.errors import UsageError
from data.in_words import say_day
from disclosure.audiences import Audience
from disclosure.audit import Action, What
from pages.briefing_facts import ground_of, map_of
from pages.components.briefing_desk import Desk
from pages.components.briefing_files import MIME, NAMES
from pages.components.briefing_today import today
from pages.components.handing_over import offer_file
from pages.components.plain_text import plain_lines
from pages.components.recording import make_entry

_GRID = 260
"""Pixels: width of the grid of impact and likelihood."""


def show_preview(desk: Desk, record: BriefingRecord, *, words: OfficersWords, is_saved: bool) -> None:
    """Draw what the councillor will read, from the words as they stand in the form."""
    issue = _issue(desk, record, words=words)
    try:
        briefing = write_briefing(desk.area, record.basis.ward_code, words=words, issue=issue)
    except UsageError as error:
        st.error(plain_lines(error))
        return
    with st.container(horizontal=True):
        for kind in KINDS:
            _offer(desk, record, words=words, issue=issue, kind=kind, is_saved=is_saved)
    with st.container(border=True):
        _show(desk, briefing)


def _issue(desk: Desk, record: BriefingRecord, *, words: OfficersWords) -> Issue:
    approver = record.approver.name if record.approver and record.second_person_approved else ""
    return Issue(
        made_on=today(),
        version=record.version,
        author=words.author or record.author.name,
        checker=record.checker.name if record.checker else "",
        approver=approver,
        previous=follow_up(desk.register.last_issued(record.basis.ward_code), desk.area),
    )


def _offer(
    desk: Desk, record: BriefingRecord, *, words: OfficersWords, issue: Issue, kind: str, is_saved: bool
) -> None:
    detail = {
        "briefing": str(record.id),
        "version": str(record.version),
        "ward": record.basis.ward_code,
        "format": kind,
    }
    reason = {} if is_saved else {"reason": "with changes that are not saved"}
    offer_file(
        f"Draft as {NAMES[kind]}",
        key=f"draft_{kind}-{record.id}",
        file_name=f"briefing-draft-{record.id}.{kind}",
        make=_maker(desk, record.basis.ward_code, words=words, issue=issue, kind=kind),
        entry=make_entry(
            Action.EXPORTED,
            What.BRIEFING,
            snapshot_id=desk.snapshot_id,
            audience=Audience.COUNCILLOR,
            detail={**detail, **reason},
        ),
        mime=MIME[kind],
    )


def _maker(desk: Desk, ward: str, *, words: OfficersWords, issue: Issue, kind: str) -> Callable[[], bytes]:
    def make() -> bytes:
        ground, template = ground_of(desk.snapshot_id, desk.districts), desk.rules.word_template
        return make_documents(desk.area, ward, ground=ground, words=words, issue=issue, word_template=template)[kind]

    return make


def _show(desk: Desk, briefing: Briefing) -> None:
    facts = briefing.facts
    drawn, sure = map_of(desk.snapshot_id, desk.districts, facts.code), certainty_figure(facts.certainty_level)
    st.html(_head(briefing))
    st.html(_bottom_line(briefing))
    st.image(sure.png, alt=sure.alt, width="stretch")
    st.html("".join(f"<div>{escape(text)}</div>" for text in (*briefing.change, briefing.trend_text)))
    st.image(drawn.png, alt=drawn.alt, width="stretch")
    if officers := _officers_part(briefing):
        st.html(officers)
    words = briefing.words
    if words.impact is not None and words.likelihood is not None:
        grid = grading_figure(words.impact, words.likelihood)
        st.image(grid.png, alt=grid.alt, width=_GRID)
    st.html(_below(briefing))


def _head(briefing: Briefing) -> str:
    warnings = "".join(f"<div><b>{escape(text)}</b></div>" for text in briefing.warnings)
    marking = briefing.marking
    return f"<div class='wo-quiet'><b>{escape(marking.text)}</b> {escape(marking.handling)}{warnings}</div>"


def _bottom_line(briefing: Briefing) -> str:
    facts, (what, *others) = briefing.facts, briefing.bottom_line
    said = f"<p class='wo-say'><b>{escape(what)}</b></p>" + "".join(
        f"<p class='wo-say'>{escape(one)}</p>" for one in others
    )
    bands = "".join(f"<div>{escape(name)}: <b>{escape(band)}</b></div>" for name, band in briefing.position)
    return f"<h3 class='wo-head'>{escape(facts.name)}, {escape(facts.district)}</h3>{said}{bands}"


def _officers_part(briefing: Briefing) -> str:
    words = briefing.words
    actions = [f"{one.what} ({one.owner}, by {say_day(one.due)})" for one in words.actions]
    officers = {"Context": [words.context], "Grading": [briefing.grading], "What is being done": actions}
    return "".join(_part(f"{name}, in the officer's words", texts) for name, texts in officers.items())


def _below(briefing: Briefing) -> str:
    words = briefing.words
    parts = _part("What you can do", list(briefing.to_do)) + _part("Where to send concerns", [words.contact])
    return parts + _part("What to bear in mind", list(briefing.limits)) + _part("References", [words.references])


def _part(title: str, texts: list[str]) -> str:
    said = [text for text in texts if text]
    if not said:
        return ""
    return f"<p class='wo-say'><b>{escape(title)}</b></p>" + "".join(f"<div>{escape(text)}</div>" for text in said)
