"""The colours of the classes in both themes: the same on the screen's map, in its legend and on paper."""

from collections.abc import Sequence
from dataclasses import replace

from disclosure.both_risks import BOXES, WITHHELD_COUNT
from disclosure.class_styles import ClassStyle, Pattern
from disclosure.layers import NOT_MODELLED, Layer
from disclosure.wording import PROBABILITY

OverlapColours = dict[str, tuple[str, str, Pattern]]

_OVERLAP: OverlapColours = {
    "high on both": ("#801650", "#ff9ecb", "none"),
    "referrals only": ("#f46a25", "#f58d55", "none"),
    "incidents only": ("#28a197", "#1f8f86", "none"),
    "neither": ("#eceef1", "#3b4651", "none"),
    "too uncertain to say": ("#ffffff", "#0b0f13", "hatch"),
    "no denominator": ("#c9ced6", "#59636e", "dots"),
}
"""Class: fill in the light theme, fill in the dark one, pattern. From the UK government Analysis Function's palette, with
the dark theme's fills lightened so that the class that matters most stands out most."""

CLASSES_OF_OVERLAP = tuple(_OVERLAP)
"""In the order of a legend."""

_LIKELY_LIGHT = ("#f4f1f6", "#e3d7e6", "#d0b5d2", "#ffffff", "#b874a5", "#9c3f7d", "#801650")
_LIKELY_DARK = ("#2c323a", "#40394c", "#57425f", "#0b0f13", "#9c5587", "#d076ab", "#ff9ecb")
_RISK_LIGHT = ("#3f7fb5", "#a9cbe6", "#f3f3f0", "#fbd9b5", "#f08a3c", "#b3430f")
_RISK_DARK = ("#3f86c4", "#2b5c88", "#3d444d", "#7d5535", "#d67a35", "#ffc298")
_AROUND: OverlapColours = {
    "high-high around this ward": ("#b3430f", "#ffc298", "none"),
    "low-low around this ward": ("#3f7fb5", "#3f86c4", "none"),
    "high-low around this ward": ("#fbc48d", "#a8622c", "none"),
    "low-high around this ward": ("#a9cbe6", "#2b5c88", "none"),
    "high around this ward": ("#b3430f", "#ffc298", "none"),
    "low around this ward": ("#3f7fb5", "#3f86c4", "none"),
    "not clear": _OVERLAP["too uncertain to say"],
}
"""The labels of the familiar statistics, in the colours of risk: they speak of high and low, not of overlap."""
_CHANGE: OverlapColours = {
    "new: high on both now, not before": ("#e0409a", "#ffd9ec", "plus"),
    "persistent: high on both now and before": _OVERLAP["high on both"],
    "easing: high on both before, probably less now": ("#a285d1", "#8d76b8", "minus"),
    "cleared: high on both before, not now": ("#2f6fa8", "#4f93cf", "none"),
    "not high on both, now or before": _OVERLAP["neither"],
}
"""What is high now is pink, what was high goes to blue; a mark says which way, for those who cannot go by the colour."""
_BOXES_LIGHT = (
    *("#f3f1ec", "#9ebfdf", "#1b8fd0"),
    *("#fcb588", "#a18382", "#3f5579"),
    *("#f07820", "#8e4a2d", "#33202c"),
)
_BOXES_DARK = (
    *("#2c343d", "#3b588a", "#3b7fe0"),
    *("#8a5c39", "#a3888c", "#adb8e5"),
    *("#e8862a", "#fbbd8a", "#fff6e8"),
)
"""Referrals low, about, high; in each, incidents low, about, high. Evenly spaced between four corners in CIELAB: orange is
referrals, blue is incidents, the strongest contrast to the page is both. A test sees them with colour-blind eyes."""
_BOTH_RISKS: OverlapColours = {
    **{name: (light, dark, "none") for name, light, dark in zip(BOXES, _BOXES_LIGHT, _BOXES_DARK, strict=True)},
    WITHHELD_COUNT: ("#c9ced6", "#59636e", "hatch"),
}
_NAMED = {**_OVERLAP, **_AROUND, **_CHANGE, **_BOTH_RISKS}
AS_LIKELY_AS_NOT = "about as likely as not"


def styles_of(layer: Layer, *, dark: bool) -> list[ClassStyle]:
    """How each class of a layer is drawn, in the order of its classes."""
    if all(name in _NAMED for name in layer.classes):
        return [style_of_class(name, dark=dark) for name in layer.classes]
    ramps = (_LIKELY_LIGHT, _LIKELY_DARK) if layer.key == "probability" else (_RISK_LIGHT, _RISK_DARK)
    bands = [name for name in layer.classes if name != NOT_MODELLED]
    drawn = [_in_ramp(name, fill=fill) for name, fill in zip(bands, _spread(ramps[dark], n=len(bands)), strict=True)]
    return [*drawn, style_of_class(NOT_MODELLED, dark=dark)]


def styles_of_levels(levels: Sequence[str], *, dark: bool) -> dict[str, ClassStyle]:
    """How each level of areas of wards is drawn: bands as on the map; the last, of which nothing is given, as withheld."""
    *bands, not_given = levels
    layer = Layer(key="risk", title="", explanation="", classes=(*bands, NOT_MODELLED), codes=())
    *drawn, withheld = styles_of(layer, dark=dark)
    return dict(zip(levels, [*drawn, replace(withheld, label=not_given)], strict=True))


def _spread(ramp: tuple[str, ...], *, n: int) -> list[str]:
    """Take `n` colours of a ramp, from end to end: some audiences get fewer bands."""
    return [ramp[place * (len(ramp) - 1) // max(n - 1, 1)] for place in range(n)]


def style_of_class(name: str, *, dark: bool) -> ClassStyle:
    """How a class that has a colour of its own is drawn: one of overlap, or one around a ward."""
    light, other, pattern = _NAMED[name]
    return ClassStyle(fill=other if dark else light, pattern=pattern, label=name)


def style_of_certainty(word: str, *, dark: bool) -> ClassStyle:
    """How one of the words for probability (`disclosure.wording.PROBABILITY`) is drawn."""
    ramp = _LIKELY_DARK if dark else _LIKELY_LIGHT
    return _in_ramp(word, fill=ramp[PROBABILITY.names.index(word)])


def _in_ramp(name: str, *, fill: str) -> ClassStyle:
    return ClassStyle(fill=fill, pattern="hatch" if name == AS_LIKELY_AS_NOT else "none", label=name)
