"""The pack for the Prevent steering group, once a quarter: the overview with every flagged ward, changes and decisions.

It is made of what is released to the steering group, and of what the registers of briefings and decisions hold. What was decided
and whether it happened stands before the wards, however many they are.
"""

from collections.abc import Iterator
from datetime import date

from briefing.area_facts import AreaFacts
from briefing.decisions import DecisionRegister
from briefing.papers.paper import Block, Paper, Paragraph, Part, Points
from briefing.papers.steering_decisions import briefing_blocks, decision_blocks, room_to_decide
from briefing.papers.steering_facts import PackFacts, gather_pack
from briefing.papers.steering_overview import change_blocks, overview_blocks
from briefing.papers.steering_provided import provided_parts
from briefing.papers.steering_wards import ward_parts
from briefing.papers.steering_words import about_the_paper, bottom_line, pack_limits, uncertain_wards
from briefing.register import BriefingRegister
from data.errors import UsageError
from data.in_words import say_day

KIND = "steering-pack"


def write_steering_pack(
    area: AreaFacts,
    *,
    briefings: BriefingRegister,
    decisions: DecisionRegister,
    made_on: date,
    last_meeting: date | None = None,
    meeting: date | None = None,
    references: str = "",
) -> Paper:
    """Write the pack.

    Parameters
    ----------
    area : AreaFacts
        Released for the steering group. Of some districts alone, where its readers may see no others: then what the registers
        hold of other districts is not in it.
    made_on
        Day of the pack: what was decided, done or issued later is not in it. (Of a briefing that was withdrawn, and of an action
        of one that was done, it goes by what is known now.)
    last_meeting
        When the group last met; if not given, the last day before the meeting of which a decision is in the register.
    meeting
        The day of the meeting that it is for, which stands under the title; if not given, that is not said, and it goes by
        `made_on`.
    references
        Data protection and equality references of the partnership (section `[briefing]` of the settings).

    Returns
    -------
    Paper
        The same for the same facts, registers and days.

    Raises
    ------
    UsageError
        If the last meeting lies after the day of the pack, or the meeting before it.
    ValueError
        If the facts are released for another audience.
    """
    if meeting is not None and meeting < made_on:
        raise UsageError("The meeting lies before the day of the pack. Give the day of the meeting that it is for.")
    facts = gather_pack(
        area, briefings=briefings, decisions=decisions, made_on=made_on, last_meeting=last_meeting, meeting=meeting
    )
    return Paper(
        kind=KIND,
        title="Steering group pack",
        place=area.partnership,
        period=_period(facts),
        marking=area.marking,
        made_on=made_on,
        parts=tuple(_parts(facts, references=references)),
        provenance=area.provenance,
        about=_about(facts),
    )


def _parts(facts: PackFacts, *, references: str) -> Iterator[Part]:
    yield Part("The bottom line", [bottom_line(facts)])
    yield Part("Where both are high", overview_blocks(facts))
    yield Part("What changed", change_blocks(facts))
    if provided := provided_parts(facts):
        yield Part("What is provided", provided)
    yield Part("Decisions of last time", decision_blocks(facts))
    yield Part("Briefings and their actions", briefing_blocks(facts))
    yield from ward_parts(facts)
    yield Part("Decisions of this meeting", room_to_decide(facts), new_page=True)
    yield Part("Where the figures are too small to say", [Paragraph(uncertain_wards(facts))])
    yield Part("What the figures can and cannot tell", [Points(pack_limits(facts))])
    if references:
        reference: list[Block] = [Paragraph(references, lead="Data protection and equality")]
        yield Part("References", reference)


def _period(facts: PackFacts) -> str:
    figures = f"Figures for {facts.area.released.window.in_words()}"
    return f"For the meeting on {say_day(facts.meeting)}. {figures}" if facts.meeting else figures


def _about(facts: PackFacts) -> tuple[tuple[str, str], ...]:
    last = (("Last meeting", say_day(facts.last_meeting)),) if facts.last_meeting else ()
    return (*about_the_paper(facts), *last)
