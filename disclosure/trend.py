"""Counts and rates of every ward year by year, as one audience may have them."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.counting import MEASURES, EventTables
from analysis.question import Question
from analysis.rates import PER_PEOPLE
from analysis.trend import ward_trend
from analysis.windows import QUARTERS_A_YEAR, Window
from data.settings import Disclosure
from disclosure.cells import CellTables
from disclosure.suppression import ANY_NUMBER, is_as_usual, round_counts, say_ranges
from disclosure.telling import windows_told


def exact_trend(tables: EventTables, *, question: Question) -> pd.DataFrame:
    """Give the trend of every ward in years that end with each quarter, with exact counts.

    Returns
    -------
    DataFrame
        `ward_code`, `measure`, `quarter` (the last of the year), `count` (text), `rate` (a year per 10,000; missing where
        the count is not told), `rate_up_to` (what a rate that is not told cannot exceed; missing elsewhere) and `area_rate`
        (missing where the area's count is not given).
    """
    trend = ward_trend(tables, question=question)
    shown = trend[["ward_code", "measure", "quarter", "area_rate"]].copy()
    return shown.assign(count=[f"{n:,}" for n in trend["count"]], rate=trend["rate"], rate_up_to=np.nan)


def coarse_trend(cells: CellTables, *, question: Question, rule: Disclosure) -> pd.DataFrame:
    """Give the same from what may be known of the counts, in the years that are told."""
    years = windows_told(cells.covered, lengths=(QUARTERS_A_YEAR,), step=rule.window_step)
    people = (cells.wards["residents"], cells.wards[question.denominator])
    pieces = [
        _year(cells, year=year, measure=measure, people=of_measure.to_numpy(dtype=float), rule=rule)
        for measure, of_measure in enumerate(people)
        for year in years
    ]
    columns = ["ward_code", "measure", "quarter", "area_rate", "count", "rate", "rate_up_to"]
    if not pieces:
        return pd.DataFrame(columns=columns)
    return pd.concat(pieces, ignore_index=True).sort_values(
        ["measure", "ward_code", "quarter"], ascending=[False, True, True], ignore_index=True
    )[columns]


def _year(
    cells: CellTables, *, year: Window, measure: int, people: NDArray[np.float64], rule: Disclosure
) -> pd.DataFrame:
    ranges, total = cells.ranges(year)[measure], cells.totals(year)[measure]
    per_event = PER_PEOPLE / np.where(people > 0, people, np.nan)
    told = ~ranges.hidden(rule=rule) & is_as_usual(ranges, rule=rule)
    most = np.where(ranges.most < ANY_NUMBER, ranges.most, np.nan)
    known = people[people > 0].sum()
    return pd.DataFrame(
        {
            "ward_code": cells.wards["ward_code"].to_numpy(),
            "measure": MEASURES[measure],
            "quarter": year.last,
            "area_rate": np.nan if total is None or not known else round(PER_PEOPLE * total / known, 1),
            "count": say_ranges(ranges, rule=rule),
            "rate": np.where(told, np.round(per_event * round_counts(ranges.least, rule=rule), 1), np.nan),
            "rate_up_to": np.where(told, np.nan, np.round(per_event * most, 1)),
        }
    )
