"""The one way in to papers about a whole partnership, for the command line and the screen: an order in, files out.

Who may have such papers, and the record of them, is for whoever asks. As whose facts each kind is made stands in `kinds`.
"""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefing.area_facts import AreaFacts
from briefing.decisions import DecisionRegister
from briefing.papers.bid_words import BidWords, what_lacks
from briefing.papers.briefings_pack import Progress, wards_to_brief, write_briefings
from briefing.papers.documents import make_papers
from briefing.papers.evidence import chosen_wards, write_evidence
from briefing.papers.evidence_need import what_they_do_not_say
from briefing.papers.kinds import KINDS, OF_A_MEETING, Kind
from briefing.papers.minutes import write_minutes
from briefing.papers.paper import Paper
from briefing.papers.profile import write_profile_refresh
from briefing.papers.scrutiny import write_scrutiny_paper
from briefing.papers.steering import write_steering_pack
from briefing.papers.steering_words import newer_by
from briefing.register import BriefingRegister
from data.errors import UsageError
from data.settings import Settings
from disclosure.audiences import Audience
from disclosure.permitted import Question, default_question, permitted_windows
from disclosure.views import SnapshotView


@dataclass(frozen=True)
class Sources:
    """Where a paper's facts come from. Views and areas are made when they are asked for: they take some seconds."""

    settings: Settings
    view: Callable[[Audience], SnapshotView]
    """One snapshot as an audience may have it."""
    area: Callable[[Audience], AreaFacts]
    """The same, gathered for papers."""
    briefings: BriefingRegister
    decisions: DecisionRegister


@dataclass(frozen=True)
class Order:
    """What is to be made."""

    kind: Kind
    made_on: date
    wards: tuple[str, ...] = ()
    """Codes, for evidence and briefings; for briefings also `due` or `all`."""
    bid: BidWords | None = None
    audience: Audience | None = None
    """Where a kind may be made for several; the usual one if `None`."""
    meeting: date | None = None
    """The day of the meeting that a pack is for, or that minutes are of (`kinds.OF_A_MEETING`)."""


@dataclass(frozen=True)
class Made:
    """What came of an order."""

    files: Mapping[str, bytes]
    """By file name."""
    said: tuple[str, ...] = field(default=())
    """What could not be made, a sentence each."""


def audience_of(order: Order) -> Audience:
    """Say as whose facts an order is made.

    Raises
    ------
    UsageError
        If its kind is not made for the audience that it names.
    """
    offered = KINDS[order.kind].audiences
    audience = order.audience or offered[0]
    if audience not in offered:
        told = " or ".join(offered)
        raise UsageError(f"The {KINDS[order.kind].title.lower()} is made for: {told}. Choose one of these.")
    return audience


def check_order(order: Order) -> None:
    """Refuse an order that lacks something, or holds what its kind does not take, before anything is read.

    Raises
    ------
    UsageError
        Saying what to do.
    """
    audience_of(order)
    title = KINDS[order.kind].title.lower()
    if order.kind is Kind.EVIDENCE and (order.bid is None or not order.wards):
        raise UsageError("Evidence for a bid takes the words of the bid and the wards that it is for. Give both.")
    if order.kind is Kind.BRIEFINGS and not order.wards:
        raise UsageError("Say which wards the briefings are of: their codes, `due` or `all`.")
    if order.kind not in (Kind.EVIDENCE, Kind.BRIEFINGS) and order.wards:
        raise UsageError(f"The {title} is made of the whole area. Leave the wards out.")
    if order.kind is not Kind.EVIDENCE and order.bid is not None:
        raise UsageError(f"The {title} takes no words of an officer. Leave them out.")
    if order.kind not in OF_A_MEETING and order.meeting is not None:
        raise UsageError(f"The {title} is of no meeting. Leave its day out.")


