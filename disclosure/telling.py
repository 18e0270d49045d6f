"""What is told of a snapshot's counts beside all that was told before.

A quarter's count lies in windows of every snapshot that covers it. So what was told once stays as it was told, also where
records were corrected since, and every further window is told only as finely as a `Ledger` of all of it allows. A ward whose
outline changed is told nothing of quarters that were told on its old one: a ward that was split would otherwise leave one
part as the whole less the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.counting import MEASURES, EventTables
from analysis.windows import Window, count_by_ward_and_quarter
from data.quarters import quarter_range, quarters_between
from data.settings import Disclosure
from disclosure.ground import Ground, same_ground
from disclosure.group_totals import shown_total
from disclosure.ledger import Ledger
from disclosure.suppression import Ranges

Pair = tuple[Ranges, Ranges]
Totals = tuple[int | None, int | None]


@dataclass(frozen=True)
class Told:
    """What was told of one snapshot. It holds nothing but what everybody may have."""

    wards: gpd.GeoDataFrame
    """`ward_code` and outlines, EPSG:27700."""
    ranges: dict[Window, Pair]
    """Of each window, referrals and incidents of the wards in their order."""
    totals: dict[Window, Totals]
    """Of the whole area, as they may be shown; none where they may not."""


def tell(tables: EventTables, *, rule: Disclosure, lengths: Sequence[int], before: Sequence[Told] = ()) -> Told:
    """Tell every window of a snapshot.

    Parameters
    ----------
    tables : EventTables
        Exact.
    lengths : sequence of int
        Windows are so many quarters long, and end every `rule.window_step` quarters.
    before : sequence of Told
        All that was told before, the oldest first.
    """
    windows = windows_told(tables.covered, lengths=lengths, step=rule.window_step)
    wards = gpd.GeoDataFrame(tables.wards[["ward_code", "geometry"]]).reset_index(drop=True)
    if not windows:
        return Told(wards, ranges={}, totals={})
    telling = _Telling(wards, rule=rule, before=before, windows=windows)
    counts = _counts(tables, windows=windows)
    pairs = {window: telling.tell(counts[window], window=window) for window in windows}
    return Told(
        wards=wards,
        ranges=pairs,
        totals={window: telling.totals(counts[window], window=window) for window in windows},
    )


def _counts(tables: EventTables, *, windows: Sequence[Window]) -> dict[Window, NDArray[np.int64]]:
    """Exact counts (n, 2) of each window: every event is looked at once, since windows share their quarters."""
    codes, covered = pd.Index(tables.wards["ward_code"]), tables.covered
    by_quarter = np.stack(
        [
            count_by_ward_and_quarter(events, ward_codes=codes, quarters=covered)
            for events in (tables.referrals, tables.incidents)
        ],
        axis=-1,
    )
    ends = {window: covered.index(window.last) + 1 for window in windows}
    return {window: by_quarter[:, end - window.quarters : end].sum(axis=1) for window, end in ends.items()}


def windows_told(covered: Sequence[str], *, lengths: Sequence[int], step: int) -> list[Window]:
    """List the windows that are told of quarters that are covered, in the order in which they are told."""
    return [
        Window(end, length)
        for place, end in enumerate(covered)
        for length in sorted(lengths)
        if length <= place + 1 and is_told(end, step=step)
    ]


def is_told(end: str, *, step: int) -> bool:
    """Whether a window may end with a quarter: with every `step`-th, the last of a year to March among them."""
    return int(end[-1]) % step == 0


class _Telling:
    """The ledgers of both measures, from the first quarter that was ever told."""

    def __init__(
        self, wards: gpd.GeoDataFrame, *, rule: Disclosure, before: Sequence[Told], windows: Sequence[Window]
    ) -> None:
        self._rule = rule
        self._before = [(one, same_ground(wards, other=one.wards)) for one in before]
        every = [*windows, *(window for one in before for window in one.ranges)]
        first = min(window.first for window in every)
        last = max(window.last for window in every)
        self._quarters = quarter_range(last, quarters_between(first, last))
        size = {"series": len(wards), "quarters": len(self._quarters)}
        self._ledgers = [Ledger(**size, rule=rule) for _ in MEASURES]
        self._elsewhere = np.zeros((len(wards), len(self._quarters)), dtype=bool)
        for one, ground in self._before:
            self._note(one, ground=ground)

    def tell(self, counts: NDArray[np.int64], *, window: Window) -> Pair:
        """Tell the counts (n, 2) of a window, or what was told of it before."""
        run, before = self._run(window), self._told_before(window)
        known = np.zeros(len(counts), dtype=bool)
        for rows, _ in before:
            known[rows] = True
        rows = np.flatnonzero(~known & ~self._elsewhere[:, run].any(axis=1))
        pair = []
        for measure, ledger in enumerate(self._ledgers):
            told = ledger.tell(counts[:, measure], first=run.start, stop=run.stop, rows=rows)
            for there, ranges in before:
                told.least[there], told.most[there] = ranges[measure].least, ranges[measure].most
            pair.append(told)
        referrals, incidents = pair
        return referrals, incidents

    def totals(self, counts: NDArray[np.int64], *, window: Window) -> Totals:
        """Give the totals as they may be shown beside all that is told; those given before as they were."""
        for one, ground in self._before:
            if window in one.totals and not ground.changed.any():
                return one.totals[window]
        run = self._run(window)
        if self._elsewhere[:, run].any():
            # Nothing is known here of the ground that changed, and something was told of it: no total can be checked.
            return None, None
        known = [ledger.known(run.start, run.stop) for ledger in self._ledgers]
        referrals, incidents = (
            shown_total(counts[:, measure], rule=self._rule, ranges=each) for measure, each in enumerate(known)
        )
        return referrals, incidents

    def _run(self, window: Window) -> slice:
        first = self._quarters.index(window.first)
        return slice(first, first + window.quarters)

    def _note(self, one: Told, *, ground: Ground) -> None:
        rows = np.flatnonzero(ground.row >= 0)
        for window, pair in one.ranges.items():
            run = self._run(window)
            self._elsewhere[np.ix_(np.flatnonzero(ground.changed), np.arange(run.start, run.stop))] = True
            for ledger, ranges in zip(self._ledgers, pair, strict=True):
                odd = ledger.note(ranges[ground.row[rows]], first=run.start, stop=run.stop, rows=rows)
                self._elsewhere[odd] = True

    def _told_before(self, window: Window) -> list[tuple[NDArray[np.intp], Pair]]:
        """What was told of a window before, the oldest first: of which rows, and the ranges of these rows."""
        found = []
        for one, ground in self._before:
            if window in one.ranges:
                referrals, incidents = one.ranges[window]
                there = ground.row[ground.row >= 0]
                found.append((np.flatnonzero(ground.row >= 0), (referrals[there], incidents[there])))
        return found
