"""What is known of counts by ward and quarter once counts of windows have been told, and how finely the next may be told.

Counts of windows that overlap, or lie in each other, say something of each other: a year told as 10 after one told as "7 or
fewer" says that the newer has a quarter with more in it. Every window is a difference of two running totals, so that all
that follows from what was told is a system of difference constraints. Its tightest bounds are shortest paths (Cormen et
al., Introduction to Algorithms, "Difference constraints and shortest paths"): exact, and in whole numbers.

The next window is told as one of several ranges, which are chosen so that, *whichever* of them holds the count, nothing
small comes to be known too closely. The choice goes by what was told before and never by the count itself: so it tells
nothing either.
"""

import numpy as np
from numpy.typing import NDArray

from data.settings import Disclosure
from disclosure.suppression import ANY_NUMBER, Ranges, range_shown

Counts = NDArray[np.int64]
Rows = NDArray[np.intp]


class Ledger:
    """What has been told of `n` series of counts over `q` quarters.

    Its promise: of every run of quarters, a count that could be small (up to `rule.suppress_up_to`) keeps at least
    `rule.suppress_up_to + 1` possible values.

    Parameters
    ----------
    series, quarters : int
        `n` and `q`.
    """

    def __init__(self, *, series: int, quarters: int, rule: Disclosure) -> None:
        """Begin with nothing told: a count is 0 or more."""
        self._rule = rule
        # [ward, i, j] is the most by which running total j can exceed running total i
        later = np.triu(np.full((quarters + 1, quarters + 1), ANY_NUMBER, dtype=np.int64), k=1)
        self._bounds = np.repeat(later[None], series, axis=0)
        self._runs = np.triu_indices(quarters + 1, k=1)

    def known(self, first: int, stop: int) -> Ranges:
        """Give what follows for the counts of the quarters from `first` up to, not including, `stop`."""
        return Ranges(least=-self._bounds[:, stop, first], most=self._bounds[:, first, stop].copy())

    def note(self, ranges: Ranges, *, first: int, stop: int, rows: Rows) -> Rows:
        """Take note of ranges that were told of some series before; give the rows of those that contradict what is known."""
        bounds = self._after(ranges, rows, first=first, stop=stop)
        sound = np.diagonal(bounds, axis1=1, axis2=2).min(axis=1) >= 0
        self._bounds[rows[sound]] = bounds[sound]
        odd: Rows = rows[~sound]
        return odd

    def tell(self, counts: Counts, *, first: int, stop: int, rows: Rows | None = None) -> Ranges:
        """Tell counts, (n,), of the quarters from `first` up to, not including, `stop` as finely as may be.

        Parameters
        ----------
        counts : (n,) int array
            One that contradicts what was told, as a corrected record may, is taken to be the nearest that does not.
        rows : int array or None
            Which series to tell; all if not given.

        Returns
        -------
        Ranges
            As told; of the other series what was known.
        """
        rows = np.arange(len(counts)) if rows is None else rows
        known = self.known(first, stop)
        counts = np.clip(counts, known.least, known.most)
        telling = _Telling(known, counts=counts, rows=rows, rule=self._rule)
        while telling.open.size:
            left = telling.go_on(self._is_safe(telling.trial, telling.open, first=first, stop=stop))
            telling.join(left, safe=self._is_safe(telling.joined(left), left, first=first, stop=stop))
        self._bounds[rows] = self._after(telling.told[rows], rows, first=first, stop=stop)
        return telling.told

    def _is_safe(self, ranges: Ranges, rows: Rows, *, first: int, stop: int) -> NDArray[np.bool_]:
        """Whether nothing small would be known too closely in any of these rows if their counts were in these ranges."""
        bounds = self._after(ranges, rows, first=first, stop=stop)
        earlier, later = self._runs
        least, most = -bounds[:, later, earlier], bounds[:, earlier, later]
        few = self._rule.suppress_up_to
        return np.asarray(((least > few) | (most - least >= few)).all(axis=1))

    def _after(self, ranges: Ranges, rows: Rows, *, first: int, stop: int) -> Counts:
        """Bounds of these rows if their counts were in these ranges."""
        least, most = ranges.least[:, None, None], ranges.most[:, None, None]
        bounds: Counts = self._bounds[rows]
        bounds = np.minimum(bounds, bounds[:, :, first, None] + most + bounds[:, stop, None, :])
        bounds = np.minimum(bounds, bounds[:, :, stop, None] - least + bounds[:, first, None, :])
        bounds[bounds > ANY_NUMBER // 2] = ANY_NUMBER
        return bounds


class _Telling:
    """The choice of ranges for one window, upwards from the least that each count can be.

    A range that is not safe is joined with the next above it; the uppermost, which has none above, with the one below; and
    if that does not help, nothing is told. Rows whose count has no upper end are done once their count lies in a safe
    range; all others go on to their upper end whatever their count, since the last two may have to be joined.
    """

    def __init__(self, known: Ranges, *, counts: Counts, rows: Rows, rule: Disclosure) -> None:
        self._known, self._counts, self._rule = known, counts, rule
        self._begin, self._end = known.least.copy(), self._end_of_range(known.least, most=known.most)
        self._below = known.least.copy()
        self.told = Ranges(least=known.least.copy(), most=known.most.copy())
        self.open = rows

    @property
    def trial(self) -> Ranges:
        """The ranges to be tried next, one an open row."""
        return Ranges(least=self._begin[self.open], most=self._end[self.open])

    def go_on(self, safe: NDArray[np.bool_]) -> Rows:
        """Take what is safe, join what is not with the next; give the rows whose uppermost range is not safe."""
        rows, most = self.open, self._known.most
        self._take(rows[safe], begin=self._begin)
        top = self._end[rows] == most[rows]
        done = top | (safe & (most[rows] == ANY_NUMBER) & (self._counts[rows] <= self._end[rows]))
        self._below[rows[safe & ~top]] = self._begin[rows[safe & ~top]]
        self._begin[rows[safe]] = self._end[rows[safe]] + 1
        self.open = rows[~done]
        self._end[self.open] = self._end_of_range(self._end[self.open] + 1, most=most[self.open])
        left: Rows = rows[top & ~safe]
        return left

    def joined(self, rows: Rows) -> Ranges:
        """Give the two uppermost ranges of some rows as one."""
        return Ranges(least=self._below[rows], most=self._known.most[rows])

    def join(self, rows: Rows, *, safe: NDArray[np.bool_]) -> None:
        """Tell the two uppermost ranges as one where that is safe, and nothing of the rows where it is not."""
        self._below[rows[~safe]] = self._known.least[rows[~safe]]
        self._take(rows, begin=self._below)

    def _take(self, rows: Rows, *, begin: Counts) -> None:
        """Tell the rows whose count lies between `begin` and the end of the range that is tried."""
        here = rows[(begin[rows] <= self._counts[rows]) & (self._counts[rows] <= self._end[rows])]
        self.told.least[here], self.told.most[here] = begin[here], self._end[here]

    def _end_of_range(self, counts: Counts, *, most: Counts) -> Counts:
        return np.minimum(range_shown(counts, rule=self._rule).most, most)
