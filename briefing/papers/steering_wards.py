"""Half a page on each flagged ward for the steering group's pack."""

from collections.abc import Iterator

from briefing.certainty_figure import certainty_figure
from briefing.decisions import DecisionRecord, Outcome
from briefing.follow_up import follow_up
from briefing.papers.evidence_need import chance_wrong
from briefing.papers.paper import Block, Paragraph, Part, Picture
from briefing.papers.steering_facts import PackFacts
from briefing.papers.steering_ward_figures import neighbours_in_words, ward_map, years_figure
from briefing.papers.steering_words import UNCERTAIN, counted
from briefing.provision_words import in_short
from briefing.sentences import certainty_in_words, change_since, map_in_words
from briefing.ward_facts import WardFacts
from data.in_words import say_day
from disclosure.wording import say_in_hundred

_SEVERAL = 2
_MOST_DECISIONS = 3
"""Told of each ward; the register has the others."""


def ward_parts(facts: PackFacts) -> tuple[Part, ...]:
    """Write the parts of the flagged wards; none where none is flagged."""
    if not facts.flagged:
        return ()
    said = "The order is that of the table. Colours are those of the map of the whole area."
    start = Part("Ward by ward", [Paragraph(said)], together=True)
    return (start, *(_ward_part(facts, one) for one in facts.flagged))


def _ward_part(facts: PackFacts, ward: WardFacts) -> Part:
    area = facts.area
    near = neighbours_in_words(facts.ground, ward.code, numbers=facts.numbers)
    figures = (
        ward_map(facts.ground, ward.code, numbers=facts.numbers),
        years_figure(ward, incidents=area.incidents_in_words),
    )
    blocks: list[Block] = [
        Paragraph(_stands(facts, ward)),
        Picture(
            (certainty_figure(ward.certainty_level), *(one for one in figures if one is not None)),
            f"Around it: {near}." if near else map_in_words(ward),
        ),
        # the cautions on all changes stand in the part on change
        Paragraph(" ".join((change_since(area, ward)[0], *_why_unsure(facts, ward))), lead="Change"),
        Paragraph(" ".join(_briefings(facts, ward)), lead="Briefings"),
        Paragraph(" ".join(_decisions(facts, ward)), lead="Decisions"),
        *([Paragraph(in_short(area.provision, ward.code), lead="What is there")] if area.provision else []),
    ]
    return Part(f"{facts.numbers[ward.code]}. {ward.name}, {ward.district}", blocks, level=2, together=True)


def _stands(facts: PackFacts, ward: WardFacts) -> str:
    row = facts.area.rows[-1][ward.code]
    return (
        f"{certainty_in_words(ward)} The chance that this is wrong is {chance_wrong(facts.area, ward)}. Counts, "
        f"rounded: referrals {row['observed_referrals']}, incidents {row['observed_incidents']}."
    )


def _why_unsure(facts: PackFacts, ward: WardFacts) -> tuple[str, ...]:
    """Say why no change is named although the years beside it are called otherwise."""
    changes = facts.area.changes
    if changes is None or ward.change != UNCERTAIN or len({one.certainty for one in ward.years}) < _SEVERAL:
        return ()
    most = say_in_hundred(1 - changes.question.certainty)
    return (
        "The years above were each looked at alone. Their counts are rounded too, so a year may look unlikely only for that. A "
        f"change is named only if the chance that it is wrong is {most} or less.",
    )


def _briefings(facts: PackFacts, ward: WardFacts) -> Iterator[str]:
    yield follow_up(facts.last_briefed.get(ward.code), facts.area) or "This ward was never briefed."
    late = [one for one in facts.late_actions if one.ward_code == ward.code]
    if late:
        yield f"{counted(len(late), 'action').capitalize()} from briefings {'is' if len(late) == 1 else 'are'} overdue."


def _decisions(facts: PackFacts, ward: WardFacts) -> Iterator[str]:
    found = [one for one in reversed(facts.decisions) if one.draft.ward_code == ward.code]
    if not found:
        yield "None so far."
    for one in found[:_MOST_DECISIONS]:
        what = one.draft.recommendation.rstrip(".")
        yield f"{say_day(one.draft.meeting)}: {what} ({one.draft.owner}): {_stand_of(facts, one)}."
    if len(found) > _MOST_DECISIONS:
        yield f"{counted(len(found) - _MOST_DECISIONS, 'earlier one').capitalize()} in the register."


def _stand_of(facts: PackFacts, record: DecisionRecord) -> str:
    if record.outcome is not Outcome.OPEN:
        return f"{record.outcome}"
    return "overdue" if record.is_overdue(facts.made_on) else f"open, due on {say_day(record.draft.due)}"
