"""What is provided, in the steering group's pack: flagged wards with nothing known to be, the other way round, over time."""

from collections.abc import Sequence

from briefing.papers.paper import Block, Column, Paragraph, Table
from briefing.papers.steering_facts import PackFacts
from briefing.papers.steering_words import counted
from briefing.provision_words import (
    before_and_after,
    coverage_in_words,
    so_it_stands,
    thing_words,
)
from data.in_words import listed
from disclosure.provision import ReleasedProvision, Status, kinds_in_words

_NAMED = 40
"""Wards without a flag that are named."""


def provided_parts(facts: PackFacts) -> list[Block]:
    """Write it; nothing where no file of it was loaded."""
    provision = facts.area.provision
    if provision is None:
        return []
    gaps = provision.gaps(facts.area.released)
    flagged = (*gaps.flagged_without, *gaps.flagged_with)
    every = (*flagged, *gaps.others_with, *gaps.others_without)
    blocks: list[Block] = [
        Paragraph(f"{_bottom_line(len(gaps.flagged_without), len(flagged))} {so_it_stands(provision)}")
    ]
    if flagged:
        blocks.append(_table(facts, provision=provision))
    blocks.append(
        Paragraph(_others(facts, gaps.others_with, provision=provision), lead="Not flagged, and something runs")
    )
    blocks.append(
        Paragraph(
            coverage_in_words(
                provision.over_time(flagged), provision.over_time(every), of=len(flagged), of_all=len(every)
            ),
            lead="Over time",
        )
    )
    return blocks


def _bottom_line(without: int, flagged: int) -> str:
    if not flagged:
        return "No ward is flagged."
    if not without:
        return "Something runs in every flagged ward."
    return f"In {without} of {counted(flagged, 'flagged ward')} nothing is known to be provided."


def _table(facts: PackFacts, *, provision: ReleasedProvision) -> Table:
    yearly = provision.costs_are_yearly
    return Table(
        caption="The flagged wards, and what is provided in each",
        columns=(
            Column("No.", number=True, share=0.35),
            Column("Ward", share=1.2),
            Column("What runs", share=3.0),
            Column("Ended last, planned", share=1.8),
        ),
        rows=tuple(
            (
                facts.numbers[one.code],
                one.name,
                " ".join(
                    thing_words(thing, provision.day, yearly=yearly) for thing in provision.of(one.code, Status.RUNNING)
                )
                or "nothing known",
                before_and_after(provision, one.code).strip() or "nothing known",
            )
            for one in facts.flagged
        ),
        note="The order is that of the table of flagged wards.",
    )


def _others(facts: PackFacts, codes: Sequence[str], *, provision: ReleasedProvision) -> str:
    names = facts.area.released.names
    told = [f"{names[code]} ({kinds_in_words(provision.of(code, Status.RUNNING))})" for code in codes[:_NAMED]]
    more = [f"{len(codes) - _NAMED} more"] if len(codes) > _NAMED else []
    return f"{counted(len(codes), 'ward').capitalize()}: {listed([*told, *more])}." if told else "None."