def make_pack(order: Order, *, sources: Sources, progress: Progress = lambda *_: None) -> Made:
    """Make what is ordered. The same order from the same snapshot, settings and registers gives the same bytes.

    Raises
    ------
    UsageError, RefusedInputError
        If the order is not complete, or the data do not give what it takes.
    """
    check_order(order)
    progress("Gathering what may be told", 0, 3)
    if order.kind is Kind.BRIEFINGS:
        return _briefings(order, sources=sources, progress=progress)
    paper = _write(order, sources=sources)
    progress("Setting the papers", 2, 3)
    made = make_papers(paper, word_template=_template(sources.settings))
    progress("Setting the papers", 3, 3)
    return Made({f"{paper.kind}.{end}": content for end, content in made.items()})


def wards_of(order: Order, *, sources: Sources) -> tuple[str, ...]:
    """Say which wards an order names, by their codes, for the record: none for papers about the whole area."""
    if order.kind is Kind.BRIEFINGS:
        return _to_brief(order, sources=sources)
    return order.wards


def notes_on(order: Order, *, sources: Sources) -> tuple[str, ...]:
    """Say what the person who orders should know: that newer figures are due by a meeting; what a bid will be asked for."""
    if order.kind is Kind.STEERING and order.meeting is not None:
        newer = newer_by(order.meeting, last=sources.area(audience_of(order)).released.window.last)
        return (f"{newer} Load them first if you have them.",) if newer else ()
    if order.kind is not Kind.EVIDENCE or order.bid is None:
        return ()
    not_said = what_they_do_not_say(chosen_wards(sources.area(audience_of(order)), order.wards))
    return (*((not_said,) if not_said else ()), *what_lacks(order.bid))


def _write(order: Order, *, sources: Sources) -> Paper:
    audience = audience_of(order)
    if order.kind is Kind.STEERING:
        return _steering(sources.area(audience), order=order, sources=sources)
    if order.kind is Kind.MINUTES:
        return write_minutes(
            sources.area(audience),
            briefings=sources.briefings,
            decisions=sources.decisions,
            made_on=order.made_on,
            meeting=order.meeting,
        )
    if order.kind is Kind.PROFILE:
        area, view = sources.area(audience), sources.view(audience)
        return write_profile_refresh(area, view, made_on=order.made_on)
    if order.kind is Kind.SCRUTINY:
        view = sources.view(audience)
        return write_scrutiny_paper(view, question=_longest(view), made_on=order.made_on)
    if order.kind is Kind.EVIDENCE and order.bid is not None:
        area, briefings = sources.area(audience), sources.briefings
        return write_evidence(area, wards=order.wards, bid=order.bid, briefings=briefings, made_on=order.made_on)
    raise ValueError(f"{order.kind} is no single paper")


def _longest(view: SnapshotView) -> Question:
    """Ask what the settings ask, over the quarters that the public may have."""
    covered = len(view.choices.quarters)
    windows = permitted_windows(view.audience, rule=view.settings.disclosure, covered=covered)
    if not windows:
        raise UsageError(
            f"What may be published is of more quarters than the {covered} that these data cover. Load earlier data as well."
        )
    return default_question(view.settings.analysis, quarters=windows[-1])


def _steering(area: AreaFacts, *, order: Order, sources: Sources) -> Paper:
    return write_steering_pack(
        area,
        briefings=sources.briefings,
        decisions=sources.decisions,
        made_on=order.made_on,
        meeting=order.meeting,
        references=sources.settings.briefing.references,
    )


def _to_brief(order: Order, *, sources: Sources) -> tuple[str, ...]:
    return wards_to_brief(
        sources.area(audience_of(order)),
        order.wards,
        register=sources.briefings,
        rules=sources.settings.briefing,
        today=order.made_on,
    )


def _briefings(order: Order, *, sources: Sources, progress: Progress) -> Made:
    # On disk while it grows: the memory then stays level whatever the number of wards.
    with tempfile.TemporaryFile() as file:
        pack = write_briefings(
            file,
            sources.area(audience_of(order)),
            _to_brief(order, sources=sources),
            register=sources.briefings,
            rules=sources.settings.briefing,
            made_on=order.made_on,
            progress=progress,
        )
        file.seek(0)
        return Made({f"{KINDS[order.kind].file}.zip": file.read()}, tuple(f"Not made: {one}" for one in pack.failed))


def _template(settings: Settings) -> Path | None:
    return Path(settings.briefing.word_template) if settings.briefing.word_template else None
