"""The slides of the steering group: one message each, large enough to be read across a room, turned by keys."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.components.url_state import go_to

WARD, PROVIDED, PAPERS = "each", "provided", "papers"
SLIDES = {
    "now": "Now",
    "new": "New",
    "persistent": "Persistent",
    "easing": "Easing, cleared",
    "unclear": "Change not known",
    PROVIDED: "Provided",
    WARD: "Ward by ward",
    "last": "Last time",
    "decide": "Decide",
    PAPERS: "Papers",
}
Step = tuple[str, str]
"""A slide, and of the one for each ward also the ward's code."""
_LARGE = """
<style>
@media (min-width: 1200px) {html {font-size:20px;}}
@media (min-width: 1700px) {html {font-size:24px;}}
.wo-slide h1 {font-size:2.1rem !important; line-height:1.15; padding:0 0 .3rem !important;}
.wo-slide p {font-size:1.2rem; line-height:1.35; margin:.3rem 0; max-width:60rem;}
.wo-slide .wo-quiet {font-size:.95rem;}
.st-key-wo_cards [data-testid="stBaseButton-tertiary"] p {font-size:1.3rem; text-align:left; text-decoration:underline;
  text-underline-offset:.2em; text-decoration-thickness:.06em;}
.st-key-wo_turning {gap:.5rem;}
@media (max-width: 640px) {.wo-slide h1 {font-size:1.6rem !important;} .wo-slide p {font-size:1.05rem;}}
</style>
"""
_BARE = """
<style>
[data-testid="stHeader"], [data-testid="stToolbar"] {display:none;}
.block-container {padding-top:.8rem !important; padding-bottom:3rem !important;}
.st-key-wo_turning {position:fixed; left:0; right:0; bottom:0; padding:.2rem 1rem; z-index:20; opacity:.001;
  background:light-dark(#ffffff, #14181c);}
.st-key-wo_turning:hover, .st-key-wo_turning:focus-within {opacity:1;}
</style>
"""


def apply_large_type(*, bare: bool) -> None:
    """Make this screen's type large; with `bare` take away everything around it but the marking.

    What turns the slides then waits at the lower edge until somebody points there or tabs to it; the keys go on working.
    """
    st.html(_LARGE + (_BARE if bare else ""))


def show_message(title: str, *sentences: str) -> None:
    """Draw the one message of a slide, and what goes with it."""
    said = "".join(f"<p>{escape(text)}</p>" for text in sentences if text)
    st.html(f'<div class="wo-slide"><h1>{escape(title)}</h1>{said}</div>')


def draw_turning(now: Step, *, steps: Sequence[Step], bare: bool) -> None:
    """Draw the names of the slides and what turns them: the arrow keys, and F for the slide alone.

    Parameters
    ----------
    steps
        The slides that hold something, in order; what is shown now is among them.
    """
    at = steps.index(now)
    names = list(dict.fromkeys(slide for slide, _ in steps))
    with st.container(horizontal=True, vertical_alignment="center", key="wo_turning"):
        if st.button("Back", key="slide_back", shortcut="Left", disabled=at == 0):
            turn(*steps[at - 1])
        if st.button("Next", key="slide_on", shortcut="Right", disabled=at == len(steps) - 1):
            turn(*steps[at + 1])
        st.segmented_control(
            "Slide", names, key="slide", format_func=SLIDES.__getitem__, required=True, label_visibility="collapsed"
        )
        label = "Leave full screen" if bare else "Full screen"
        if st.button(
            label, key="slide_bare", shortcut="F", type="tertiary", help="F11 hides the browser's own bars too."
        ):
            go_to("full", "no" if bare else "yes")
            st.rerun()


def turn(slide: str, ward: str = "") -> None:
    """Go to a slide, and to a ward's."""
    go_to("slide", slide)
    if ward:
        go_to("ward", ward)
    st.rerun()
