"""All that a pack for the steering group is written from: what is released of an area, and what the registers knew on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from briefing.area_facts import AreaFacts
from briefing.decisions import DecisionRecord, DecisionRegister, Outcome
from briefing.map_ground import MapGround, map_ground
from briefing.register import BriefingRegister
from briefing.register_records import ActionRecord, BriefingRecord
from briefing.ward_facts import WardFacts, surest_first, ward_facts
from data.errors import UsageError
from disclosure.audiences import Audience

A_QUARTER = timedelta(days=92)
"""How far back a pack looks for what was issued, where no earlier meeting is known."""


@dataclass(frozen=True)
class PackFacts:
    """What a pack is written from. What the registers hold of other people's districts is not in it."""

    area: AreaFacts
    flagged: tuple[WardFacts, ...]
    """The surest first, then by name (`surest_first`). The first has number 1 in the whole pack."""
    made_on: date
    last_meeting: date | None
    """`None` where none is known."""
    decisions: tuple[DecisionRecord, ...]
    """All of them, as they stood on the day of the pack, in the order they were written down."""
    briefings: tuple[BriefingRecord, ...]
    """Those that stand, issued up to the day of the pack, the first first."""
    late_actions: tuple[ActionRecord, ...]
    meeting: date | None = None
    """The day of the meeting that it is for; `None` where that is not said."""

    @property
    def meets_on(self) -> date:
        """The day of the meeting: that on which it is made where no other is said."""
        return self.meeting or self.made_on

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number of each flagged ward, by ward code: the same in the whole pack."""
        return {one.code: f"{place}" for place, one in enumerate(self.flagged, start=1)}

    @property
    def since(self) -> date:
        """The day after which something is news to the group."""
        return self.last_meeting or self.made_on - A_QUARTER

    @cached_property
    def ground(self) -> MapGround:
        """What the maps of the pack have in common: made for papers, screens do without."""
        return map_ground(self.area)

    @cached_property
    def overdue(self) -> tuple[DecisionRecord, ...]:
        """Decisions that are overdue, the one due first comes first."""
        late = [one for one in self.decisions if one.is_overdue(self.made_on)]
        return tuple(sorted(late, key=lambda one: (one.draft.due, one.id)))

    @cached_property
    def followed_up(self) -> tuple[DecisionRecord, ...]:
        """Decisions of earlier meetings: overdue ones, those of the last one, then others that are open or have just ended."""
        earlier = [one for one in self.decisions if one.draft.meeting < self.meets_on]
        last = [one for one in earlier if one.draft.meeting == self.last_meeting]
        other = [one for one in earlier if one.outcome is Outcome.OPEN or (one.last and one.last.on > self.since)]
        return tuple({one.id: one for one in (*self.overdue, *last, *other)}.values())

    @cached_property
    def of_today(self) -> tuple[DecisionRecord, ...]:
        """Decisions of the day of the meeting."""
        return tuple(one for one in self.decisions if one.draft.meeting == self.meets_on)

    @cached_property
    def last_briefed(self) -> dict[str, BriefingRecord]:
        """The last briefing of each ward that has one, by ward code."""
        return {one.basis.ward_code: one for one in self.briefings}

    @cached_property
    def newly_briefed(self) -> tuple[BriefingRecord, ...]:
        """Briefings issued since the last meeting."""
        return tuple(one for one in self.briefings if one.issue and one.issue.issued_on > self.since)


def gather_pack(
    area: AreaFacts,
    *,
    briefings: BriefingRegister,
    decisions: DecisionRegister,
    made_on: date,
    last_meeting: date | None,
    meeting: date | None = None,
) -> PackFacts:
    """Gather it. Parameters and errors as of `briefing.papers.steering.write_steering_pack`; a meeting may lie in the past."""
    if area.audience is not Audience.STEERING:
        raise ValueError("the steering group's pack is made of what is released to the steering group")
    if last_meeting is not None and last_meeting > made_on:
        raise UsageError("The last meeting lies after the day of the pack. Give an earlier day, or none.")
    codes = [code for code, row in area.rows[-1].items() if row["flagged"]]
    known = known_decisions(area, decisions, on=made_on)
    earlier = [one.draft.meeting for one in known if one.draft.meeting < (meeting or made_on)]
    return PackFacts(
        area=area,
        flagged=tuple(sorted((ward_facts(area, code) for code in codes), key=surest_first)),
        made_on=made_on,
        last_meeting=last_meeting or max(earlier, default=None),
        decisions=tuple(sorted(known, key=lambda one: one.id)),
        briefings=_issued(area, briefings, made_on=made_on),
        late_actions=tuple(
            one for one in briefings.overdue_actions(made_on) if _is_theirs(area, one.ward_code, one.district)
        ),
        meeting=meeting,
    )


def known_decisions(area: AreaFacts, decisions: DecisionRegister, *, on: date) -> tuple[DecisionRecord, ...]:
    """Give the decisions that readers of an area may have, as they stood on a day."""
    then = [one.as_of(on) for one in reversed(decisions.search())]
    return tuple(one for one in then if one is not None and _is_theirs(area, one.draft.ward_code, one.draft.district))


def _issued(area: AreaFacts, briefings: BriefingRegister, *, made_on: date) -> tuple[BriefingRecord, ...]:
    found = [
        (one.issue.issued_on, one.id, one)
        for one in briefings.search()
        if one.issue and one.is_standing and one.issue.issued_on <= made_on
    ]
    records = [record for *_, record in sorted(found, key=lambda one: one[:2])]
    return tuple(one for one in records if _is_theirs(area, one.basis.ward_code, one.basis.district))


def _is_theirs(area: AreaFacts, ward_code: str, district: str) -> bool:
    """Whether the readers may see a ward: one of their districts, or what is about the whole partnership."""
    districts = area.released.reader.districts
    return districts is None or not ward_code or ward_code in area.rows[-1] or district in districts
