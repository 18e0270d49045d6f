"""What a map can show: one class a ward, and a name for each class."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.classes import OverlapClass
from disclosure.both_risks import (
    BOTH_RISKS_CLASSES,
    BOTH_RISKS_KEY,
    BOTH_RISKS_SAID,
    BOTH_RISKS_TITLE,
    NOT_MODELLED,
    both_risks_codes,
)
from disclosure.wording import COARSE_RISK, PROBABILITY, RELATIVE_RISK, Bands

__all__ = ["BOTH_RISKS_KEY", "LAYER_KEYS", "NOT_MODELLED", "Layer", "layer_titles", "released_layers"]


@dataclass(frozen=True)
class Layer:
    """One measure as classes."""

    key: str
    title: str
    explanation: str
    """One sentence a councillor could follow."""
    classes: tuple[str, ...]
    codes: tuple[int, ...]
    """Number of its class for each ward, in ward order."""
    notes: tuple[str, ...] = ()
    """Further sentences: how it was tested, and what to be careful of."""

    def class_counts(self) -> tuple[int, ...]:
        """How many wards each class has."""
        counts = np.bincount(np.array(self.codes, dtype=np.int64), minlength=len(self.classes))
        return tuple(int(n) for n in counts)


_OVERLAP_TITLE = "Overlap"
_BANDED = {
    "probability": (
        "probability_both",
        PROBABILITY,
        "Certainty",
        "How probable it is that both true risks are above the threshold, given the counts here and around.",
    ),
    "risk_referrals": (
        "relative_risk_referrals",
        RELATIVE_RISK,
        "Referral risk",
        "Referrals made here against what the whole area's rate would give, steadied by the neighbours.",
    ),
    "risk_incidents": (
        "relative_risk_incidents",
        RELATIVE_RISK,
        "Incident risk",
        "Recorded incidents here against what the whole area's rate would give, steadied by the neighbours.",
    ),
}
LAYER_KEYS = ("overlap", BOTH_RISKS_KEY, *_BANDED)


def layer_titles() -> dict[str, str]:
    """Title of each layer by its key."""
    titles = {"overlap": _OVERLAP_TITLE, BOTH_RISKS_KEY: BOTH_RISKS_TITLE}
    return {**titles, **{key: title for key, (_, _, title, _) in _BANDED.items()}}


def released_layers(frame: pd.DataFrame, *, exact: bool, withheld: NDArray[np.bool_] | None = None) -> dict[str, Layer]:
    """Make every layer from the exact columns of a study; what comes out is classes and bands, wide ones unless `exact`.

    `withheld`, (n,), says of which wards a count is not told at all.
    """
    layers = {"overlap": _overlap_layer(frame), BOTH_RISKS_KEY: _both_risks_layer(frame, withheld=withheld)}
    for key, (column, narrow, title, explanation) in _BANDED.items():
        bands = COARSE_RISK if narrow is RELATIVE_RISK and not exact else narrow
        layers[key] = _banded_layer(frame, key=key, column=column, bands=bands, title=title, explanation=explanation)
    return layers


def _overlap_layer(frame: pd.DataFrame) -> Layer:
    return Layer(
        key="overlap",
        title=_OVERLAP_TITLE,
        explanation="Where both are high, one or neither, and where the data cannot tell which of these a ward is.",
        classes=tuple(one.phrase for one in OverlapClass),
        codes=tuple(int(code) for code in frame["overlap_class"]),
    )


def _both_risks_layer(frame: pd.DataFrame, *, withheld: NDArray[np.bool_] | None) -> Layer:
    return Layer(
        key=BOTH_RISKS_KEY,
        title=BOTH_RISKS_TITLE,
        explanation=BOTH_RISKS_SAID,
        classes=BOTH_RISKS_CLASSES,
        codes=both_risks_codes(frame, withheld=withheld),
    )


def _banded_layer(frame: pd.DataFrame, *, key: str, column: str, bands: Bands, title: str, explanation: str) -> Layer:
    codes = bands.codes(frame[column].to_numpy())
    return Layer(
        key=key,
        title=title,
        explanation=explanation,
        classes=(*bands.names, NOT_MODELLED),
        codes=tuple(len(bands.names) if code < 0 else int(code) for code in codes),
    )
