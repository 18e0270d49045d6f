"""What an audience without exact values may know of a snapshot's counts, as a source of counts for the analysis.

Everything such an audience gets is computed from here: from the ranges that a `Ledger` tells, and from totals rounded where
they say nothing of a small count. Two sets of data with the same ranges and totals give the same figures, so that no class,
band, word or probability can say more of a count than its range does.
"""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from analysis.counting import MEASURES, Counted, EventTables
from analysis.question import Question
from analysis.range_evidence import evidence_of_ranges
from analysis.windows import Window
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import COARSE_WINDOWS
from disclosure.group_totals import shown_total
from disclosure.history import History, history_of
from disclosure.ledger import Ledger
from disclosure.suppression import ANY_NUMBER, Ranges


class CellTables:
    """Counts by ward of a snapshot as ranges, for windows of `COARSE_WINDOWS` quarters, all categories together.

    Parameters
    ----------
    tables : EventTables
        Exact. What may be known of them is taken, and the rest is not kept.
    earlier : sequence of EventTables
        Of the snapshots before this one, the oldest first: what they told still stands.
    """

    def __init__(self, tables: EventTables, *, rule: Disclosure, earlier: Sequence[EventTables] = ()) -> None:
        """Tell every window."""
        self.wards: gpd.GeoDataFrame = tables.wards
        self.covered: list[str] = tables.covered
        self._rule = rule
        history = history_of(tables, earlier=earlier, lengths=COARSE_WINDOWS, step=rule.window_step)
        self._told = [_tell(history, measure=measure, rule=rule) for measure in range(len(MEASURES))]
        self._totals = {
            window: [
                shown_total(counts, rule=rule, ranges=told[window]) for counts, told in zip(of, self._told, strict=True)
            ]
            for window, of in _counts(tables, windows=history.windows).items()
        }

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
        if window not in self._totals:
            raise UsageError("This window is not released. Ask for one of those that are offered.")
        referrals, incidents = (told[window] for told in self._told)
        return referrals, incidents

    def totals(self, window: Window) -> tuple[int | None, int | None]:
        """Give the whole area's referrals and incidents as they may be shown; none where they may not."""
        referrals, incidents = self._totals[window]
        return referrals, incidents

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
    known = [float(_middles(each).sum()) if total is None else float(total) for each, total, _ in pairs]
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


def _middles(ranges: Ranges) -> NDArray[np.float64]:
    ended = np.where(ranges.most >= ANY_NUMBER, 2 * ranges.least, ranges.most)
    return np.asarray((ranges.least + ended) / 2, dtype=np.float64)


def _tell(history: History, *, measure: int, rule: Disclosure) -> dict[Window, Ranges]:
    counts = history.counts[..., measure]
    ledger = Ledger(series=counts.shape[0], quarters=counts.shape[1], rule=rule)
    told = {}
    for window in history.windows:
        first = history.quarters.index(window.first)
        run = slice(first, first + window.quarters)
        rows = np.flatnonzero(~history.elsewhere[:, run].any(axis=1))
        told[window] = ledger.tell(counts[:, run].sum(axis=1), first=run.start, stop=run.stop, rows=rows)
    return told


def _counts(tables: EventTables, *, windows: Sequence[Window]) -> dict[Window, NDArray[np.int64]]:
    """Exact counts, (2, n), of each window that these tables cover."""
    inside = set(tables.covered)
    return {
        window: tables.counts(Question(), quarters=window.labels).T
        for window in windows
        if inside.issuperset(window.labels)
    }
