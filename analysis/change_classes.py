"""The class of a ward's change between two windows: what the data can say of it in one phrase.

A class is named from a probability of `certainty`. A ward at the edge would gain and lose its name as quarters come in
and go out, so that, where the answer of an earlier quarter is given, it keeps its name until its probability is under
`certainty` by more than `SLACK`. Tried where nothing changes (16 series of four yearly windows that slide by a quarter,
176 wards, certainty 0.8): names that change fell from 5.5 to 3.5 wards a quarter, and of the wards named persistent 17 of
366 were not, against 12 of 334.
"""

from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SLACK = 0.1


class ChangeClass(IntEnum):
    """What is said of a ward's change. High is high on both measures."""

    NEW = 0
    PERSISTENT = 1
    EASING = 2
    CLEARED = 3
    NONE = 4
    UNCERTAIN = 5
    NO_DENOMINATOR = 6

    @property
    def phrase(self) -> str:
        """How it is written on every screen and in every file."""
        return _PHRASES[self]


_PHRASES = {
    ChangeClass.NEW: "new: high on both now, not before",
    ChangeClass.PERSISTENT: "persistent: high on both now and before",
    ChangeClass.EASING: "easing: high on both before, probably less now",
    ChangeClass.CLEARED: "cleared: high on both before, not now",
    ChangeClass.NONE: "not high on both, now or before",
    ChangeClass.UNCERTAIN: "too uncertain to say",
    ChangeClass.NO_DENOMINATOR: "no denominator",
}

_NAMED_FIRST = (
    (ChangeClass.NEW, "probability_new"),
    (ChangeClass.CLEARED, "probability_cleared"),
    (ChangeClass.EASING, "probability_easing"),
    (ChangeClass.PERSISTENT, "probability_persistent"),
    (ChangeClass.NONE, "probability_neither"),
)


def classify_changes(
    frame: pd.DataFrame, *, certainty: float, earlier: pd.DataFrame | None = None
) -> NDArray[np.int64]:
    """Name the class of each ward: the first whose probability reaches `certainty`.

    Two can reach it at once only where a ward has cleared, which is easing too, or is still high on a lesser risk, which
    is persistent too: then cleared says more than easing, and easing more than persistent.

    Parameters
    ----------
    frame : DataFrame
        `ward_code` and the probabilities of `changes.Changes.wards`, missing without a denominator.
    certainty : float
        Above 0.5.
    earlier : DataFrame or None
        `ward_code` and `change_class` of an earlier quarter.

    Returns
    -------
    (n,) int array of `ChangeClass`.
    """
    names = [int(name) for name, _ in _NAMED_FIRST]
    probabilities = [frame[column].to_numpy() for _, column in _NAMED_FIRST]
    uncertain = int(ChangeClass.UNCERTAIN)
    classes = np.select([one >= certainty for one in probabilities], names, default=uncertain)
    if earlier is not None:
        last = earlier.set_index("ward_code")["change_class"].reindex(frame["ward_code"]).to_numpy()
        still = [
            (classes == uncertain) & (last == name) & (one >= certainty - SLACK)
            for name, one in zip(names, probabilities, strict=True)
        ]
        classes = np.select(still, names, default=classes)
    return np.where(frame["probability_now"].isna(), int(ChangeClass.NO_DENOMINATOR), classes)
