"""Plain sentences for the steering group's pack, by rules: short words and short sentences, nothing that the facts do not say.

A test measures how easily they read, as for the briefings (`briefing.sentences`).
"""

from collections import Counter
from datetime import date, timedelta

from briefing.follow_up import CLEARED, EASING, NEW, PERSISTENT, kind_of
from briefing.papers.evidence_need import chance_wrong
from briefing.papers.paper import Box, Paragraph
from briefing.papers.steering_facts import PackFacts
from briefing.sentences import age_of_figures, before_in_words, expected_wrong, limits, placed_in_words
from data.in_words import listed, say_day
from data.quarters import last_finished_quarter, parse_quarter

UNCERTAIN = "too uncertain to say"
KINDS = (NEW, PERSISTENT, EASING, CLEARED)
_READY_AFTER = timedelta(weeks=6)
"""After the end of a quarter its figures can be had."""
_MOST_NAMED = 5
"""Wards named in the bottom line; more are counted, and the table has their names."""


def bottom_line(facts: PackFacts) -> Box:
    """Say what, how sure, what changed, and what is asked of the group."""
    old = " ".join(one for one in (age_of_figures(facts.area, on=facts.meets_on), _newer_by_then(facts)) if one)
    return Box(
        (
            Paragraph(_what(facts), lead="What"),
            Paragraph(_how_sure(facts), lead="How sure"),
            Paragraph(_changed(facts), lead="What changed"),
            Paragraph(_asked(facts), lead="What we ask"),
            *((Paragraph(old, lead="How old"),) if old else ()),
        )
    )


def newer_by(meeting: date, *, last: str) -> str:
    """Say which figures there are going to be by a meeting, where those at hand, to `last`, are not the newest then."""
    newest = last_finished_quarter(meeting - _READY_AFTER)
    if newest <= last:
        return ""
    return f"By the meeting there should be figures to {_end_of(newest)}. These end in {_end_of(last)}."


def about_the_paper(facts: PackFacts) -> tuple[tuple[str, str], ...]:
    """Say whom a paper of the group is for, of which districts, and when it was made."""
    told = (
        ("For", "the Prevent steering group"),
        ("Districts", ", ".join(facts.area.released.reader.districts or ())),
        ("Made on", say_day(facts.made_on)),
    )
    return tuple((name, text) for name, text in told if text)


def counted(count: int, noun: str) -> str:
    """Write how many there are of something, e.g. `3 wards`, `1 ward`, `no ward`."""
    return f"{count:,} {noun}s" if count > 1 else f"{'1' if count else 'no'} {noun}"


def change_counts(facts: PackFacts) -> dict[str, int]:
    """How many wards are new, persistent, easing and cleared; empty where no comparison is possible."""
    if facts.area.changes is None:
        return {}
    found = Counter(kind_of(str(one)) for one in facts.area.changes.wards["change"])
    return {kind: found[kind] for kind in KINDS}


def no_comparison(facts: PackFacts) -> str:
    """Say that nothing can be said of a change, and why."""
    return f"No earlier time can be compared. {facts.area.why_no_changes or ''}".strip()


def before(facts: PackFacts) -> str:
    """Say with what a comparison is made, e.g. `the year before`."""
    return before_in_words(facts.area.released.window.quarters)


def uncertain_wards(facts: PackFacts) -> str:
    """Say of how many wards nothing can be said, by district: one sentence."""
    rows = [row for row in facts.area.rows[-1].values() if row["class"] == UNCERTAIN]
    if not rows:
        return "There is no ward of which the figures are too small to say."
    where = Counter(str(row["district"]) for row in rows)
    districts = listed([f"{count} in {district}" for district, count in sorted(where.items())])
    are = "figures of 1 ward are" if len(rows) == 1 else f"figures of {len(rows):,} wards are"
    return f"The {are} too small to say if both are high: {districts}."


def pack_limits(facts: PackFacts) -> tuple[str, ...]:
    """Say what the figures are, how good they are, and what they cannot tell."""
    released = facts.area.released
    said = [
        *limits(facts.area),
        "A high number of referrals can mean that a school is alert. It does not mean that people there are a risk.",
        "A ward that is not flagged may still be high on both.",
    ]
    if released.no_denominator:
        # listed by name: there are few, and each can be put right
        said.append(f"Nothing is said of {listed(released.no_denominator)}, as no population is known.")
    return tuple(dict.fromkeys(said))


def basis(facts: PackFacts) -> str:
    """Say what stands beside every finding: the time, for how many people, and how many records had no place."""
    released = facts.area.released
    people = (
        "its residents"
        if released.question.denominator == "residents"
        else "its residents, and the people at work there for incidents"
    )
    return (
        f"Figures for {released.window.in_words()}. A ward is set against the rate of the whole area, for {people}. "
        f"{placed_in_words(facts.area.placed)}"
    )


def _newer_by_then(facts: PackFacts) -> str:
    return newer_by(facts.meeting, last=facts.area.released.window.last) if facts.meeting else ""


def _end_of(quarter: str) -> str:
    return f"{parse_quarter(quarter).end_time:%B %Y}"


def _what(facts: PackFacts) -> str:
    both = f"referrals to Prevent and {facts.area.incidents_in_words}"
    wards, flags = len(facts.area.released.wards), len(facts.flagged)
    if not flags:
        return f"No ward is named as high on both {both}."
    said = f"In {flags:,} of {counted(wards, 'ward')}, {both} were both high for the area."
    if flags > _MOST_NAMED:
        return f"{said} We call these wards flagged."
    named = listed([one.name for one in facts.flagged])
    return f"{said} {'It is' if flags == 1 else 'They are'} {named}. We call {'it' if flags == 1 else 'them'} flagged."


def _how_sure(facts: PackFacts) -> str:
    flags = len(facts.flagged)
    unsure = sum(row["class"] == UNCERTAIN for row in facts.area.rows[-1].values())
    others = counted(unsure, "other ward" if flags else "ward")
    rest = f"In {others} the figures are too small to say." if unsure else ""
    if not flags:
        return f"This does not mean that there is none. {rest}".strip()
    if flags == 1:
        return f"The chance that this is wrong is {chance_wrong(facts.area, facts.flagged[0])}. {rest}".strip()
    return f"Of these {flags:,} wards, {expected_wrong(facts.area)} likely to be wrong. {rest}".strip()


def _changed(facts: PackFacts) -> str:
    counts = change_counts(facts)
    if not counts or facts.area.changes is None:
        return no_comparison(facts)
    told = listed([f"{count:,} {kind}" for kind, count in counts.items()])
    unsure = sum(not kind_of(one.change) for one in facts.flagged)
    told += f". For {counted(unsure, 'flagged ward')} we cannot tell" if unsure else ""
    care = " The way of counting changed in between, so take care." if facts.area.changes.cautions else ""
    return f"Set against {before(facts)}: {told}.{care}"


def _asked(facts: PackFacts) -> str:
    said = []
    if facts.flagged:
        said.append("Please look at each flagged ward. Decide what to do, who does it, and by when.")
    late = len(facts.overdue)
    if late:
        said.append(f"{counted(late, 'decision').capitalize()} {'is' if late == 1 else 'are'} overdue. Please say what became of "
                    f"{'it' if late == 1 else 'them'}.")  # fmt: skip
    late = len(facts.late_actions)
    if late:
        said.append(
            f"{counted(late, 'action').capitalize()} from briefings {'is' if late == 1 else 'are'} overdue too."
        )
    return " ".join(said) or "We ask for no decision on a ward today."
