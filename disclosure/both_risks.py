"""Both risks in one layer: three bands of each, nine classes, and beside them what cannot be said.

The bands are those of audiences without exact values (`disclosure.wording.COARSE_RISK`), for everyone, so that two audiences
that look at the same map speak of the same boxes. Everything in it follows from what the table of wards gives an audience: the
bands and the class of each ward, and which counts are withheld.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.classes import OverlapClass
from disclosure.wording import COARSE_RISK

BOTH_RISKS_KEY = "both_risks"
BOTH_RISKS_TITLE = "Both risks"
LEVELS = ("low", "about the area's", "high")
"""Names of the bands of `COARSE_RISK`, short."""
UNCERTAIN = OverlapClass.UNCERTAIN.phrase
WITHHELD_COUNT = "count withheld"
NOT_MODELLED = OverlapClass.NO_DENOMINATOR.phrase


def class_of(*, referrals: int, incidents: int) -> str:
    """Name the class of two bands, by their numbers."""
    return f"referrals {LEVELS[referrals]}, incidents {LEVELS[incidents]}"


BOXES = tuple(class_of(referrals=r, incidents=i) for r in range(len(LEVELS)) for i in range(len(LEVELS)))
BOTH_RISKS_CLASSES = (*BOXES, UNCERTAIN, WITHHELD_COUNT, NOT_MODELLED)
BOTH_RISKS_SAID = (
    "Both modelled risks at once. Low is under 0.67 times the whole area's rate, high is 1.5 times or more, whatever threshold "
    "is chosen above. Hatched: wards of which the class cannot be said."
)


def both_risks_codes(frame: pd.DataFrame, *, withheld: NDArray[np.bool_] | None = None) -> tuple[int, ...]:
    """Give the number of each ward's class.

    Parameters
    ----------
    frame : (n,) DataFrame
        `overlap_class` and both `relative_risk_` of a study.
    withheld : (n,) bool array, optional
        Wards of which a count is not told at all.
    """
    referrals, incidents = (
        COARSE_RISK.codes(frame[f"relative_risk_{measure}"].to_numpy()) for measure in ("referrals", "incidents")
    )
    codes = len(LEVELS) * referrals + incidents
    classes = frame["overlap_class"].to_numpy()
    codes[classes == int(OverlapClass.UNCERTAIN)] = BOTH_RISKS_CLASSES.index(UNCERTAIN)
    if withheld is not None:
        codes[withheld] = BOTH_RISKS_CLASSES.index(WITHHELD_COUNT)
    missing = (referrals < 0) | (incidents < 0) | (classes == int(OverlapClass.NO_DENOMINATOR))
    codes[missing] = BOTH_RISKS_CLASSES.index(NOT_MODELLED)
    return tuple(int(code) for code in codes)
