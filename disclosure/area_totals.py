"""Counts and rates of the whole area in years, as one audience may have them.

Nothing that `disclosure.gate` does not tell of each of these years: here they stand together, without a fit for each.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.counting import MEASURES, EventTables
from analysis.question import Question
from analysis.rates import PER_PEOPLE
from analysis.trend import ward_trend
from analysis.windows import QUARTERS_A_YEAR, Window
from data.settings import Disclosure
from disclosure.cells import CellTables
from disclosure.suppression import WITHHELD
from disclosure.telling import windows_told

COLUMNS = ("measure", "quarter", "count", "rate")


def exact_totals(tables: EventTables, *, question: Question, wards: Collection[str]) -> pd.DataFrame:
    """Sum the exact counts of some wards in years that end with each quarter.

    Parameters
    ----------
    tables, question
        As for `study_overlap`; only the categories and the denominator of the question matter.
    wards : collection of str
        Codes of those that the reader may see.

    Returns
    -------
    DataFrame
        `measure`, `quarter` (the last of the year), `count` (text) and `rate` (a year per 10,000, of the wards of which the
        denominator is known; missing where none is), by measure and quarter.
    """
    totals = yearly_totals(tables, question=question, wards=wards, by=[])
    return totals.assign(count=[f"{count:,}" for count in totals["count"]])[[*COLUMNS]]


def yearly_totals(tables: EventTables, *, question: Question, wards: Collection[str], by: list[str]) -> pd.DataFrame:
    """Sum exact counts in years by measure, quarter and columns of the wards.

    Parameters
    ----------
    by
        Columns of `tables.wards`: none for the whole area.

    Returns
    -------
    DataFrame
        `measure` (referrals first), `quarter`, those of `by`, `count` (int) and `rate`.
    """
    trend = ward_trend(tables, question=question)
    trend = trend[trend["ward_code"].isin(wards)]
    if by:
        trend = trend.merge(tables.wards[["ward_code", *by]], on="ward_code", validate="m:1")
    known = trend["people"] > 0
    trend = trend.assign(known=trend["count"].where(known, 0), people=trend["people"].where(known, 0.0))
    summed = trend.groupby(["measure", "quarter", *by], as_index=False)[["count", "known", "people"]].sum()
    rate = PER_PEOPLE * summed["known"] / summed["people"].where(summed["people"] > 0)
    return (
        summed.assign(rate=rate)
        .drop(columns=["known", "people"])
        .sort_values(["measure", "quarter", *by], ascending=[False, *[True] * (1 + len(by))], ignore_index=True)
    )


def coarse_totals(cells: CellTables, *, question: Question, rule: Disclosure) -> pd.DataFrame:
    """Give the same of all wards from totals as they may be shown, in the years that are told."""
    years = windows_told(cells.covered, lengths=(QUARTERS_A_YEAR,), step=rule.window_step)
    people = [float(cells.wards[one].fillna(0).sum()) for one in ("residents", question.denominator)]
    rows = [
        (name, year.last, *_told(cells, year=year, measure=measure, people=people[measure]))
        for measure, name in enumerate(MEASURES)
        for year in years
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS])


def _told(cells: CellTables, *, year: Window, measure: int, people: float) -> tuple[str, float]:
    total = cells.totals(year)[measure]
    if total is None:
        return WITHHELD, np.nan
    return f"{total:,}", round(PER_PEOPLE * total / people, 1) if people else np.nan
