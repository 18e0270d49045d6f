"""What a local statistic says of a ward and its neighbours together: its label, and how it is decided."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control

Floats = NDArray[np.float64]


class AroundWard(IntEnum):
    """What is said around a ward, never of the ward alone. The number is what the map carries."""

    HIGH_HIGH = 0
    LOW_LOW = 1
    HIGH_LOW = 2
    LOW_HIGH = 3
    HIGH = 4
    LOW = 5
    NOT_CLEAR = 6

    @property
    def phrase(self) -> str:
        """How it is written on every screen and in every file."""
        return _PHRASES[self]


_PHRASES = {
    AroundWard.HIGH_HIGH: "high-high around this ward",
    AroundWard.LOW_LOW: "low-low around this ward",
    AroundWard.HIGH_LOW: "high-low around this ward",
    AroundWard.LOW_HIGH: "low-high around this ward",
    AroundWard.HIGH: "high around this ward",
    AroundWard.LOW: "low around this ward",
    AroundWard.NOT_CLEAR: "not clear",
}

PAIRS = (
    AroundWard.HIGH_HIGH,
    AroundWard.LOW_LOW,
    AroundWard.HIGH_LOW,
    AroundWard.LOW_HIGH,
    AroundWard.NOT_CLEAR,
)
"""The labels of a statistic that sets two things beside each other."""
SINGLES = (AroundWard.HIGH, AroundWard.LOW, AroundWard.NOT_CLEAR)
"""The labels of a statistic of one thing."""


@dataclass(frozen=True)
class LocalStatistic:
    """One statistic around each of `n` wards."""

    key: str
    """Name in files and addresses."""
    title: str
    explanation: str
    """One sentence for anyone."""
    labels: tuple[AroundWard, ...]
    """Those that can occur, in the order of a legend."""
    value: Floats
    """(n,) the statistic as it is published; 0 where a ward has no neighbour or the values do not vary."""
    p: Floats
    """(n,) two-sided pseudo p-value; 1 where nothing was tested."""
    p_corrected: Floats
    """(n,) the same after Benjamini and Hochberg (1995), over the wards of this map that were tested."""
    label: NDArray[np.int64]
    """(n,) of `AroundWard`."""


def decide(*, p: Floats, alpha: float, first: Floats, second: Floats | None = None) -> tuple[Floats, NDArray[np.int64]]:
    """Correct the p-values of one map and label its wards.

    Parameters
    ----------
    p : (n,) array
        Two-sided p-values.
    alpha : float
        Largest expected share of wrong labels among those that are not "not clear".
    first, second : (n,) arrays
        What is high where above 0 and low where below; 0 where there is nothing to say, and then nothing is tested.

    Returns
    -------
    (n,) corrected p-values, and (n,) int array of `AroundWard`.
    """
    tested = (first != 0) if second is None else (first != 0) & (second != 0)
    corrected = np.ones(len(p))
    if tested.any():
        corrected[tested] = false_discovery_control(p[tested])
    clear = tested & (corrected <= alpha)
    return corrected, np.where(clear, _sides(first, second), AroundWard.NOT_CLEAR)


def _sides(first: Floats, second: Floats | None) -> NDArray[np.int64]:
    if second is None:
        return np.where(first > 0, AroundWard.HIGH, AroundWard.LOW)
    high = np.where(second > 0, AroundWard.HIGH_HIGH, AroundWard.HIGH_LOW)
    low = np.where(second > 0, AroundWard.LOW_HIGH, AroundWard.LOW_LOW)
    return np.where(first > 0, high, low)
