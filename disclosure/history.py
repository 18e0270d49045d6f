"""What earlier snapshots have told: whoever kept it can put it beside what the newest one tells.

A quarter's count lies in windows of every snapshot that covers it. So windows are told in the order in which snapshots made
them known, and a ward whose outline changed is told nothing of quarters that were told on its old one: a ward that was
split would otherwise leave one part as the whole less the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from analysis.counting import EventTables
from analysis.windows import Window, count_by_ward_and_quarter
from data.quarters import quarter_range, quarters_between

_SAME_LINE = 1.0
"""Metres: an outline that lies as near as this to another at every corner is the same."""
_SAME_GROUND = 0.02
"""Share of a ward's ground by which two outlines of it may differ and still be the same, drawn more or less finely."""


@dataclass(frozen=True)
class History:
    """The counts of `n` wards in `q` quarters, and what is told of them in which order."""

    quarters: tuple[str, ...]
    """From the first to the last that any snapshot covers, without a gap."""
    counts: NDArray[np.int64]
    """(n, q, 2): of the snapshot itself where it covers the quarter, else of the last one before it that does."""
    windows: tuple[Window, ...]
    """In the order in which they are told."""
    elsewhere: NDArray[np.bool_]
    """(n, q) wards of which nothing is told in windows with this quarter: it was told on other boundaries."""


def history_of(tables: EventTables, *, earlier: Sequence[EventTables], lengths: Sequence[int], step: int) -> History:
    """Put a snapshot behind those before it.

    Parameters
    ----------
    tables : EventTables
        Of the snapshot.
    earlier : sequence of EventTables
        Of the snapshots before it, the oldest first.
    lengths, step : ints
        Windows are so long, and end every `step` quarters, counted from the end of a year to March.
    """
    snapshots = [one for one in (*earlier, tables) if one.covered]
    quarters = _span(snapshots)
    codes = pd.Index(tables.wards["ward_code"])
    counts = np.zeros((len(codes), len(quarters), 2), dtype=np.int64)
    elsewhere = np.zeros((len(codes), len(quarters)), dtype=bool)
    for one in snapshots:
        places = [quarters.index(quarter) for quarter in one.covered]
        other = _changed(tables, earlier=one)
        counts[:, places] = np.where(other[:, None, None], counts[:, places], _counts(one, codes=codes))
        elsewhere[np.ix_(np.flatnonzero(other), np.array(places))] = True
    windows = dict.fromkeys(window for one in snapshots for window in _windows(one.covered, lengths=lengths, step=step))
    return History(quarters=tuple(quarters), counts=counts, windows=tuple(windows), elsewhere=elsewhere)


def is_told(end: str, *, step: int) -> bool:
    """Whether a window may end with a quarter: with every `step`-th, the last of a year to March among them."""
    return int(end[-1]) % step == 0


def _span(snapshots: Sequence[EventTables]) -> list[str]:
    if not snapshots:
        return []
    first, last = min(one.covered[0] for one in snapshots), max(one.covered[-1] for one in snapshots)
    return quarter_range(last, quarters_between(first, last))


def _windows(covered: Sequence[str], *, lengths: Sequence[int], step: int) -> list[Window]:
    return [
        Window(end, length)
        for place, end in enumerate(covered)
        for length in sorted(lengths)
        if length <= place + 1 and is_told(end, step=step)
    ]


def _counts(tables: EventTables, *, codes: pd.Index) -> NDArray[np.int64]:
    """(n, quarters covered, 2)."""
    return np.stack(
        [
            count_by_ward_and_quarter(events, ward_codes=codes, quarters=tables.covered)
            for events in (tables.referrals, tables.incidents)
        ],
        axis=-1,
    )


def _changed(tables: EventTables, *, earlier: EventTables) -> NDArray[np.bool_]:
    """Which wards are not the same ground in an earlier snapshot, (n,)."""
    now = tables.wards.set_index("ward_code").geometry
    before = earlier.wards.set_index("ward_code").geometry.reindex(now.index)
    new, old = np.asarray(now), np.asarray(before)
    changed = ~np.asarray(shapely.equals_exact(new, old, tolerance=_SAME_LINE))
    differs = shapely.area(shapely.symmetric_difference(new[changed], old[changed]))
    changed[changed] = ~(differs <= _SAME_GROUND * shapely.area(new[changed]))
    return changed
