"""The visual language: colours of the classes in both themes, and the few styles Streamlit has no setting for."""

from urllib.parse import quote

import streamlit as st

from disclosure.layers import NOT_MODELLED, Layer
from pages.components.map_styles import ClassStyle, Pattern, swatch_svg

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
_NAMED = {**_OVERLAP, **_AROUND, **_CHANGE}
AS_LIKELY_AS_NOT = "about as likely as not"

MEASURE_COLOURS = {"referrals": ("#d9541a", "#f58d55"), "incidents": ("#1d7f77", "#4fc0b6")}
"""Measure: line colour in the light theme, in the dark one."""

_CSS = """
<style>
.block-container {padding-top: 3.6rem; padding-bottom: 3rem; max-width: 1840px;}
h1 {font-size:1.9rem !important; padding:.2rem 0 0 !important;}
h2, h3 {font-size:1.3rem !important;}
[data-testid="stBaseButton-tertiary"] {min-height:1.5rem; padding:0; font-weight:600;}
[data-testid="stBaseButton-tertiary"] p {font-weight:600;}
[data-testid="stElementToolbarButton"]:has([aria-label^="Download as"], [aria-label^="Copy Vega"]) {display:none;}
.wo-marking {display:flex; flex-wrap:wrap; gap:.1rem 1rem; align-items:baseline; border-left:6px solid #801650;
  padding:.35rem .8rem; background:rgba(128,22,80,.10); font-size:.86rem; line-height:1.45;}
.wo-marking b {letter-spacing:.06em;}
.wo-marking .warn {font-weight:600;}
.wo-legend {display:flex; flex-wrap:wrap; gap:.3rem 1.1rem; font-size:.9rem; min-height:3.1rem; align-content:flex-end;}
.wo-legend > span {display:flex; align-items:center; gap:.45rem;}
.wo-legend .n {opacity:.8; font-variant-numeric:tabular-nums;}
.wo-bar {position:relative; height:.55rem; border-radius:.3rem; background:rgba(128,136,144,.28); overflow:hidden;}
.wo-bar > i {position:absolute; inset:0 auto 0 0; border-radius:.3rem;}
.wo-quiet {opacity:.85; font-size:.88rem;}
.wo-small p {margin:.25rem 0; font-size:.9rem;}
.wo-row {font-size:.92rem; display:flex; justify-content:space-between; gap:.8rem; align-items:baseline;}
.wo-figures {display:grid; grid-template-columns:repeat(auto-fit,minmax(11rem,1fr)); gap:.8rem; margin:.2rem 0 .4rem;}
.wo-figure {border:1px solid rgba(128,136,144,.4); border-radius:.5rem; padding:.6rem .9rem;}
.wo-figure .v {font-size:1.7rem; font-weight:650; line-height:1.2; font-variant-numeric:tabular-nums;}
.wo-figure .l {font-size:.9rem;}
.wo-figure .s {font-size:.84rem; opacity:.85;}
.wo-chip {display:inline-flex; align-items:center; gap:.45rem; font-weight:600;}
.wo-facts {display:grid; grid-template-columns:auto 1fr auto; gap:.3rem .8rem; align-items:center; font-size:.92rem;}
.wo-facts .num {text-align:right; font-variant-numeric:tabular-nums;}
.st-key-wo_frame > div:has(.wo-marking) {flex:1 1 22rem; min-width:0;}
.st-key-wo_who {margin-left:auto;}
.wo-say {margin:.2rem 0;}
.st-key-wo_card {margin-top:min(8vh, 5rem);}
.st-key-wo_card [data-testid="stVerticalBlock"] {padding:2rem;}
@media (max-width: 640px) {.block-container {padding-left:.8rem; padding-right:.8rem;}}
</style>
"""


def is_dark() -> bool:
    """Whether the page is drawn in the dark theme."""
    return st.context.theme.type == "dark"


def apply_styles() -> None:
    """Put the shared styles into the page."""
    st.html(_CSS)


def styles_of(layer: Layer, *, dark: bool) -> list[ClassStyle]:
    """How each class of a layer is drawn, in the order of its classes."""
    if all(name in _NAMED for name in layer.classes):
        return [style_of_class(name, dark=dark) for name in layer.classes]
    ramps = (_LIKELY_LIGHT, _LIKELY_DARK) if layer.key == "probability" else (_RISK_LIGHT, _RISK_DARK)
    bands = [name for name in layer.classes if name != NOT_MODELLED]
    drawn = [
        ClassStyle(fill=fill, pattern="hatch" if name == AS_LIKELY_AS_NOT else "none", label=name)
        for name, fill in zip(bands, _spread(ramps[dark], n=len(bands)), strict=True)
    ]
    return [*drawn, style_of_class(NOT_MODELLED, dark=dark)]


def _spread(ramp: tuple[str, ...], *, n: int) -> list[str]:
    """Take `n` colours of a ramp, from end to end: some audiences get fewer bands."""
    return [ramp[place * (len(ramp) - 1) // max(n - 1, 1)] for place in range(n)]


def style_of_class(name: str, *, dark: bool) -> ClassStyle:
    """How a class that has a colour of its own is drawn: one of overlap, or one around a ward."""
    light, other, pattern = _NAMED[name]
    return ClassStyle(fill=other if dark else light, pattern=pattern, label=name)


def swatch(style: ClassStyle) -> str:
    """Draw a class for a legend: as an image, since Streamlit takes inline SVG out of HTML."""
    drawn = swatch_svg(style).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f'<img alt="" width="24" height="16" src="data:image/svg+xml,{quote(drawn)}">'


def flag_colour() -> str:
    """Colour of what is high on both."""
    return style_of_class("high on both", dark=is_dark()).fill


def measure_colour(measure: str, *, dark: bool) -> str:
    """Colour of a measure's lines."""
    return MEASURE_COLOURS[measure][dark]
