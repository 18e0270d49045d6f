"""Counts and rates of every ward over time, in windows that end quarter by quarter."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.counting import MEASURES, EventTables, events_asked_about
from analysis.question import Question
from analysis.rates import crude_rates
from analysis.windows import QUARTERS_A_YEAR, count_by_ward_and_quarter


def ward_trend(tables: EventTables, *, question: Question, step: int = 1) -> pd.DataFrame:
    """Count and rate of each ward and measure in each year (four quarters) that ends with a quarter of the data.

    Parameters
    ----------
    tables, question
        As for `study_overlap`; only the categories and the denominator of the question matter.
    step : int
        Quarters between the ends of two windows, counted back from the last quarter: 1 gives a rolling year, 4 gives
        years that do not overlap.

    Returns
    -------
    DataFrame
        `ward_code`, `measure`, `quarter` (the last of the window), `count` (int), `people` (float), `rate` (a year per
        10,000; missing without a denominator), `area_rate` (the same for the whole area).
    """
    covered = tables.covered
    ends = covered[::-1][: max(len(covered) - QUARTERS_A_YEAR + 1, 0) : step][::-1]
    codes = pd.Index(tables.wards["ward_code"])
    events = events_asked_about(tables, question=question, quarters=covered)
    pieces = [
        _measure_trend(
            of_measure, measure=measure, codes=codes, people=people.to_numpy(dtype=float), covered=covered, ends=ends
        )
        for of_measure, measure, people in zip(
            events, MEASURES, (tables.wards["residents"], tables.wards[question.denominator]), strict=True
        )
    ]
    return pd.concat(pieces, ignore_index=True)


def _measure_trend(
    events: pd.DataFrame,
    *,
    measure: str,
    codes: pd.Index,
    people: NDArray[np.float64],
    covered: list[str],
    ends: list[str],
) -> pd.DataFrame:
    by_quarter = count_by_ward_and_quarter(events, ward_codes=codes, quarters=covered)
    running = np.cumsum(np.pad(by_quarter, ((0, 0), (1, 0))), axis=1)
    stops = [covered.index(end) + 1 for end in ends]
    counts = running[:, stops] - running[:, [stop - QUARTERS_A_YEAR for stop in stops]]
    known = people > 0
    area = crude_rates(counts[known].sum(axis=0), denominator=np.array(people[known].sum()), years=1.0)
    rates = crude_rates(counts, denominator=people[:, None], years=1.0)
    n = len(codes)
    return pd.DataFrame(
        {
            "ward_code": np.repeat(codes.to_numpy(), len(ends)),
            "measure": measure,
            "quarter": np.tile(np.array(ends, dtype=object), n),
            "count": counts.ravel(),
            "people": np.repeat(people, len(ends)),
            "rate": rates.ravel(),
            "area_rate": np.tile(area, n),
        }
    ).astype({"quarter": "str"})
