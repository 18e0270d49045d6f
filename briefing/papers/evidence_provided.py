"""What was agreed for the wards of a bid and what became of it, from the register of briefings.

Names of people, of councillors and of owners of actions stay in the register: an extract leaves the partnership.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from briefing.papers.paper import Block, Column, Paragraph, Table
from briefing.register import BriefingRegister
from briefing.register_records import ActionRecord, BriefingRecord
from briefing.ward_facts import WardFacts
from data.in_words import listed, say_day

NOTHING_KNOWN = "Nothing is known here of briefings on these wards, or of what was agreed in them."


def provided_blocks(chosen: Sequence[WardFacts], briefings: BriefingRegister | None, *, made_on: date) -> list[Block]:
    """Write which of the wards were briefed, what was agreed, and what became of it up to a day."""
    found = list(_briefed(chosen, briefings, made_on=made_on))
    if briefings is None or not found:
        return [Paragraph(NOTHING_KNOWN)]
    without = [one.name for one in chosen if one.code not in {record.basis.ward_code for record in found}]
    numbers = [f"{record.basis.ward_name} ({record.label}, {_issued(record)})" for record in found]
    said: list[Block] = [Paragraph(f"{listed(numbers)}.", lead="Briefings that stand")]
    if without:
        said.append(Paragraph(f"{listed(without)}.", lead="Without one"))
    actions = [(record, one) for record in found for one in briefings.actions(record.id)]
    if not actions:
        return [*said, Paragraph("No action was agreed in them.")]
    return [*said, _table(actions, made_on=made_on)]


def _briefed(
    chosen: Sequence[WardFacts], briefings: BriefingRegister | None, *, made_on: date
) -> Iterator[BriefingRecord]:
    """Give the briefings of each ward that stand and were issued by a day, the oldest first."""
    for one in chosen if briefings is not None else ():
        records = [record for record in briefings.history(one.code) if record.is_standing] if briefings else []
        issued = [record for record in records if record.issue and record.issue.issued_on <= made_on]
        yield from reversed(issued)


def _issued(record: BriefingRecord) -> str:
    return say_day(record.issue.issued_on) if record.issue else ""


def _table(actions: Sequence[tuple[BriefingRecord, ActionRecord]], *, made_on: date) -> Table:
    return Table(
        caption="What was agreed, and what became of it",
        columns=(
            Column("Ward", share=1.1),
            Column("Briefing", share=0.9),
            Column("What was agreed", share=2.0),
            Column("Until", share=0.9),
            Column("What became of it, in the officer's words", share=2.0),
        ),
        rows=tuple(
            (record.basis.ward_name, record.label, one.what, say_day(one.due), _outcome(one, made_on=made_on))
            for record, one in actions
        ),
    )


def _outcome(one: ActionRecord, *, made_on: date) -> str:
    if one.done_on is not None and one.done_on <= made_on:
        return f"Done on {say_day(one.done_on)}. {one.outcome}".rstrip()
    return "Not done, and overdue." if one.due < made_on else "Not done yet."
