"""The visual language: which theme is on, and the few styles Streamlit has no setting for. Classes: `disclosure.palette`."""

from urllib.parse import quote

import streamlit as st

from disclosure.class_styles import ClassStyle, swatch_svg
from disclosure.palette import style_of_class
from pages.components.state import STATE_STYLES

MEASURE_COLOURS = {"referrals": ("#d9541a", "#f58d55"), "incidents": ("#1d7f77", "#4fc0b6")}
"""Measure: line colour in the light theme, in the dark one."""

_CSS = """
<style>
.block-container {padding-top: 4.2rem; padding-bottom: 3rem; max-width: 1840px;}
h1 {font-size:1.9rem !important; padding:.2rem 0 .3rem !important;}
h2, h3 {font-size:1.3rem !important;}
[data-testid="stBaseButton-tertiary"] {min-height:1.5rem; padding:0; font-weight:600;}
[data-testid="stBaseButton-tertiary"] p {font-weight:600;}
[data-testid="stElementToolbarButton"]:has([aria-label^="Download as"], [aria-label^="Copy Vega"]) {display:none;}
[data-testid^="stBaseButton-primary"], [data-testid^="stBaseButton-primary"] p {color:light-dark(#ffffff, #0f1317);}
[data-testid^="stBaseButton-primary"]:is(:hover, :active):not(:disabled) {background-color:light-dark(#0c2f4d, #8fc1ea);
  border-color:light-dark(#0c2f4d, #8fc1ea); color:light-dark(#ffffff, #0f1317);}
:is(a, button, summary, iframe, [role=tab], [role=radio]):focus-visible {outline-offset:2px;
  outline:3px solid light-dark(#12436d, #8fc1ea) !important;}
[data-testid=stButtonGroup] [role=radiogroup] {flex-wrap:wrap;}
[data-testid=stButtonGroup] [aria-checked=true]:hover p {color:light-dark(#12436d, #8fc1ea);}
[data-testid=stMarkdownContainer]:has(.katex-display) {overflow-x:auto;}
.wo-quiet code, .wo-small code {overflow-wrap:anywhere;}
.wo-marking {display:flex; flex-wrap:wrap; gap:.1rem 1rem; align-items:baseline; border-left:6px solid #801650;
  padding:.35rem .8rem; background:rgba(128,22,80,.10); font-size:.86rem; line-height:1.45;}
.wo-marking b {letter-spacing:.06em;}
.wo-marking .warn, .wo-marking .whose {font-weight:600;}
.wo-marking .whose {overflow-wrap:anywhere;}
.wo-legend {display:flex; flex-wrap:wrap; gap:.3rem 1.1rem; font-size:.9rem; min-height:3.1rem; align-content:flex-end;}
.wo-legend > span {display:flex; align-items:center; gap:.45rem;}
.wo-legend .n {opacity:.8; font-variant-numeric:tabular-nums;}
.wo-square-beside {display:flex; flex-wrap:wrap; gap:.2rem 1rem; align-items:flex-end;}
.wo-square-beside .wo-legend {min-height:0;}
.wo-square {border-collapse:collapse; font-size:.84rem; font-variant-numeric:tabular-nums;}
.wo-square th, .wo-square td {font-weight:400; text-align:left; padding:.1rem .6rem .1rem 0; white-space:nowrap; border:0;}
.wo-square img {vertical-align:-2px;}
.wo-small-maps {display:grid; grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr)); gap:.7rem .9rem;}
.wo-small-maps figure {margin:0;}
.wo-small-maps img {width:100%; display:block;}
.wo-small-maps figcaption {font-size:.84rem; line-height:1.3; text-align:center; padding-top:.2rem;}
.wo-bar {position:relative; height:.55rem; border-radius:.3rem; background:rgba(128,136,144,.28); overflow:hidden;}
.wo-bar > i {position:absolute; inset:0 auto 0 0; border-radius:.3rem;}
.wo-quiet {opacity:.85; font-size:.88rem;}
.wo-from {min-height:1.5em;}
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
h3.wo-sub {font-size:1.02rem !important; padding:.5rem 0 .2rem !important;}
h3.wo-head {margin:0 !important; padding:0 !important;}
.wo-read, .wo-terms, .wo-table {max-width:44rem; font-size:1rem; line-height:1.55;}
.wo-read h2 {padding:1rem 0 .2rem !important;}
.wo-read p, .wo-read li {margin:.3rem 0;}
.wo-terms dt {font-weight:650; margin-top:.7rem;}
.wo-terms dd {margin:0;}
.wo-table {border-collapse:collapse; font-size:.92rem;}
.wo-table caption {text-align:left; font-weight:650; padding:.6rem 0 .3rem;}
.wo-table th, .wo-table td {text-align:left; padding:.3rem 1.2rem .3rem 0; border-bottom:1px solid rgba(128,136,144,.4);
  vertical-align:top; font-variant-numeric:tabular-nums;}
.wo-table .num {text-align:right;}
.st-key-wo_card {margin-top:min(8vh, 5rem);}
.st-key-wo_card [data-testid="stVerticalBlock"] {padding:2rem;}
.stElementContainer:has(.wo-table) {overflow-x:auto;}
@media (max-width: 640px) {
.block-container {padding-left:.8rem; padding-right:.8rem;}
.wo-from {min-height:4.5em;}
.wo-accounts {grid-template-columns:1fr; gap:.2rem;}
.wo-accounts .num {text-align:left; padding-bottom:.7rem;}
}
@media (prefers-reduced-motion: reduce) {
*, *::before, *::after {animation-duration:.01ms !important; animation-iteration-count:1 !important;
  animation-delay:0s !important;
  transition-duration:.01ms !important; transition-delay:0s !important; scroll-behavior:auto !important;}
}
</style>
"""


def is_dark() -> bool:
    """Whether the page is drawn in the dark theme."""
    return st.context.theme.type == "dark"


def apply_styles() -> None:
    """Put the shared styles into the page."""
    st.html(_CSS.replace("</style>", f"{STATE_STYLES}</style>"))


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
