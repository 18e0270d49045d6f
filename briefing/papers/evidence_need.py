"""The need as the figures have it, for the wards of a bid: each with the chance that it is wrong, and the whole area beside them.

Wards stand by district and name. They are never put in an order of need.
"""

from collections.abc import Sequence

from briefing.area_facts import AreaFacts
from briefing.papers.paper import Block, Column, Paragraph, Points, Table
from briefing.papers.period_words import short_period
from briefing.sentences import before_in_words, expected_wrong
from briefing.ward_facts import WardFacts, ward_facts
from data.in_words import listed
from disclosure.few_counts import NEITHER_IS_NOT_LOW
from disclosure.layers import NOT_MODELLED
from disclosure.palette import CLASSES_OF_OVERLAP
from disclosure.wording import PROBABILITY

HIGH, UNCERTAIN = "high on both", "too uncertain to say"
_NOTHING, _NOT_KNOWN = "no population is known", "not known"
_NOT_SAID = {
    UNCERTAIN: "The data cannot tell whether {wards} {are} high on both.",
    "referrals only": "In {wards}, referrals to Prevent are high for the area, and the incidents are not.",
    "incidents only": "In {wards}, the incidents are high for the area, and referrals to Prevent are not.",
    "neither": "In {wards}, neither measure is known to be high for the area. That does not mean that it is low.",
    NOT_MODELLED: "Nothing can be said of {wards}: no population is known.",
}
"""Of wards that are not flagged, by their class."""


def need_blocks(area: AreaFacts, chosen: Sequence[WardFacts]) -> list[Block]:
    """Write the need: how each ward stands, the whole area beside it, and how that changed."""
    return [
        Paragraph(_what_is_shown(area)),
        _standing(area, chosen),
        _whole_area(area, chosen),
        *_change(area, chosen),
    ]


def what_the_figures_say(area: AreaFacts, chosen: Sequence[WardFacts]) -> str:
    """Say in one or two sentences how the wards of a bid stand."""
    high = [one.name for one in chosen if one.flagged]
    both = f"referrals to Prevent and {area.incidents_in_words} are both high for the area"
    if len(chosen) == 1:
        return f"In {chosen[0].name}, {both}." if high else f"{chosen[0].name} is not named as a ward where {both}."
    if not high:
        return f"None of the {len(chosen)} wards chosen is named as one where {both}."
    if len(high) == len(chosen):
        return f"In all {len(chosen)} wards chosen, {both}."
    return f"In {len(high)} of the {len(chosen)} wards chosen, {both}: {listed(high)}."


def what_they_do_not_say(chosen: Sequence[WardFacts]) -> str:
    """Say which wards of a bid are not flagged, and what is known of them; empty where all are."""
    of_class: dict[str, list[str]] = {}
    for one in chosen:
        if not one.flagged:
            of_class.setdefault(one.overlap, []).append(one.name)
    return " ".join(
        said.format(wards=listed(of_class[name]), are="is" if len(of_class[name]) == 1 else "are")
        for name, said in _NOT_SAID.items()
        if name in of_class
    )


def scope(area: AreaFacts) -> str:
    """Say of which part of the area this reader may see wards."""
    districts = area.released.reader.districts
    return "the whole area" if districts is None else listed(districts)


def how_sure(area: AreaFacts) -> str:
    """Say how many of all wards are flagged, and how many of these flags are likely to be wrong."""
    flags, wards, where = len(area.released.flagged), len(area.released.wards), scope(area)
    if not flags:
        return f"None of the {wards:,} wards of {where} is named as high on both."
    start = f"In {where}, {flags:,} of {wards:,} wards {'is' if flags == 1 else 'are'} named in this way."
    if flags == 1:
        (only,) = area.released.flagged["ward_code"]
        return f"{start} The chance that this is wrong is {chance_wrong(area, ward_facts(area, str(only)))}."
    return f"{start} Of these {flags:,}, {expected_wrong(area)} likely to be wrong."


def chance_wrong(area: AreaFacts, facts: WardFacts) -> str:
    """Say how likely it is that a ward's class is wrong, as far as it is released.

    Of a flagged ward it is what is left of the band of its probability. Any other class is given where its probability reaches
    the certainty of the question, so that what is left of that is the most it can be.
    """
    if not facts.is_modelled:
        return _NOT_KNOWN
    if facts.flagged:
        return _left_of_band(facts.certainty_level)
    if facts.overlap == UNCERTAIN:
        return "cannot be told"
    return f"{_hundredths(1 - area.released.question.certainty)} in 100 at most"


