"""Two windows, one just before the other, counted apart and taken together."""

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from analysis.counting import Counted, CountSource
from analysis.question import Question
from analysis.windows import Window


class TwoWindows:
    """A source of counts whose one window is two of another source put together.

    Parameters
    ----------
    source : CountSource
        Counts each of the two windows.
    now : Window
        The later one; the other is the one just before it.
    """

    def __init__(self, source: CountSource, *, question: Question, now: Window) -> None:
        """Count both."""
        self._source = source
        self.now = source.counted(question, window=now)
        self.before = source.counted(question, window=now.just_before)

    @property
    def wards(self) -> gpd.GeoDataFrame:
        """Wards of the source."""
        return self._source.wards

    @property
    def covered(self) -> list[str]:
        """Quarters of the source."""
        return self._source.covered

    def holds(self, quarters: int) -> bool:
        """Whether windows of this length can be counted."""
        return self._source.holds(quarters)

    def counted(self, question: Question, *, window: Window) -> Counted:  # noqa: ARG002  # there is one window to ask for
        """Give both windows together."""
        now, before = self.now, self.before
        totals = now.totals + before.totals
        weight = (before.weight * np.maximum(before.totals, 1) + now.weight * np.maximum(now.totals, 1)) / np.maximum(
            totals, 1
        )
        return Counted(
            counts=now.counts + before.counts,
            weight=np.where(np.isnan(totals), 1.0, weight),
            totals=totals,
            hidden=np.zeros(now.hidden.shape, dtype=bool),
            least=now.least + before.least,
            most=now.most + before.most,
            said_totals=(None, None),
        )

    def part_now(self, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Give the part of the expected count over both windows that is of the later one, (m, 2) of the wards `inside`."""
        later, earlier = (_weighted(one, inside=inside) for one in (self.now, self.before))
        return np.asarray(later / (later + earlier), dtype=np.float64)


def _weighted(counted: Counted, *, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    summed = counted.counts[inside].sum(axis=0)
    totals = np.maximum(np.where(np.isnan(counted.totals), summed, counted.totals), 1)
    return np.asarray(counted.weight[inside] * totals, dtype=np.float64)
