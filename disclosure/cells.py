"""What an audience without exact values may know of a snapshot's counts, as a source of counts for the analysis.

Everything such an audience gets is computed from here: from the ranges that are told (`disclosure.telling`), and from
totals rounded where they say nothing of a small count. Two sets of data with the same ranges and totals give the same
figures, so that no class, band, word or probability can say more of a count than its range does.
"""

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from analysis.counting import Counted, EventTables
from analysis.question import Question
from analysis.range_evidence import evidence_of_ranges
from analysis.windows import Window
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import COARSE_WINDOWS
from disclosure.suppression import ANY_NUMBER, Ranges
from disclosure.telling import Told, Totals


class CellTables:
    """Counts by ward of a snapshot as ranges, for windows of `COARSE_WINDOWS` quarters, all categories together.

    Parameters
    ----------
    tables : EventTables
        Of which wards and quarters are taken, and no count.
    told : Told
        What is told of them.
    """

    def __init__(self, tables: EventTables, *, told: Told, rule: Disclosure) -> None:
        """Tie what is told to its wards."""
        self.wards: gpd.GeoDataFrame = tables.wards
        self.covered: list[str] = tables.covered
        self._told, self._rule = told, rule

    def holds(self, quarters: int) -> bool:
        """Whether windows of this length are told."""
        return quarters in COARSE_WINDOWS

    def ranges(self, window: Window) -> tuple[Ranges, Ranges]:
        """Give what is told of each ward's referrals and incidents in a window.

        Raises
        ------
        UsageError
            If this window is not told.
        """
        self._check(window)
        return self._told.ranges[window]

    def totals(self, window: Window) -> Totals:
        """Give the whole area's referrals and incidents as they may be shown; none where they may not. Errors as of `ranges`."""
        self._check(window)
        return self._told.totals[window]

    def _check(self, window: Window) -> None:
        if window not in self._told.ranges:
            raise UsageError("This window is not released. Ask for one of those that are offered.")

    def counted(self, question: Question, *, window: Window) -> Counted:
        """Give the model what may be known of a window.

        Raises
        ------
        UsageError
            If the question is about some categories only, or the window is not told.
        """
        if question.concerns or question.sectors or question.strands:
            raise UsageError("Counts by category are not released. Ask for all categories.")
        people = self.wards[["residents", question.denominator]].to_numpy(dtype=float)
        return counted_as_ranges(self.ranges(window), totals=self.totals(window), people=people, rule=self._rule)


def counted_as_ranges(
    ranges: tuple[Ranges, Ranges],
    *,
    totals: tuple[int | None, int | None],
    people: NDArray[np.float64],
    rule: Disclosure,
) -> Counted:
    """Give the model ranges in the place of counts, and totals as they are shown.

    Where a total is not shown, the middles of the ranges make one up: it only scales what is expected.

    Parameters
    ----------
    people : (n, 2) array
        What each measure is divided by; 0 or missing where it is not known.
    """
    pairs = list(zip(ranges, totals, people.T, strict=True))
    known = [_made_up(each, people=here) if total is None else float(total) for each, total, here in pairs]
    hidden = [each.hidden(rule=rule) for each in ranges]
    evidence = [
        evidence_of_ranges(
            each.least,
            each.most,
            hidden=small,
            usual=_usual(each, hidden=small, total=total, people=of_measure),
            any_number=ANY_NUMBER,
        )
        for (each, _, of_measure), total, small in zip(pairs, known, hidden, strict=True)
    ]
    return Counted(
        counts=np.column_stack([counts for counts, _ in evidence]),
        weight=np.column_stack([weight for _, weight in evidence]),
        totals=np.array(known),
        hidden=np.column_stack(hidden),
        least=np.column_stack([each.least for each in ranges]),
        most=np.column_stack([each.most for each in ranges]),
        said_totals=totals,
    )


def _usual(
    ranges: Ranges, *, hidden: NDArray[np.bool_], total: float, people: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What each ward would have of the events that are not told of any ward, at the rate of the wards that hide them."""
    here = np.where(people > 0, people, 0.0)
    left = max(total - float(_middles(ranges)[~hidden].sum()), 1.0)
    return np.asarray(left * here / max(float(here[hidden].sum()), 1.0), dtype=np.float64)


def _made_up(ranges: Ranges, *, people: NDArray[np.float64]) -> float:
    """What all wards would have together at the rate of those of which something is told."""
    told = ranges.most < ANY_NUMBER
    here = np.where(people > 0, people, 0.0)
    share = float(here[told].sum()) / max(float(here.sum()), 1.0)
    return float(_middles(ranges)[told].sum()) / share if share > 0 else float(_middles(ranges).sum())


def _middles(ranges: Ranges) -> NDArray[np.float64]:
    ended = np.where(ranges.most >= ANY_NUMBER, 2 * ranges.least, ranges.most)
    return np.asarray((ranges.least + ended) / 2, dtype=np.float64)
