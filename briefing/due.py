"""Which wards are due for a briefing, and why: by rules, from released facts and the register. Nothing is sent by itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from briefing.area_facts import AreaFacts
from briefing.follow_up import CLEARED, EASING, NEW, PERSISTENT, briefed, draft_notes, kind_of
from briefing.register_reading import RegisterReader
from briefing.register_records import BriefingRecord, RequestRecord
from briefing.ward_facts import WardFacts, ward_facts
from data.briefing_settings import Briefing
from data.in_words import say_day
from data.quarters import last_finished_quarter, parse_quarter, quarters_between, shift_quarter


class Reason(StrEnum):
    """Why a ward is due, in the order they are told."""

    NEW = "newly flagged"
    PERSISTENT = "still flagged"
    FLAGGED = "flagged"
    EASING = "easing"
    CLEARED = "no longer high on both"
    REQUEST = "asked for"
    DRAFT = "draft open"


_ORDER = list(Reason)
_EASES = {EASING: Reason.EASING, CLEARED: Reason.CLEARED}


@dataclass(frozen=True)
class Due:
    """One ward that is due, or whose draft is open."""

    ward_code: str
    ward_name: str
    district: str
    reason: Reason
    """The first of its reasons."""
    sentence: str
    """All of its reasons, in plain words."""
    since: date
    """When the first reason arose: the end of the window, the day it was asked for, the day the draft was begun."""
    certainty: str
    """How probable it is that both are high, in words; empty where nothing is known."""
    certainty_level: int
    """Which of the words that is, from 0; -1 where nothing is known."""
    also: tuple[Reason, ...] = ()
    """Its other reasons."""
    draft: int | None = None
    """Id of the briefing of the ward that is being worked on."""
    notes: tuple[str, ...] = ()
    """What has changed under that draft since it was begun."""


@dataclass(frozen=True)
class _Told:
    """One reason, its sentence, and since when."""

    reason: Reason
    sentence: str
    since: date


@dataclass(frozen=True)
class _Ward:
    """What is known of one ward: what is released of it, and what the register has."""

    facts: WardFacts | None
    last: BriefingRecord | None
    draft: BriefingRecord | None
    requests: Sequence[RequestRecord]


def due_wards(area: AreaFacts, register: RegisterReader, *, rules: Briefing, today: date) -> tuple[Due, ...]:
    """Say which wards are due for a briefing.

    Parameters
    ----------
    area : AreaFacts
        As released to councillors, in the window that is due.
    register
        What was briefed, drafted and asked for.
    rules
        Section `[briefing]` of the settings.
    today
        Quarters without a briefing are counted up to it.

    Returns
    -------
    tuple of Due
        One for each ward, the surest first, then by name: each with its reasons and its certainty, so that it is no
        league table. Wards with an open draft are among them even where no rule names them any more, and wards that were asked
        for or drafted even where the snapshot has them not.
    """
    last, drafts = register.last_issued_by_ward(), register.open_drafts()
    requests = _by_ward(register.requests())
    found = []
    for code in [*area.rows[-1], *sorted(_others(area, drafts, requests))]:
        facts = ward_facts(area, code) if code in area.rows[-1] else None
        ward = _Ward(facts, last.get(code), drafts.get(code), requests.get(code, ()))
        told = sorted(_reasons(ward, area=area, rules=rules, today=today), key=lambda one: _ORDER.index(one.reason))
        if told:
            found.append(_due(ward, told, area=area))
    return tuple(sorted(found, key=lambda one: (-one.certainty_level, one.ward_name, one.ward_code)))


def _reasons(ward: _Ward, *, area: AreaFacts, rules: Briefing, today: date) -> Iterator[_Told]:
    if ward.facts is not None:
        flag = _of_flag(ward.facts, ward.last, area=area, rules=rules, today=today)
        if flag is not None:
            yield flag
    for request in ward.requests[:1]:
        more = f", by {len(ward.requests):,} requests" if len(ward.requests) > 1 else ""
        asked = request.by.at.date()
        yield _Told(Reason.REQUEST, f"{'First asked' if more else 'Asked'} for on {say_day(asked)}{more}.", asked)
    if ward.draft is not None:
        begun = ward.draft.author.at.date()
        yield _Told(
            Reason.DRAFT, f"Draft {ward.draft.id} is open: {ward.draft.state}, begun on {say_day(begun)}.", begun
        )


def _of_flag(
    facts: WardFacts, last: BriefingRecord | None, *, area: AreaFacts, rules: Briefing, today: date
) -> _Told | None:
    """Give the reason that the figures give, if any: easing after a briefing first, then a flag that was not told of."""
    kind, since = kind_of(facts.change), parse_quarter(facts.last_quarter).end_time.date()
    told = last if last is not None and last.basis.flagged else None
    if told is not None and kind in _EASES and rules.brief_easing and _is_news(told, facts):
        how = "is easing" if kind == EASING else "is no longer high on both"
        return _Told(_EASES[kind], f"{briefed(told)} when it was flagged, and {how}.", since)
    if not facts.flagged:
        return None
    sure = f"({facts.certainty})"
    if kind == NEW and (told is None or told.basis.last_quarter <= _end_before(area)):
        newly = f"Flagged {sure}, and not high on both in the window before."
        return _Told(Reason.NEW, newly, since) if rules.brief_new else None
    if told is not None and _quarters_since(told, today=today) < rules.persistent_after_quarters:
        return None
    return _not_told_lately(kind, told, sure=sure, since=since)


def _not_told_lately(kind: str, told: BriefingRecord | None, *, sure: str, since: date) -> _Told:
    when = f"{briefed(told)}, not since." if told is not None else "Its flag was never briefed."
    if kind == PERSISTENT:
        return _Told(Reason.PERSISTENT, f"Flagged {sure} now and in the window before. {when}", since)
    return _Told(Reason.FLAGGED, f"Flagged {sure}. {when}", since)


def _is_news(told: BriefingRecord, facts: WardFacts) -> bool:
    """Whether the figures are newer than those of the briefing, and say something else."""
    return facts.last_quarter > told.basis.last_quarter and kind_of(facts.change) != kind_of(told.basis.change)


def _end_before(area: AreaFacts) -> str:
    return area.changes.before.last if area.changes is not None else ""


def _quarters_since(told: BriefingRecord, *, today: date) -> int:
    """Count the quarters from that of the issue to that of today."""
    issued_on = told.issue.issued_on if told.issue else today
    return quarters_between(_quarter_of(issued_on), _quarter_of(today)) - 1


def _quarter_of(day: date) -> str:
    return shift_quarter(last_finished_quarter(day), 1)


def _by_ward(requests: Sequence[RequestRecord]) -> Mapping[str, list[RequestRecord]]:
    found: dict[str, list[RequestRecord]] = {}
    for one in requests:
        found.setdefault(one.ward_code, []).append(one)
    return found


def _others(
    area: AreaFacts, drafts: Mapping[str, BriefingRecord], requests: Mapping[str, Sequence[RequestRecord]]
) -> Iterator[str]:
    """Give the wards that the register speaks of and the snapshot does not have; of a person's districts alone."""
    districts = area.released.reader.districts
    named = {code: one.basis.district for code, one in drafts.items()}
    named |= {code: some[0].district for code, some in requests.items()}
    for code, district in named.items():
        if code not in area.rows[-1] and (districts is None or district in districts):
            yield code


