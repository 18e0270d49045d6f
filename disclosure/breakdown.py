"""Counts by district and year, and by quarter and category: for audiences with exact values only.

Slices of a quarter and a category are small, and every audience without exact values could subtract them from each other.
"""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from analysis.counting import EventTables, events_asked_about
from analysis.question import Question
from analysis.windows import QUARTERS_A_YEAR
from disclosure.area_totals import yearly_totals

ALL = "all"
NOT_STATED = "not stated"
"""Stands for the category of a record that has none, where others have one."""
_KINDS = (("referrals", "concern", "category"), ("referrals", "sector", "sector"), ("incidents", "strand", "category"))
"""Measure, what its categories are called, and the column that holds them."""


@dataclass(frozen=True)
class ReleasedBreakdown:
    """Exact counts of the wards that the reader may see.

    `years` has a row a measure, year and district: `measure`, `quarter` (the last of the year; years that do not overlap,
    back from the newest quarter), `district`, `count` (int) and `rate` (a year per 10,000).
    `quarters` has a row a measure, kind of category, category and quarter: `measure`, `kind` (`all`, `concern`, `sector`
    or `strand`; none of which the data know nothing), `category`, `quarter` and `count` (int, 0 where there was none).
    """

    years: pd.DataFrame
    quarters: pd.DataFrame


def release_breakdown(tables: EventTables, *, question: Question, wards: Collection[str]) -> ReleasedBreakdown:
    """Count by district and year, and by quarter and category.

    Parameters
    ----------
    tables : EventTables
        Exact: that the audience may have them is for `disclosure.views` to see to.
    question : Question
        Of which the categories and the denominator matter, and that years end with its last quarter.
    wards : collection of str
        Codes of those that the reader may see.
    """
    return ReleasedBreakdown(
        years=_years(tables, question=question, wards=wards),
        quarters=_quarters(tables, question=question, wards=wards),
    )


def _years(tables: EventTables, *, question: Question, wards: Collection[str]) -> pd.DataFrame:
    every = yearly_totals(tables, question=question, wards=wards, by=["district"])
    last = question.last_quarter or tables.covered[-1]
    ends = [end for end in tables.covered[::-1] if end <= last][::QUARTERS_A_YEAR]
    return every[every["quarter"].isin(ends)].reset_index(drop=True)


def _quarters(tables: EventTables, *, question: Question, wards: Collection[str]) -> pd.DataFrame:
    events = events_asked_about(tables, question=question, quarters=tables.covered)
    mine = dict(zip(("referrals", "incidents"), (one[one["ward_code"].isin(wards)] for one in events), strict=True))
    whole = [
        _counted(one.assign(category=ALL), column="category", quarters=tables.covered).assign(measure=name, kind=ALL)
        for name, one in mine.items()
    ]
    parts = [
        _counted(mine[measure], column=column, quarters=tables.covered).assign(measure=measure, kind=kind)
        for measure, kind, column in _KINDS
        if mine[measure][column].notna().any()
    ]
    columns = ["measure", "kind", "category", "quarter", "count"]
    return pd.concat([*whole, *parts], ignore_index=True)[columns]


def _counted(events: pd.DataFrame, *, column: str, quarters: list[str]) -> pd.DataFrame:
    """Count events by what stands in a column, and by every quarter."""
    named = events.assign(category=events[column].fillna(NOT_STATED))
    names = sorted(set(named["category"]) - {NOT_STATED}) + [NOT_STATED] * (NOT_STATED in set(named["category"]))
    every = pd.MultiIndex.from_product([names, quarters], names=["category", "quarter"])
    return named.groupby(["category", "quarter"])["count"].sum().reindex(every, fill_value=0).reset_index()
