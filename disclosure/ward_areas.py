"""Contiguous wards put together into areas, as one audience may have them.

Audiences without exact values get other areas than the analyst: made by residents and district borders alone. The analyst's are
merged until none has too few events, so that where two were merged tells of counts that the others may not have.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.areas import NO_SIGNIFICANCE, Areas
from analysis.counting import MEASURES, EventTables
from analysis.question import Question
from analysis.rates import crude_rates
from analysis.windows import QUARTERS_A_YEAR, Window, choose_window
from data.settings import Disclosure
from disclosure.area_making import areas_by_counts, areas_by_residents, least_shown
from disclosure.cells import CellTables
from disclosure.group_totals import shown_totals
from disclosure.suppression import WITHHELD
from disclosure.wording import COARSE_RISK, RELATIVE_RISK, Bands

SINGLE_YEARS = "This audience has counts of single years only. Choose a length of 1 year."
RAW_RATES = (
    "Rates are of the counts as they are, without a model: chance alone moves a rate of ten events by half and more."
)
SEVERAL = 2
"""Wards that an area has at least for those who may have nothing by ward: an area of one is that ward."""
_BY_RESIDENTS = "No count was looked at in making them."
_NOT_GIVEN = "A count too small to be given, or from which such a count of a ward would follow, is not given."


@dataclass(frozen=True)
class ReleasedAreas:
    """What one audience may have of the areas of wards.

    `table` has a row an area, by name: `area_code`, `area_name`, `wards` (how many), `residents`; for each measure
    `count_` (a whole number where `exact`, else text), `rate_` (a year per 10,000), `times_` (rate over the whole area's;
    only where `exact`) and `level_` (a name of `levels`, or `not given`). Without `exact`, rates and levels follow from
    the counts as they are shown. It has no row where there are no areas: `statements` then say why.
    """

    exact: bool
    window: Window
    question: Question
    table: pd.DataFrame
    levels: tuple[str, ...]
    """Names of the bands of `level_`, from low to high; a last one, `not given`, where there is no number."""
    whole: dict[str, str]
    """Of each measure, the count and the rate of the whole area in words."""
    ward_area: "pd.Series[str]"
    """Area code by ward code, in map order."""
    statements: tuple[str, ...]
    """What these areas are and are not, one sentence or more each: to stand beside them."""


def release_ward_areas(
    tables: EventTables,
    *,
    question: Question,
    rule: Disclosure,
    cells: CellTables | None,
    counted: bool = True,
    single_wards: bool = True,
) -> ReleasedAreas:
    """Make areas of wards for a question, and release them.

    Parameters
    ----------
    cells : CellTables or None
        What an audience without exact values may know of the tables; none for one that may have them.
    counted : bool
        Whether counts and rates are given, of single years; else bands alone, of any window that is told.
    single_wards : bool
        Whether an area may be a single ward; else it has `SEVERAL` at least.

    Raises
    ------
    UsageError
        If the data do not cover the window.
    RefusedInputError
        If nobody is known to live in any ward.

    Notes
    -----
    Without `exact` a total tells nothing of a suppressed count of a ward: see
    `disclosure.group_totals.shown_totals`. Areas follow
    from residents and from the whole area's total as it is shown. Of each year there is one set of areas.
    """
    window = choose_window(tables.covered, quarters=question.quarters, last=question.last_quarter)
    counts = tables.counts(question, quarters=window.labels)
    exact = cells is None
    if cells is not None and counted and window.quarters != QUARTERS_A_YEAR:
        return _nothing(tables, question=question, window=window, because=SINGLE_YEARS)
    areas = (
        areas_by_counts(tables, counts=counts, rule=rule)
        if cells is None
        else areas_by_residents(
            tables, totals=cells.totals(window), rule=rule, least_wards=1 if single_wards else SEVERAL
        )
    )
    if areas is None or areas.table.empty:
        because = areas.statement if areas is not None and exact else _too_few(rule)
        return _nothing(tables, question=question, window=window, because=because, exact=exact)
    made = _Numbers(tables, question=question, window=window, counts=counts, areas=areas, rule=rule)
    if cells is None:
        return _exact_release(made)
    released = _coarse_release(made, cells=cells)
    return released if counted else _bands_alone(released)


@dataclass(frozen=True)
class _Numbers:
    """Exact counts and people, and how the wards are put together."""

    tables: EventTables
    question: Question
    window: Window
    counts: NDArray[np.int64]
    """(n, 2) by ward."""
    areas: Areas
    rule: Disclosure

    def rows(self) -> list[NDArray[np.intp]]:
        """Give the wards of each area, in the order of the table."""
        of_ward = self.areas.ward_area.to_numpy()
        return [np.flatnonzero(of_ward == code) for code in self.areas.table["area_code"]]

    def people(self, measure: str) -> NDArray[np.float64]:
        """(n,) people that a measure is divided by, 0 where not known."""
        named = "residents" if measure == "referrals" else self.question.denominator
        return np.asarray(self.tables.wards[named].fillna(0), dtype=np.float64)

    def rates(
        self, measure: str, *, count: NDArray[np.float64] | NDArray[np.int64], total: float
    ) -> tuple[NDArray[np.float64], float]:
        """Rate of each area and of the whole area, from counts as they are shown."""
        people = self.people(measure)
        inside = np.array([people[wards].sum() for wards in self.rows()])
        overall = crude_rates(np.array(total), denominator=people.sum(), years=self.window.years)
        return crude_rates(count, denominator=inside, years=self.window.years), float(overall)

    def common(self) -> pd.DataFrame:
        """Columns that everyone has."""
        return pd.DataFrame(self.areas.table[["area_code", "area_name", "wards", "residents"]]).reset_index(drop=True)


def _exact_release(made: _Numbers) -> ReleasedAreas:
    table, whole = made.common(), {}
    for column, measure in enumerate(MEASURES):
        count = np.array([made.counts[wards, column].sum() for wards in made.rows()])
        total = made.counts[:, column].sum()
        rate, overall = made.rates(measure, count=count, total=float(total))
        table[f"count_{measure}"], table[f"rate_{measure}"] = count, rate
        table[f"times_{measure}"] = rate / overall
        table[f"level_{measure}"] = RELATIVE_RISK.say(rate / overall, missing=WITHHELD)
        whole[measure] = f"{total:,} in all, {overall:.1f} a year per 10,000"
    statements = (made.areas.statement, RAW_RATES)
    return _released(made, exact=True, table=table, whole=whole, bands=RELATIVE_RISK, statements=statements)


def _coarse_release(made: _Numbers, *, cells: CellTables) -> ReleasedAreas:
    table, whole = made.common(), {}
    for column, measure in enumerate(MEASURES):
        ranges = cells.ranges(made.window)[column]
        shown = shown_totals(made.counts[:, column], groups=made.rows(), rule=made.rule, ranges=ranges)
        count = np.array([np.nan if one is None else one for one in shown])
        total = cells.totals(made.window)[column] or np.nan
        rate, overall = made.rates(measure, count=count, total=total)
        table[f"count_{measure}"] = [WITHHELD if one is None else f"{one:,}" for one in shown]
        table[f"rate_{measure}"] = np.round(rate, 1)
        table[f"level_{measure}"] = COARSE_RISK.say(rate / overall, missing=WITHHELD)
        whole[measure] = f"{total:,} in all, {overall:.1f} a year per 10,000"
    areas = "1 area" if len(table) == 1 else f"{len(table)} areas"
    statements = (f"{areas} of whole wards. {NO_SIGNIFICANCE} {_BY_RESIDENTS}", _NOT_GIVEN, RAW_RATES)
    return _released(made, exact=False, table=table, whole=whole, bands=COARSE_RISK, statements=statements)


def _bands_alone(released: ReleasedAreas) -> ReleasedAreas:
    """Leave out every number of events."""
    numbers = [column for column in released.table if str(column).startswith(("count_", "rate_"))]
    whole = dict.fromkeys(released.whole, WITHHELD)
    return replace(released, table=released.table.drop(columns=numbers), whole=whole)


def _released(
    made: _Numbers,
    *,
    exact: bool,
    table: pd.DataFrame,
    whole: dict[str, str],
    bands: Bands,
    statements: tuple[str, ...],
) -> ReleasedAreas:
    return ReleasedAreas(
        exact=exact,
        window=made.window,
        question=made.question,
        table=table,
        levels=(*bands.names, WITHHELD),
        whole=whole,
        ward_area=made.areas.ward_area,
        statements=statements,
    )


def _nothing(
    tables: EventTables, *, question: Question, window: Window, because: str, exact: bool = False
) -> ReleasedAreas:
    codes = pd.Index(tables.wards["ward_code"])
    return ReleasedAreas(
        exact=exact,
        window=window,
        question=question,
        table=pd.DataFrame(),
        levels=(),
        whole={},
        ward_area=pd.Series(None, index=codes, dtype="str"),
        statements=(because,),
    )


def _too_few(rule: Disclosure) -> str:
    return (
        f"All wards together have too few referrals or too few recorded incidents (under {least_shown(rule)}), or too few wards, "
        "for a total to be given, so there are no areas."
    )