def _due(ward: _Ward, told: Sequence[_Told], *, area: AreaFacts) -> Due:
    facts, draft = ward.facts, ward.draft
    code, name, district = _named(ward)
    return Due(
        ward_code=code,
        ward_name=name,
        district=district,
        reason=told[0].reason,
        sentence=" ".join([*(one.sentence for one in told), *_why_none(facts, area=area)]),
        since=told[0].since,
        certainty=facts.certainty if facts else "",
        certainty_level=facts.certainty_level if facts else -1,
        also=tuple(one.reason for one in told[1:]),
        draft=draft.id if draft else None,
        notes=draft_notes(draft, area) if draft else (),
    )


def _why_none(facts: WardFacts | None, *, area: AreaFacts) -> tuple[str, ...]:
    """Say why no briefing can be written, where none can."""
    if facts is None:
        return (f"There is no such ward in snapshot {area.snapshot_id}, so none can be written.",)
    return () if facts.is_modelled else ("No population is known for it, so none can be written.",)


def _named(ward: _Ward) -> tuple[str, str, str]:
    if ward.facts is not None:
        return ward.facts.code, ward.facts.name, ward.facts.district
    known = ward.requests[0] if ward.requests else ward.draft.basis if ward.draft else None
    return (known.ward_code, known.ward_name, known.district) if known else ("", "", "")
