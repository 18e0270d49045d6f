"""What was decided and whether it happened, what was briefed, and room for today's decisions, for the steering group's pack."""

from collections import Counter
from collections.abc import Sequence

from briefing.decisions import DecisionRecord, Outcome
from briefing.follow_up import follow_up
from briefing.papers.paper import Block, Column, Paragraph, Table
from briefing.papers.steering_facts import PackFacts
from briefing.papers.steering_words import counted
from briefing.register_records import BriefingRecord
from data.in_words import listed, say_day

_ROWS_TO_WRITE_ON = 6
_ROOM = 15.0
"""Millimetres of a row to write on."""
_DECIDED = (
    Column("Ward, or all", share=1.0),
    Column("Finding", share=1.7),
    Column("What is to be done", share=1.9),
    Column("Owner", share=1.0),
    Column("By when", share=0.8),
)


def decision_blocks(facts: PackFacts) -> list[Block]:
    """Say what was decided last time and whether it happened; what is overdue comes first, from whatever meeting."""
    return [Paragraph(_summary(facts)), *followed_up_table(facts)]


def briefing_blocks(facts: PackFacts) -> list[Block]:
    """Say which wards were briefed since the last meeting, and which actions of briefings are overdue."""
    return [*_briefed(facts), *_late_actions(facts)]


def room_to_decide(facts: PackFacts) -> list[Block]:
    """Give the decisions of the meeting that are in the register already, and rows to write others on."""
    asked = (
        "Write down what you found, what is to be done, who does it, and by when. Please name no person but the owner."
    )
    return [
        *decided_table(facts.of_today, caption="Decided already, and in the register"),
        Paragraph(asked),
        Table(
            caption="To be filled in at the meeting",
            columns=_DECIDED,
            rows=(("",) * len(_DECIDED),) * _ROWS_TO_WRITE_ON,
            row_height_mm=_ROOM,
        ),
    ]


def decided_table(found: Sequence[DecisionRecord], *, caption: str) -> list[Block]:
    """Give decisions as a table, as they were written down; nothing where there is none."""
    rows = tuple(
        (one.draft.about, one.draft.finding, one.draft.recommendation, one.draft.owner, say_day(one.draft.due))
        for one in found
    )
    return [Table(caption, _DECIDED, rows)] if rows else []


def followed_up_table(facts: PackFacts) -> list[Block]:
    """Give decisions of earlier meetings with what became of them; nothing where there is none to tell of."""
    if not facts.followed_up:
        return []
    return [
        Table(
            caption="What was decided, and what became of it",
            columns=(
                Column("What became of it", share=1.5),
                Column("About", share=1.1),
                Column("Finding", share=1.35),
                Column("Decision", share=1.6),
                Column("Owner", share=0.95),
                Column("Due", share=1.0),
            ),
            rows=tuple(_decision_row(facts, one) for one in facts.followed_up),
            note="Overdue ones come first, then those of the last meeting, then others that are open or ended since.",
        )
    ]


def _summary(facts: PackFacts) -> str:
    if facts.last_meeting is None:
        known = "No earlier meeting is known."
        return f"{known} {_nothing_before(facts)}" if not facts.followed_up else f"{known} {_overdue(facts)}".strip()
    last = [one for one in facts.decisions if one.draft.meeting == facts.last_meeting]
    met = f"The group last met on {say_day(facts.last_meeting)}."
    if not last:
        return f"{met} No decision of that day is in the register. {_overdue(facts)}".strip()
    counts = Counter(one.outcome for one in last)
    told = listed([f"{counts[one]:,} {one}" for one in (Outcome.DONE, Outcome.OPEN, Outcome.DROPPED) if counts[one]])
    return f"{met} {counted(len(last), 'decision').capitalize()} of that day: {told}. {_overdue(facts)}".strip()


def _nothing_before(facts: PackFacts) -> str:
    """Say that nothing was decided before; what is decided at this meeting stands elsewhere."""
    if not facts.of_today:
        return "No decision is in the register."
    return f"No earlier decision is in the register. Of this meeting there {_are(len(facts.of_today))}: see the last pages."


def _are(decisions: int) -> str:
    return f"{'is' if decisions == 1 else 'are'} {counted(decisions, 'decision')}"


def _overdue(facts: PackFacts) -> str:
    late = len(facts.overdue)
    if not late:
        return "None is overdue." if facts.followed_up else ""
    return f"{counted(late, 'decision').capitalize()} {'is' if late == 1 else 'are'} overdue."


def _decision_row(facts: PackFacts, record: DecisionRecord) -> tuple[str, ...]:
    draft = record.draft
    return (
        _became(facts, record),
        draft.about,
        draft.finding,
        f"{draft.recommendation} ({say_day(draft.meeting)})",
        draft.owner,
        say_day(draft.due),
    )


def _became(facts: PackFacts, record: DecisionRecord) -> str:
    note = f" {record.last.note}" if record.last else ""
    if record.is_overdue(facts.made_on):
        return f"OVERDUE.{note}"
    if record.outcome is Outcome.OPEN or record.last is None:
        return f"Open.{note}"
    return f"{record.outcome.capitalize()} on {say_day(record.last.on)}.{note}"


def _briefed(facts: PackFacts) -> list[Block]:
    since = f"the last meeting, on {say_day(facts.last_meeting)}" if facts.last_meeting else say_day(facts.since)
    if not facts.newly_briefed:
        return [Paragraph(f"No ward was briefed since {since}.")]
    rows = tuple(
        (
            one.issue.number,
            f"{one.basis.ward_name}, {one.basis.district}",
            say_day(one.issue.issued_on),
            _since_then(one, facts),
        )
        for one in facts.newly_briefed
        if one.issue
    )
    return [
        Table(
            caption=f"Briefings since {since}",
            columns=(
                Column("Number", share=1.1),
                Column("Ward", share=1.4),
                Column("Issued on", share=1.1),
                Column("How it stands", share=2.2),
            ),
            rows=rows,
        )
    ]


def _since_then(record: BriefingRecord, facts: PackFacts) -> str:
    _, _, since = follow_up(record, facts.area).partition("; ")
    return f"{since[:1].upper()}{since[1:]}"


def _late_actions(facts: PackFacts) -> list[Block]:
    if not facts.late_actions:
        return [Paragraph("No action from a briefing is overdue.")]
    return [
        Table(
            caption="Actions from briefings that are overdue",
            columns=(
                Column("Was due", share=1.1),
                Column("Ward", share=1.4),
                Column("Action", share=2.0),
                Column("Owner", share=1.1),
                Column("Briefing", share=1.1),
            ),
            rows=tuple(
                (say_day(one.due), f"{one.ward_name}, {one.district}", one.what, one.owner, one.number)
                for one in facts.late_actions
            ),
        )
    ]
