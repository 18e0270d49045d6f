"""The overview of the steering group's pack: the map of the whole area, the flagged wards in a table, and what changed."""

from collections.abc import Iterator, Sequence

from briefing.follow_up import follow_up, high_but_not_flagged, kind_of
from briefing.papers.area_map import area_map_figure
from briefing.papers.evidence_need import chance_wrong
from briefing.papers.paper import Block, Column, Paragraph, Picture, Points, Table
from briefing.papers.steering_facts import PackFacts
from briefing.papers.steering_words import KINDS, UNCERTAIN, basis, before, change_counts, counted, no_comparison
from briefing.trend_figure import short_band
from briefing.ward_facts import WardFacts, surest_first, ward_facts
from data.in_words import listed
from disclosure.changes import FROM_BOTH_WINDOWS
from disclosure.few_counts import change_in_words, neither_in_words
from disclosure.palette import CLASSES_OF_OVERLAP, style_of_class
from disclosure.wording import COARSE_RISK, say_in_hundred

_MAP_HEIGHT = 112.0
"""Millimetres at most."""


def overview_blocks(facts: PackFacts) -> list[Block]:
    """Show where both are high: the map with numbers, and the table that they belong to."""
    table = (_flagged_table(facts),) if facts.flagged else ()
    neither = neither_in_words(facts.area.released)
    explained = (Paragraph(" ".join(neither), quiet=True),) if neither else ()
    return [_map(facts), *explained, *table, Paragraph(basis(facts), quiet=True)]


def change_blocks(facts: PackFacts) -> list[Block]:
    """Say what changed since the window before, ward by ward, with how sure that is and what to be careful of."""
    changes = facts.area.changes
    if changes is None:
        return [Paragraph(no_comparison(facts))]
    named = _changed_wards(facts)
    said: list[Block] = [Paragraph(_change_sentence(facts, named))]
    if named:
        said.append(_change_table(facts, named))
    if changes.cautions:
        said += [
            Paragraph("The way of counting changed between the two times.", lead="Take care"),
            Points(changes.cautions),
        ]
    return [*said, Paragraph(f"{change_in_words(facts.area.released)} {FROM_BOTH_WINDOWS}", quiet=True)]


def _map(facts: PackFacts) -> Picture:
    ground, numbers = facts.ground, facts.numbers
    classes = [name for name in CLASSES_OF_OVERLAP if name in set(ground.classes.values())]
    counts = {name: list(ground.classes.values()).count(name) for name in classes}
    figure = area_map_figure(
        ground.outlines,
        styles={code: style_of_class(name, dark=False) for code, name in ground.classes.items()},
        key=[(f"{name}: {counted(counts[name], 'ward')}", style_of_class(name, dark=False)) for name in classes],
        alt=f"Map of {ground.partnership}. {_map_in_words(facts, counts)}",
        labels=numbers,
        borders=ground.borders,
        height_mm=_MAP_HEIGHT,
    )
    told = (
        "The numbers are those of the table that follows, and of the part on each ward. A line leads to a ward that is too small "
        "for its number."
        if numbers
        else "No ward has a number, as none is flagged."
    )
    return Picture((figure,), told)


def _map_in_words(facts: PackFacts, counts: dict[str, int]) -> str:
    told = [f"{name}: {counted(count, 'ward')}" for name, count in counts.items()]
    numbered = [f"{facts.numbers[one.code]} {one.name}, {one.district}" for one in facts.flagged]
    return f"{'; '.join(told)}. " + (f"Flagged: {'; '.join(numbered)}." if numbered else "No ward is flagged.")


def _flagged_table(facts: PackFacts) -> Table:
    return Table(
        caption="The flagged wards, the surest first, then by name",
        columns=(
            Column("No.", number=True, share=0.4),
            Column("Ward", share=1.4),
            Column("District", share=1.1),
            Column("How sure", share=0.9),
            Column("Chance it is wrong", share=1.05),
            Column("Change", share=1.1),
            Column("Referrals, count", share=0.9),
            Column(f"{_incidents(facts)}, count", share=1.1),
            Column("Briefed", share=0.9 if _any_briefed(facts) else 0.6),
        ),
        rows=tuple(_flagged_row(facts, one) for one in facts.flagged),
        note=(
            "How sure it is that both are high, and the chance that it is wrong, are of each ward by itself. Among wards "
            "that are as sure, the order says nothing. Counts are rounded, and small ones stand as a range. Against the rate of "
            f"the area: {'; '.join(COARSE_RISK.names)} times."
        ),
    )


def _flagged_row(facts: PackFacts, ward: WardFacts) -> tuple[str, ...]:
    row = facts.area.rows[-1][ward.code]
    return (
        facts.numbers[ward.code],
        ward.name,
        ward.district,
        ward.certainty,
        chance_wrong(facts.area, ward),
        _change_in_short(ward),
        f"{short_band(ward.referrals_band)}, {row['observed_referrals']}",
        f"{short_band(ward.incidents_band)}, {row['observed_incidents']}",
        follow_up(facts.last_briefed.get(ward.code), facts.area) or "never",
    )


def _change_in_short(ward: WardFacts) -> str:
    if ward.change is None:
        return "cannot be compared"
    return kind_of(ward.change) or ("cannot tell" if ward.change == UNCERTAIN else ward.change)


def _any_briefed(facts: PackFacts) -> bool:
    return any(one.code in facts.last_briefed for one in facts.flagged)


def _incidents(facts: PackFacts) -> str:
    return facts.area.incidents_in_words.capitalize()


def _changed_wards(facts: PackFacts) -> list[WardFacts]:
    """List the wards with a change to tell of: by kind, then the surest first."""
    wards = (ward_facts(facts.area, code) for code in facts.area.rows[-1])
    found = [one for one in wards if kind_of(one.change) in KINDS]
    return sorted(found, key=lambda one: (KINDS.index(kind_of(one.change)), *surest_first(one)))


def _change_sentence(facts: PackFacts, named: Sequence[WardFacts]) -> str:
    return " ".join(_change_sentences(facts, named))


def _change_sentences(facts: PackFacts, named: Sequence[WardFacts]) -> Iterator[str]:
    counts = change_counts(facts)
    yield f"Each ward is set against {before(facts)}: {listed([f'{count:,} {kind}' for kind, count in counts.items()])}."
    unsure = [one for one in facts.flagged if one.change == UNCERTAIN]
    if unsure:
        they = "it may be new, or not" if len(unsure) == 1 else "they may be new, or not"
        yield f"For {counted(len(unsure), 'flagged ward')} the data cannot tell: {they}."
    if less_sure := high_but_not_flagged(named):
        yield less_sure
    if not named:
        yield "This does not mean that nothing changed. No change is sure enough to name."


def _change_table(facts: PackFacts, named: Sequence[WardFacts]) -> Table:
    numbers = {code: f" (no. {number})" for code, number in facts.numbers.items()}
    most = 1 - facts.area.changes.question.certainty if facts.area.changes else 0.0
    return Table(
        caption="Wards that changed, or were high on both before as well",
        columns=(Column("Change", share=1.9), Column("Ward", share=1.8), Column("Both truly high now?", share=1.3)),
        rows=tuple(
            (str(one.change), f"{one.name}, {one.district}{numbers.get(one.code, '')}", one.certainty or "not known")
            for one in named
        ),
        note=f"A change is named only where the chance that it is wrong is {say_in_hundred(most)} or less.",
    )
