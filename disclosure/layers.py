"""What a map can show: one class a ward, and a name for each class."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.classes import OverlapClass
from disclosure.wording import COARSE_RISK, PROBABILITY, RELATIVE_RISK, Bands

NOT_MODELLED = "no denominator"


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
        "Certainty of overlap",
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
LAYER_KEYS = ("overlap", *_BANDED)


def layer_titles() -> dict[str, str]:
    """Title of each layer by its key."""
    return {"overlap": _OVERLAP_TITLE, **{key: title for key, (_, _, title, _) in _BANDED.items()}}


def released_layers(frame: pd.DataFrame, *, exact: bool) -> dict[str, Layer]:
    """Make every layer from the exact columns of a study; what comes out is classes and bands, wide ones unless `exact`."""
    layers = {"overlap": _overlap_layer(frame)}
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


def _banded_layer(frame: pd.DataFrame, *, key: str, column: str, bands: Bands, title: str, explanation: str) -> Layer:
    codes = bands.codes(frame[column].to_numpy())
    return Layer(
        key=key,
        title=title,
        explanation=explanation,
        classes=(*bands.names, NOT_MODELLED),
        codes=tuple(len(bands.names) if code < 0 else int(code) for code in codes),
    )
