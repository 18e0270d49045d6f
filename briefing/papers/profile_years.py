"""Each year's counts: of the whole area, and of its districts or of areas of wards, as the audience may have them."""

import math
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from briefing.papers.paper import Block, Column, Paragraph, Points, Table
from briefing.papers.period_words import marked, note_of_breaks, short_period
from briefing.papers.profile_facts import ProfileFacts
from disclosure.permitted import Window
from disclosure.suppression import WITHHELD
from disclosure.ward_areas import ReleasedAreas

Row = Mapping[Hashable, Any]
PER = 10_000
MEASURES = ("referrals", "incidents")
_ELSEWHERE = "other areas"
"""Where the wards of an area were put together otherwise in a year."""


def year_blocks(facts: ProfileFacts) -> list[Block]:
    """Write the yearly tables."""
    windows = [one.window for one in facts.area.years]
    if not windows:
        return [Paragraph("The data hold no whole year that may be shown.")]
    whole = totals_table(facts, windows, caption=f"{whole_in_words(facts)}, year by year")
    return [whole, *(_areas(facts) if facts.breakdown is None else _districts(facts))]


def measure_words(facts: ProfileFacts, measure: str) -> str:
    """Give what a measure is called in a heading."""
    return "Referrals to Prevent" if measure == "referrals" else facts.area.incidents_in_words.capitalize()


def denominator_note(facts: ProfileFacts) -> str:
    """Say what rates are divided by."""
    if facts.area.released.question.denominator == "residents":
        return f"Rates are a year per {PER:,} residents."
    incidents = facts.area.incidents_in_words
    return f"Rates are a year: referrals per {PER:,} residents, {incidents} per {PER:,} people there on a workday."


def totals_table(facts: ProfileFacts, windows: list[Window], *, caption: str, note: str = "") -> Table:
    """Set the whole area's counts and rates, a row a window, of those that `ProfileFacts.totals` has."""
    totals = {(row["measure"], row["quarter"]): row for row in facts.totals.to_dict("records")}
    rows = [
        (
            short_period(window),
            *(
                text
                for measure in MEASURES
                for text in _count_and_rate(totals.get((measure, window.last)), window, facts=facts, measure=measure)
            ),
        )
        for window in windows
    ]
    heads = [(f"{measure_words(facts, one)}", f"Rate per {PER:,}") for one in MEASURES]
    return Table(
        caption=caption,
        columns=(
            Column("Period", share=1.6),
            *(Column(name, number=True) for pair in heads for name in pair),
        ),
        rows=tuple(rows),
        note=_joined([denominator_note(facts), note, note_of_breaks(windows, facts.breaks)]),
    )


def _count_and_rate(row: Row | None, window: Window, *, facts: ProfileFacts, measure: str) -> tuple[str, str]:
    if row is None:
        return WITHHELD, WITHHELD
    return marked(str(row["count"]), window, facts.breaks, measure=measure), say_rate(float(row["rate"]))


def say_rate(rate: float) -> str:
    """Write a rate with one decimal."""
    return WITHHELD if math.isnan(rate) else f"{rate:.1f}"


def whole_in_words(facts: ProfileFacts) -> str:
    """Say of which wards totals are: rounded ones are always of the whole area."""
    if facts.districts is None or not facts.exact:
        return "The whole area"
    return f"The wards of {', '.join(facts.districts)}"


def _districts(facts: ProfileFacts) -> list[Block]:
    assert facts.breakdown is not None
    years = facts.breakdown.years
    return [
        _by_place(
            facts,
            places=[(name, "") for name in sorted(years["district"].unique())],
            cells={
                (str(row["district"]), str(row["quarter"])): f"{row['count']:,} ({say_rate(float(row['rate']))})"
                for row in years[years["measure"] == measure].to_dict("records")
            },
            measure=measure,
            what="District",
        )
        for measure in MEASURES
    ]


def _areas(facts: ProfileFacts) -> list[Block]:
    """Set areas of wards in the place of districts: the totals of districts are not released beside those of areas."""
    made = [one for one in facts.areas if not one.table.empty]
    why = Paragraph(
        "Counts by district are not given to this audience beside those of wards, since small counts could follow from them. "
        "Whoever holds the files has them. Areas of whole wards stand in their place, most of them a district or a part of one.",
        lead="By area",
    )
    if not made:
        return [why, Points(tuple(dict.fromkeys(said for one in facts.areas for said in one.statements)))]
    tables = [_area_table(facts, made, measure=measure) for measure in MEASURES]
    return [why, *tables, Points(made[-1].statements)]


def _area_table(facts: ProfileFacts, made: list[ReleasedAreas], *, measure: str) -> Table:
    every = pd.concat([one.table for one in made]).drop_duplicates("area_code").sort_values(["area_name", "area_code"])
    cells = {
        (str(row["area_code"]), one.window.last): _area_cell(row[f"count_{measure}"], float(row[f"rate_{measure}"]))
        for one in made
        for row in one.table.to_dict("records")
    }
    places = [(str(code), str(name)) for code, name in zip(every["area_code"], every["area_name"], strict=True)]
    return _by_place(facts, places=places, cells=cells, measure=measure, what="Area of wards")


def _area_cell(count: object, rate: float) -> str:
    return str(count) if math.isnan(rate) else f"{count} ({say_rate(rate)})"


def _by_place(
    facts: ProfileFacts,
    *,
    places: list[tuple[str, str]],
    cells: dict[tuple[str, str], str],
    measure: str,
    what: str,
) -> Table:
    """Set a row a place (its key, and its name where that is another), a column a year; count and rate in a cell."""
    windows = [one.window for one in facts.area.years]
    heads = [marked(short_period(one), one, facts.breaks, measure=measure) for one in windows]
    missing = _ELSEWHERE if what != "District" else "0"
    rows = [(name or key, *(cells.get((key, one.last), missing) for one in windows)) for key, name in places]
    apart = (
        f"“{_ELSEWHERE}”: the same wards were put together otherwise in that year." if _holds(rows, _ELSEWHERE) else ""
    )
    within = [one for one in windows if marked("", one, facts.breaks, measure=measure)]
    return Table(
        caption=f"{measure_words(facts, measure)} by {what.lower()}: count, and rate a year per {PER:,} in brackets",
        columns=(Column(what, share=2.2), *(Column(head, number=True) for head in heads)),
        rows=tuple(rows),
        note=_joined(["In the order of their names.", apart, note_of_breaks(within, facts.breaks)]),
    )


def _holds(rows: Iterable[tuple[str, ...]], text: str) -> bool:
    return any(text in row for row in rows)


def _joined(sentences: list[str]) -> str:
    return " ".join(one for one in sentences if one)
