"""The class of a ward: what the data can say of it in one phrase."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class OverlapClass(IntEnum):
    """What is said of a ward. The number is what the map carries."""

    BOTH = 0
    REFERRALS_ONLY = 1
    INCIDENTS_ONLY = 2
    NEITHER = 3
    UNCERTAIN = 4
    NO_DENOMINATOR = 5

    @property
    def phrase(self) -> str:
        """How it is written on every screen and in every file."""
        return _PHRASES[self]


_PHRASES = {
    OverlapClass.BOTH: "high on both",
    OverlapClass.REFERRALS_ONLY: "referrals only",
    OverlapClass.INCIDENTS_ONLY: "incidents only",
    OverlapClass.NEITHER: "neither",
    OverlapClass.UNCERTAIN: "too uncertain to say",
    OverlapClass.NO_DENOMINATOR: "no denominator",
}


def classify(
    *,
    flagged: NDArray[np.bool_],
    probability: NDArray[np.float64],
    probability_referrals: NDArray[np.float64],
    probability_incidents: NDArray[np.float64],
    certainty: float,
) -> NDArray[np.int64]:
    """Name the class of each ward.

    A flagged ward is *high on both*: that is the set with the promise about false flags. Any other ward gets the one
    of *referrals only*, *incidents only* and *neither* whose probability reaches `certainty`, else it is *too
    uncertain to say*. The four joint probabilities follow from the joint one and its two margins and sum to one.

    Parameters
    ----------
    flagged, probability, probability_referrals, probability_incidents : (n,) arrays
        As `fit_overlap` gives them.
    certainty : float
        Between 0.5 and 1, so that at most one class can reach it.

    Returns
    -------
    (n,) int array of `OverlapClass`.
    """
    classes = np.full(probability.shape, int(OverlapClass.UNCERTAIN))
    cells = {
        OverlapClass.REFERRALS_ONLY: probability_referrals - probability,
        OverlapClass.INCIDENTS_ONLY: probability_incidents - probability,
        OverlapClass.NEITHER: 1 - probability_referrals - probability_incidents + probability,
    }
    for overlap_class, cell in cells.items():
        classes[cell >= certainty] = int(overlap_class)
    classes[flagged] = int(OverlapClass.BOTH)
    return classes