def _left_of_band(level: int) -> str:
    bounds = (0.0, *PROBABILITY.edges, 1.0)
    low, high = 1 - bounds[level + 1], 1 - bounds[level]
    if level == len(PROBABILITY.names) - 1:
        return f"under {_hundredths(high)} in 100"
    if level == 0:
        return f"over {_hundredths(low)} in 100"
    return f"{_hundredths(low)} to {_hundredths(high)} in 100"


def _hundredths(share: float) -> str:
    return f"{100 * share:.0f}"


def _what_is_shown(area: AreaFacts) -> str:
    question = area.released.question
    workday = "" if question.denominator == "residents" else ", for incidents the people who are there on a workday"
    return (
        f"Each ward is compared with what the rate of the whole area would give for its residents{workday}. The figures are "
        f"those of {area.released.window.in_words()}. High means more than {question.threshold:g} times that. Wards stand by "
        "district and name: their order says nothing."
    )


def _standing(area: AreaFacts, chosen: Sequence[WardFacts]) -> Table:
    rows = tuple(
        (
            f"{one.name} ({one.district})",
            _said(one.overlap),
            chance_wrong(area, one),
            one.certainty or _NOT_KNOWN,
            _band(one.referrals_band),
            _band(one.incidents_band),
        )
        for one in chosen
    )
    return Table(
        caption="How each ward that was chosen stands",
        columns=(
            Column("Ward", share=1.5),
            Column("Named as"),
            Column("Chance that this is wrong"),
            Column("Both truly high?"),
            Column("Referrals to Prevent", share=1.2),
            Column(area.incidents_in_words.capitalize(), share=1.2),
        ),
        rows=rows,
        note=f"{UNCERTAIN.capitalize()}: the figures are too small to name this ward as anything. It may be high on both or not. "
        f"{NEITHER_IS_NOT_LOW}",
    )


def _said(name: str) -> str:
    return _NOTHING if name == NOT_MODELLED else name


def _band(band: str) -> str:
    return band if band and band != "nan" else _NOT_KNOWN


def _whole_area(area: AreaFacts, chosen: Sequence[WardFacts]) -> Table:
    everywhere = area.released.wards["class"].value_counts().to_dict()
    here = [one.overlap for one in chosen]
    rows = tuple(
        (_said(name), f"{everywhere.get(name, 0):,}", f"{here.count(name):,}")
        for name in CLASSES_OF_OVERLAP
        if everywhere.get(name, 0)
    )
    total = ("all wards", f"{len(area.released.wards):,}", f"{len(chosen):,}")
    return Table(
        caption=f"All wards of {scope(area)} beside them",
        columns=(
            Column("Named as", share=2.0),
            Column("All wards", number=True),
            Column("Wards chosen", number=True),
        ),
        rows=(*rows, total),
        note=how_sure(area),
    )


def _change(area: AreaFacts, chosen: Sequence[WardFacts]) -> list[Block]:
    years = area.years
    if not years and area.changes is None:
        return [Paragraph("There is no earlier time to compare with.", lead="Change")]
    columns = [Column("Ward", share=1.4), *(Column(short_period(one.window), share=1.0) for one in years)]
    rows = [[f"{one.name} ({one.district})", *(_said(year.overlap) for year in one.years)] for one in chosen]
    if area.changes is not None:
        columns.append(Column(f"Since {before_in_words(area.changes.now.quarters)}", share=1.6))
        rows = [[*row, _said(one.change or "")] for row, one in zip(rows, chosen, strict=True)]
    said: list[Block] = [
        Table(
            caption="How each ward was named year by year, and what changed",
            columns=tuple(columns),
            rows=tuple(map(tuple, rows)),
            note=_note_on_change(area),
        )
    ]
    if area.changes is not None and area.changes.cautions:
        said.append(Points(tuple(area.changes.cautions)))
    return said


def _note_on_change(area: AreaFacts) -> str:
    if area.changes is None:
        return f"What changed since cannot be told: {(area.why_no_changes or '').rstrip('.')}."
    most = _hundredths(1 - area.changes.question.certainty)
    return (
        f"A change is named where the chance that it is wrong is {most} in 100 at most. It is judged from both times together, "
        "so that it can differ from what is said of each year."
    )
