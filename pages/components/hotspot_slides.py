"""The slides of the steering group: one message each, large enough to be read across a room, turned by keys."""

from html import escape

import streamlit as st

from pages.components.url_state import go_to

SLIDES = {
    "now": "Now",
    "new": "New",
    "persistent": "Persistent",
    "easing": "Easing, cleared",
    "unclear": "Unclear",
    "last": "Last time",
    "decide": "Decide",
}
_LARGE = """
<style>
@media (min-width: 1200px) {html {font-size:20px;}}
@media (min-width: 1700px) {html {font-size:25px;}}
.wo-slide h1 {font-size:2.5rem !important; line-height:1.15; padding:0 0 .3rem !important;}
.wo-slide p {font-size:1.25rem; line-height:1.4; margin:.35rem 0; max-width:60rem;}
.wo-slide .wo-quiet {font-size:1rem;}
.st-key-wo_cards [data-testid="stBaseButton-tertiary"] p {font-size:1.3rem; text-align:left;}
</style>
"""
_BARE = """
<style>
[data-testid="stHeader"], [data-testid="stToolbar"] {display:none;}
.block-container {padding-top:.8rem !important;}
</style>
"""


def apply_large_type(*, bare: bool) -> None:
    """Make this screen's type large; with `bare` take away everything around it but the marking."""
    st.html(_LARGE + (_BARE if bare else ""))


def show_message(title: str, *sentences: str) -> None:
    """Draw the one message of a slide, and what goes with it."""
    said = "".join(f"<p>{escape(text)}</p>" for text in sentences if text)
    st.html(f'<div class="wo-slide"><h1>{escape(title)}</h1>{said}</div>')


def draw_turning(now: str, *, bare: bool) -> None:
    """Draw the names of the slides and what turns them: the arrow keys, and F for the full screen."""
    names = list(SLIDES)
    at = names.index(now)
    with st.container(horizontal=True, vertical_alignment="center", key="wo_turning"):
        if st.button("Back", key="slide_back", shortcut="Left", disabled=at == 0):
            _turn(names[at - 1])
        if st.button("On", key="slide_on", shortcut="Right", disabled=at == len(names) - 1):
            _turn(names[at + 1])
        st.segmented_control(
            "Slide", names, key="slide", format_func=SLIDES.__getitem__, required=True, label_visibility="collapsed"
        )
        if st.button("Menu" if bare else "Full screen", key="slide_bare", shortcut="F", type="tertiary"):
            go_to("full", "no" if bare else "yes")
            st.rerun()


def _turn(slide: str) -> None:
    go_to("slide", slide)
    st.rerun()
