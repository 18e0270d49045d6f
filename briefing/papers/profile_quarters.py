"""Quarter by quarter: exact counts for those who may have them, years that end with each quarter for the others."""

import pandas as pd

from briefing.papers.paper import Block, Column, Paragraph, Table
from briefing.papers.period_words import marked, note_of_breaks
from briefing.papers.profile_facts import ProfileFacts
from briefing.papers.profile_years import MEASURES, measure_words, totals_table
from data.in_words import listed
from disclosure.breakdown import ALL, ReleasedBreakdown
from disclosure.permitted import Window

MOST = 12
"""Quarters of the whole area, back from the last of the refresh."""
BY_CATEGORY = 8
"""Quarters of each category: as many as a page is wide."""
_KINDS = {"concern": "type of concern", "sector": "sector that referred", "strand": "strand"}
_WHY_NOT = (
    "Counts of single quarters, and by type of concern, sector or strand, can be so small that they are about one person, or let "
    "such a count be worked out. This audience is not given them. Whoever holds the files has them; where the analyst may have "
    "exact counts, the analyst's version of this paper does as well."
)
_OVERLAP = "Each period shares quarters with the one before, so that a change of one quarter shows in all of those that hold it."


def quarter_blocks(facts: ProfileFacts) -> list[Block]:
    """Write the quarterly tables."""
    if facts.breakdown is None:
        return _rolling(facts)
    last = facts.area.released.window.last
    quarters = facts.breakdown.quarters[facts.breakdown.quarters["quarter"] <= last]
    shown = sorted(quarters["quarter"].unique())[-MOST:]
    return [
        Paragraph(
            "These are counts as they were recorded, as small as one. They are for whoever holds the files, and not to be passed "
            "on with the profile.",
            lead="For the analyst alone",
        ),
        _whole(facts, quarters, shown=shown),
        *_categories(facts, facts.breakdown, shown=shown[-BY_CATEGORY:]),
    ]


def _rolling(facts: ProfileFacts) -> list[Block]:
    ends = [end for end in sorted(facts.totals["quarter"].unique()) if end <= facts.area.released.window.last][-MOST:]
    why = Paragraph(_WHY_NOT, lead="Single quarters")
    if not ends:
        return [why]
    windows = [Window(end, 4) for end in ends]
    return [
        why,
        totals_table(facts, windows, caption="The whole area, in years that end with each quarter", note=_OVERLAP),
    ]


def _whole(facts: ProfileFacts, quarters: pd.DataFrame, *, shown: list[str]) -> Table:
    whole = quarters[quarters["kind"] == ALL].set_index(["measure", "quarter"])["count"].to_dict()
    rows = [
        (quarter, *(_cell(facts, whole[one, quarter], quarter=quarter, measure=one) for one in MEASURES))
        for quarter in shown
    ]
    return Table(
        caption="Counts by quarter",
        columns=(Column("Quarter"), *(Column(measure_words(facts, one), number=True) for one in MEASURES)),
        rows=tuple(rows),
        note=_joined(
            "2025/26 Q1 is April to June 2025.", note_of_breaks([Window(one, 1) for one in shown], facts.breaks)
        ),
    )


def _categories(facts: ProfileFacts, breakdown: ReleasedBreakdown, *, shown: list[str]) -> list[Table]:
    return [
        _category(facts, breakdown.quarters[breakdown.quarters["kind"] == kind], kind=kind, shown=shown)
        for kind in _KINDS
        if kind in set(breakdown.quarters["kind"])
    ]


def _category(facts: ProfileFacts, counts: pd.DataFrame, *, kind: str, shown: list[str]) -> Table:
    measure = str(counts["measure"].iloc[0])
    known = counts.set_index(["category", "quarter"])["count"].to_dict()
    by_name = {str(name): [int(known[name, one]) for one in shown] for name in counts["category"].drop_duplicates()}
    rows = [(name, *(f"{one:,}" for one in here), f"{sum(here):,}") for name, here in by_name.items() if any(here)]
    windows = [Window(one, 1) for one in shown]
    heads = [marked(one.last, one, facts.breaks, measure=measure) for one in windows]
    within = [one for one in windows if marked("", one, facts.breaks, measure=measure)]
    return Table(
        caption=f"{measure_words(facts, measure)} by {_KINDS[kind]}",
        columns=(Column(_KINDS[kind].capitalize(), share=2.4), *(Column(one, number=True) for one in [*heads, "All"])),
        rows=tuple(rows),
        note=_joined(
            _left_out([name for name, here in by_name.items() if not any(here)]), note_of_breaks(within, facts.breaks)
        ),
    )


def _left_out(names: list[str]) -> str:
    return f"Without a record in these quarters: {listed(names)}." if names else ""


def _cell(facts: ProfileFacts, count: int, *, quarter: str, measure: str) -> str:
    return marked(f"{count:,}", Window(quarter, 1), facts.breaks, measure=measure)


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)
