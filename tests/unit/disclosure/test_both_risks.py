"""Nine boxes of two risks, what stands beside them, and colours that colour-blind eyes tell apart."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.classes import OverlapClass
from disclosure.both_risks import BOTH_RISKS_CLASSES, BOXES, UNCERTAIN, WITHHELD_COUNT, both_risks_codes, class_of
from disclosure.layers import BOTH_RISKS_KEY, NOT_MODELLED, released_layers
from disclosure.palette import style_of_class
from tests.studies import make_study

_SEEN_BY = {
    "everyone": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB."""
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def test_a_ward_is_in_the_box_of_its_two_bands_whatever_its_class_if_that_can_be_said() -> None:
    frame = make_study().wards
    frame["overlap_class"] = int(OverlapClass.NEITHER)
    frame["relative_risk_referrals"] = [0.5, 0.67, 1.5, 3.0]
    frame["relative_risk_incidents"] = [1.5, 1.49, 0.1, 2.0]
    assert [BOTH_RISKS_CLASSES[code] for code in both_risks_codes(frame)] == [
        "referrals low, incidents high",
        "referrals about the area's, incidents about the area's",
        "referrals high, incidents low",
        "referrals high, incidents high",
    ]


def test_what_cannot_be_said_stands_beside_the_boxes() -> None:
    frame = make_study().wards
    withheld = np.array([False, True, False, True])
    names = [BOTH_RISKS_CLASSES[code] for code in both_risks_codes(frame, withheld=withheld)]
    assert names == [class_of(referrals=2, incidents=2), WITHHELD_COUNT, UNCERTAIN, NOT_MODELLED]


def test_audiences_with_and_without_exact_values_get_the_same_boxes() -> None:
    frame = make_study().wards
    exact, coarse = (released_layers(frame, exact=one)[BOTH_RISKS_KEY] for one in (True, False))
    assert exact == coarse


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("eyes", _SEEN_BY)
def test_no_two_boxes_look_alike_to_anyone(eyes: str, dark: bool) -> None:
    seen = [_lab(style_of_class(name, dark=dark).fill, eyes=eyes) for name in BOXES]
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2)) > 20


@pytest.mark.parametrize("dark", [False, True])
def test_what_cannot_be_said_is_told_by_its_pattern(dark: bool) -> None:
    patterns = {name: style_of_class(name, dark=dark).pattern for name in BOTH_RISKS_CLASSES}
    assert {patterns[name] for name in BOXES} == {"none"}
    assert (patterns[UNCERTAIN], patterns[WITHHELD_COUNT], patterns[NOT_MODELLED]) == ("hatch", "hatch", "dots")


def _lab(fill: str, *, eyes: str) -> NDArray[np.float64]:
    """CIELAB of a colour as somebody sees it; 2.3 is the least difference that is noticed at all."""
    parts = np.array([int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    scaled = _XYZ @ np.clip(_SEEN_BY[eyes] @ linear, 0, 1) / _WHITE
    x, y, z = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
