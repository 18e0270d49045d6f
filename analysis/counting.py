"""Where counts by ward come from: the tables of a snapshot, or what may be known of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.question import Question
from analysis.windows import Window, count_by_ward, quarters_covered, select_events

MEASURES = ("referrals", "incidents")


@dataclass(frozen=True)
class Counted:
    """The events of `n` wards in one window. Measure 0 is referrals."""

    counts: NDArray[np.float64] | NDArray[np.int64]
    """(n, 2) what the model is given; whole numbers where the counts are known."""
    weight: NDArray[np.float64]
    """(n, 2) part of the expected count that goes with it: 1 where the count is known, less where only a range is
    (`analysis/range_evidence.py`)."""
    totals: NDArray[np.float64]
    """(2,) events of the wards that are modelled, from which expected counts are made; missing where `counts` are to be
    summed."""
    hidden: NDArray[np.bool_]
    """(n, 2) of which counts it is not known whether they are more than a few. Such a ward is not said to be high."""
    least: NDArray[np.int64]
    """(n, 2) as are `most`: the range that is known of each count; both the count itself where that is known."""
    most: NDArray[np.int64]
    said_totals: tuple[int | None, int | None]
    """Events of all wards as they may be said; none where they may not."""

    @property
    def is_exact(self) -> bool:
        """Whether every count is known."""
        return bool((self.least == self.most).all())

    @classmethod
    def exactly(cls, counts: NDArray[np.int64]) -> "Counted":
        """Take counts, (n, 2), as they are."""
        return cls(
            counts=counts,
            weight=np.ones(counts.shape),
            totals=np.full(len(MEASURES), np.nan),
            hidden=np.zeros(counts.shape, dtype=bool),
            least=counts,
            most=counts,
            said_totals=(int(counts[:, 0].sum()), int(counts[:, 1].sum())),
        )


class CountSource(Protocol):
    """What a question can be asked of."""

    @property
    def wards(self) -> gpd.GeoDataFrame:
        """Wards with outlines, names and denominators, EPSG:27700."""
        ...

    @property
    def covered(self) -> list[str]:
        """Quarters that both measures cover as a whole, in time order."""
        ...

    def holds(self, quarters: int) -> bool:
        """Whether windows of this length can be counted."""
        ...

    def counted(self, question: Question, *, window: Window) -> Counted:
        """Count the events that a question is about in a window, in the order of `wards`."""
        ...


@dataclass(frozen=True)
class EventTables:
    """The tables of a snapshot that an analysis needs (see docs/architecture.md for their columns): exact counts."""

    wards: gpd.GeoDataFrame
    referrals: pd.DataFrame
    incidents: pd.DataFrame

    @cached_property
    def covered(self) -> list[str]:
        """Quarters that both tables cover as a whole, in time order."""
        return quarters_covered(self.referrals, self.incidents)

    def holds(self, quarters: int) -> bool:
        """Whether windows of this length can be counted: of any."""
        return quarters > 0

    def counted(self, question: Question, *, window: Window) -> Counted:
        """Count the events that a question is about in a window."""
        return Counted.exactly(self.counts(question, quarters=window.labels))

    def counts(self, question: Question, *, quarters: Sequence[str]) -> NDArray[np.int64]:
        """Count the events that a question is about in some quarters, (n, 2)."""
        codes = pd.Index(self.wards["ward_code"])
        kept = events_asked_about(self, question=question, quarters=quarters)
        return np.column_stack([count_by_ward(events, ward_codes=codes) for events in kept])


def events_asked_about(
    tables: EventTables, *, question: Question, quarters: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep the referrals and the incidents of some quarters that are of the question's categories."""
    of_referrals = {"category": question.concerns, "sector": question.sectors}
    return (
        select_events(tables.referrals, quarters=quarters, keep=of_referrals),
        select_events(tables.incidents, quarters=quarters, keep={"category": question.strands}),
    )
