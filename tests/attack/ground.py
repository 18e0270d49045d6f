"""The unknowns of an attack, what is known of their sums, and the counts under attack."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MEASURES = ("referrals", "incidents")


@dataclass(frozen=True)
class Count:
    """The number of events of one measure in some pieces of ground and some quarters."""

    measure: int
    pieces: tuple[int, ...]
    quarters: tuple[int, ...]

    def of(self, truth: NDArray[np.int64]) -> int:
        """What it is in truth, by measure, piece and quarter."""
        return int(truth[self.measure][np.ix_(self.pieces, self.quarters)].sum())

    def with_quarter(self, quarter: int, *, instead: int) -> "Count":
        """The same with another unknown in the place of a quarter."""
        quarters = (instead if one == quarter else one for one in self.quarters)
        return Count(self.measure, self.pieces, tuple(quarters))


@dataclass(frozen=True)
class Seen(Count):
    """What was obtained of a count."""

    least: float
    most: float
    source: str
    """Where it was seen."""
    said: tuple[object, ...] = ()
    """What was said, by ward codes and quarters: to know it again when it is only repeated."""


def runs_of_quarters(quarters: int) -> Iterator[tuple[int, ...]]:
    """Give every window of whatever length."""
    for first in range(quarters):
        for last in range(first, quarters):
            yield tuple(range(first, last + 1))


def every_count(wards: Sequence[tuple[int, ...]], *, quarters: int, measures: int = 2) -> list[Count]:
    """List every count of a ward: each measure, each window of whatever length."""
    windows = list(runs_of_quarters(quarters))
    return [Count(measure, ward, window) for measure in range(measures) for ward in wards for window in windows]
