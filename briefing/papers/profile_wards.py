"""The wards by class, year by year: how many, and each one that was high on both in any of these years."""

from collections.abc import Mapping, Sequence

from briefing.papers.paper import Block, Column, Table
from briefing.papers.period_words import marked, note_of_breaks, short_period
from briefing.papers.profile_change import Row, ward_named
from briefing.papers.profile_facts import ProfileFacts
from disclosure.few_counts import NEITHER_IS_NOT_LOW
from disclosure.gate import Released
from disclosure.palette import CLASSES_OF_OVERLAP
from disclosure.wording import say_expected

HIGH, UNCERTAIN = "high on both", "too uncertain to say"
_WRONG = "Of those high on both, likely to be wrong"


def ward_blocks(facts: ProfileFacts) -> list[Block]:
    """Write both tables."""
    numbers = numbers_of(facts)
    return [_by_class(facts, none=not numbers), *([_ever_high(facts, numbers)] if numbers else [])]


def numbers_of(facts: ProfileFacts) -> Mapping[str, str]:
    """Number the wards that were high on both in any period, by district and name: for the table and the map."""
    every = {code: row for one in facts.periods for code, row in _rows(one).items() if bool(row["flagged"])}
    found = sorted(every, key=lambda code: (str(every[code]["district"]), str(every[code]["ward_name"]), code))
    return {code: f"{place}" for place, code in enumerate(found, start=1)}


def say_wrong(released: Released) -> str:
    """Say how many of the wards that are high on both are likely to be named so wrongly."""
    if not len(released.flagged):
        return "-"
    return say_expected(released.flags_expected_false)


def _by_class(facts: ProfileFacts, *, none: bool) -> Table:
    counts = [one.wards["class"].value_counts().to_dict() for one in facts.periods]
    classes = [name for name in CLASSES_OF_OVERLAP if name == HIGH or any(name in here for here in counts)]
    rows = [(name, *(f"{here.get(name, 0):,}" for here in counts)) for name in classes]
    wrong = (_WRONG, *(say_wrong(one) for one in facts.periods))
    threshold = facts.area.released.question.threshold
    return Table(
        caption="How many wards are of each class",
        columns=(Column("Class", share=2.0), *_heads(facts, number=True)),
        rows=(rows[0], wrong, *rows[1:]),
        note=_joined(
            f"No ward was {HIGH} in any of these periods." if none else "",
            f"High: more than {threshold:g} times what the whole area's rate would give. {UNCERTAIN.capitalize()}: the figures "
            f"are too small to name a ward as anything; it may be high on both or not. {NEITHER_IS_NOT_LOW}",
            note_of_breaks([one.window for one in facts.periods], facts.breaks),
        ),
    )


def _ever_high(facts: ProfileFacts, numbers: Mapping[str, str]) -> Table:
    by_period = [_rows(one) for one in facts.periods]
    rows = [
        (number, ward_named(by_period[-1][code]), *(_stood(rows[code]) for rows in by_period))
        for code, number in numbers.items()
    ]
    return Table(
        caption=f"Every ward that was {HIGH} in any of these periods",
        columns=(Column("No.", share=0.45), Column("Ward", share=1.9), *_heads(facts)),
        rows=tuple(rows),
        note=_joined(
            "By district and name: the order says nothing. The number is that on the map. In brackets how likely it is that "
            "both are truly high.",
            note_of_breaks([one.window for one in facts.periods], facts.breaks),
        ),
    )


def _stood(row: Row) -> str:
    name, certainty = str(row["class"]), str(row["certainty"])
    return f"{name} ({certainty})" if bool(row["flagged"]) and certainty else name


def _rows(released: Released) -> dict[str, Row]:
    return {str(row["ward_code"]): row for row in released.wards.to_dict("records")}


def _heads(facts: ProfileFacts, *, number: bool = False) -> Sequence[Column]:
    return [Column(marked(short_period(one.window), one.window, facts.breaks), number=number) for one in facts.periods]


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)
