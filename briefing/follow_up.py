"""What has become of a briefing: how its ward stands now, from released facts only, and whether its draft still fits them."""

from collections.abc import Iterable
from datetime import date

from briefing.area_facts import AreaFacts
from briefing.content import Issue
from briefing.register_reading import RegisterReader
from briefing.register_records import Basis, BriefingRecord
from briefing.ward_facts import WardFacts, ward_facts
from data.in_words import listed

EASING, CLEARED, NEW, PERSISTENT = "easing", "cleared", "new", "persistent"
"""Kinds of change, as the phrases of its classes begin."""
_HIGH_NOW = (NEW, PERSISTENT)
_MOST_NAMED = 6
"""Wards in one sentence; more are counted."""
_TOO_UNCERTAIN = "too uncertain to say"


def basis_of(area: AreaFacts, ward: str) -> Basis:
    """Give what a briefing of a ward begins from now.

    Raises
    ------
    UsageError
        If there is no such ward.
    """
    facts = ward_facts(area, ward)
    return Basis(
        ward_code=facts.code,
        ward_name=facts.name,
        district=facts.district,
        snapshot=area.snapshot_id,
        last_quarter=facts.last_quarter,
        flagged=facts.flagged,
        change=facts.change or "",
    )


def kind_of(change: str | None) -> str:
    """Give the kind of a class of change: `new`, `persistent`, `easing` or `cleared`; empty where there is nothing to tell of."""
    kind, colon, _ = (change or "").partition(":")
    return kind if colon else ""


def high_but_not_flagged(wards: Iterable[WardFacts]) -> str:
    """Name the wards whose change says that they are high on both now and that are not flagged; empty where there are none.

    Such a change is named by its own probability, from both windows: beside a list of flagged wards that has to be said.
    """
    names = [one.name for one in wards if kind_of(one.change) in _HIGH_NOW and not one.flagged]
    if not names:
        return ""
    return f"Not flagged, so less sure: {listed(names) if len(names) <= _MOST_NAMED else f'{len(names)} of them'}."


def follow_up(record: BriefingRecord | None, area: AreaFacts) -> str:
    """Say when a ward was last briefed and how it stands since.

    For example `Briefed in June 2026 (WO-2026-0003); since then easing (probability 0.8 or more).`

    Parameters
    ----------
    record
        The last issued briefing of the ward (`RegisterReader.last_issued`), if there is one.
    area
        Released now.

    Returns
    -------
    str
        Empty where it was never briefed. How it stands is the class of now: easing is against the window just before, which
        may begin before the briefing. It says nothing of a cause.
    """
    if record is None or record.issue is None:
        return ""
    return f"{briefed(record)}; {_since(record.basis, area)}."


def draft_of(register: RegisterReader, area: AreaFacts, ward: str, *, made_on: date) -> Issue:
    """Give the number, dates and people of a draft that nobody has signed, with what the register knows of the ward."""
    return Issue(made_on=made_on, previous=follow_up(register.last_issued(ward), area))


def briefed(record: BriefingRecord) -> str:
    """Say when a ward was briefed and under which number, without a full stop."""
    if record.issue is None:
        return "Never briefed"
    return f"Briefed in {record.issue.issued_on:%B %Y} ({record.issue.number})"


def draft_notes(record: BriefingRecord, area: AreaFacts) -> tuple[str, ...]:
    """Say what has changed under a draft since it was begun: its flag, its snapshot, its ward; nothing if all is as it was."""
    basis = record.basis
    if basis.ward_code not in area.rows[-1]:
        return (f"There is no ward {basis.ward_code} in snapshot {area.snapshot_id}. Withdraw this draft.",)
    flagged = bool(area.rows[-1][basis.ward_code]["flagged"])
    said = []
    if basis.flagged and not flagged:
        said.append("It was flagged when this draft was begun; it is not now.")
    if flagged and not basis.flagged:
        said.append("It was not flagged when this draft was begun; it is now.")
    if basis.snapshot != area.snapshot_id:
        said.append(
            f"This draft was begun on snapshot {basis.snapshot}, and the figures now come from {area.snapshot_id}. Look at them "
            "again."
        )
    return tuple(said)


def _since(basis: Basis, area: AreaFacts) -> str:
    if basis.ward_code not in area.rows[-1]:
        return "there is no such ward any more"
    facts = ward_facts(area, basis.ward_code)
    if facts.last_quarter <= basis.last_quarter:
        return "no newer figures since then"
    return f"since then {_stands(basis, facts)}{_how_sure(facts, area)}"


def _how_sure(facts: WardFacts, area: AreaFacts) -> str:
    """Give how probable a change must be to be named at all: what every audience may know of it."""
    if area.changes is None or kind_of(facts.change) not in (EASING, CLEARED):
        return ""
    return f" (probability {area.changes.question.certainty:g} or more)"


def _stands(basis: Basis, facts: WardFacts) -> str:
    kind = kind_of(facts.change)
    if kind == EASING:
        return "still easing" if kind_of(basis.change) == EASING else "easing"
    if kind == CLEARED:
        return "no longer high on both"
    if facts.flagged:
        return "still high on both" if basis.flagged else "high on both"
    if not facts.is_modelled:
        return "no population is known"
    return _TOO_UNCERTAIN if facts.overlap == _TOO_UNCERTAIN else "not high on both"
