"""Windows of quarters, and event counts by ward within them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.coverage import whole_quarters
from data.errors import UsageError
from data.quarters import parse_quarter, quarter_range, shift_quarter

QUARTERS_A_YEAR = 4


@dataclass(frozen=True)
class Window:
    """A run of quarters pooled for one analysis."""

    last: str
    """Its last quarter, e.g. `2025/26 Q2`."""
    quarters: int

    @property
    def labels(self) -> list[str]:
        """Every quarter in it, oldest first."""
        return quarter_range(self.last, self.quarters)

    @property
    def first(self) -> str:
        """Its first quarter."""
        return shift_quarter(self.last, 1 - self.quarters)

    @property
    def years(self) -> float:
        """Its length in years."""
        return self.quarters / QUARTERS_A_YEAR

    @property
    def just_before(self) -> "Window":
        """The window of the same length that ends where this one begins."""
        return Window(shift_quarter(self.first, -1), self.quarters)

    def in_words(self) -> str:
        """Say it in months, e.g. `October 2024 to September 2025`."""
        start, end = parse_quarter(self.first).start_time, parse_quarter(self.last).end_time
        return f"{start:%B %Y} to {end:%B %Y}"


def quarters_covered(*tables: pd.DataFrame) -> list[str]:
    """List the quarters that all `tables` cover as a whole, in time order; empty if they share none."""
    covered = [whole_quarters(table) for table in tables]
    return [quarter for quarter in covered[0] if all(quarter in other for other in covered[1:])]


def choose_window(covered: Sequence[str], *, quarters: int, last: str | None = None) -> Window:
    """Choose the window of `quarters` quarters that ends with `last` (the newest if not given).

    Raises
    ------
    UsageError
        If the data do not cover it: a window that reaches beyond them would count missing quarters as zero.
    """
    if not covered:
        raise UsageError(
            "Referrals and incidents share no quarter, so nothing can be compared. Load data that overlap."
        )
    if last is not None and last not in covered:
        raise UsageError(f"The data run from {covered[0]} to {covered[-1]}: choose a last quarter between them.")
    last = last or covered[-1]
    available = covered.index(last) + 1
    if quarters > available:
        raise UsageError(
            f"A window of {quarters} quarters to {last} reaches before the data, which begin with {covered[0]}. "
            f"Choose {available} quarters or fewer."
        )
    return Window(last, quarters)


def select_events(
    events: pd.DataFrame, *, quarters: Sequence[str], keep: Mapping[str, Sequence[str]] | None = None
) -> pd.DataFrame:
    """Keep the events of some quarters and, for each column in `keep`, of some values (all where none are named)."""
    chosen = events["quarter"].isin(list(quarters))
    for column, values in (keep or {}).items():
        if values:
            chosen &= events[column].isin(list(values))
    return events[chosen]


def count_by_ward(events: pd.DataFrame, *, ward_codes: pd.Index) -> NDArray[np.int64]:
    """Count events in each ward.

    Parameters
    ----------
    events : DataFrame
        Columns `ward_code` and `count`.
    ward_codes : Index, shape (n,)
        The order of the result.

    Returns
    -------
    (n,) int array
        Zero where a ward has none.
    """
    totals = events.groupby("ward_code")["count"].sum()
    return totals.reindex(ward_codes, fill_value=0).to_numpy(dtype=np.int64)


def count_by_ward_and_quarter(
    events: pd.DataFrame, *, ward_codes: pd.Index, quarters: Sequence[str]
) -> NDArray[np.int64]:
    """Count events in each ward and quarter: an (n, q) int array in the orders given."""
    totals = events.groupby(["ward_code", "quarter"])["count"].sum().unstack(fill_value=0)  # noqa: PD010
    return totals.reindex(index=ward_codes, columns=list(quarters), fill_value=0).to_numpy(dtype=np.int64)
