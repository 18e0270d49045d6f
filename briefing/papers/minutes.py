"""The minutes of a meeting of the steering group: what was decided, and what became of what was decided before.

It is made of the register of decisions alone, and marked as all that the group has. Who was there, and what was
said, is for people.
"""

from collections.abc import Iterator
from datetime import date

from briefing.area_facts import AreaFacts
from briefing.decisions import DecisionRecord, DecisionRegister
from briefing.papers.paper import Block, Paper, Paragraph, Part
from briefing.papers.steering_decisions import decided_table, followed_up_table
from briefing.papers.steering_facts import PackFacts, gather_pack, known_decisions
from briefing.papers.steering_words import about_the_paper, counted
from briefing.register import BriefingRegister
from data.errors import UsageError
from data.in_words import say_day

KIND = "minutes"


def write_minutes(
    area: AreaFacts,
    *,
    briefings: BriefingRegister,
    decisions: DecisionRegister,
    made_on: date,
    meeting: date | None = None,
) -> Paper:
    """Write the minutes of a meeting.

    Parameters
    ----------
    area : AreaFacts
        Released for the steering group. Of some districts alone, decisions on wards of others are not in it.
    made_on
        Day of the paper: what was decided or done later is not in it.
    meeting
        Day of the meeting; the last one up to `made_on` of which a decision is in the register if not given.

    Returns
    -------
    Paper
        The same for the same decisions and days.

    Raises
    ------
    UsageError
        If no decision of that meeting is in the register, or it lies after `made_on`.
    ValueError
        If the facts are released for another audience.
    """
    held = meeting or _last_meeting(known_decisions(area, decisions, on=made_on))
    if held > made_on:
        raise UsageError("The meeting lies after the day of the minutes. Give the day of a meeting that was held.")
    facts = gather_pack(
        area, briefings=briefings, decisions=decisions, made_on=made_on, last_meeting=None, meeting=held
    )
    if not facts.of_today:
        raise UsageError(f"No decision of {say_day(held)} is in the register. Decisions are recorded on Hotspots.")
    return Paper(
        kind=KIND,
        title="Decisions of the steering group",
        place=area.partnership,
        period=f"Meeting of {say_day(held)}",
        marking=area.marking,
        made_on=made_on,
        parts=tuple(_parts(facts)),
        provenance=area.provenance,
        about=about_the_paper(facts),
    )


def _last_meeting(known: tuple[DecisionRecord, ...]) -> date:
    if not known:
        raise UsageError("No decision is in the register yet. Decisions are recorded on Hotspots, slide Decide.")
    return max(one.draft.meeting for one in known)


def _parts(facts: PackFacts) -> Iterator[Part]:
    count = counted(len(facts.of_today), "decision")
    told: list[Block] = [Paragraph(f"{count.capitalize()} of {say_day(facts.meets_on)}.")]
    yield Part("What was decided", [*told, *decided_table(facts.of_today, caption="Decided at this meeting")])
    earlier = followed_up_table(facts)
    yield Part(
        "What became of earlier decisions", earlier or [Paragraph("None was made before, or all are done with.")]
    )
