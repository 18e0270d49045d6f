"""The same question in every window: small maps beside each other, and a map that plays them one after the other.

All windows are worked out once, when they are asked for; after that, another window only recolours the map.
"""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from time import monotonic

import streamlit as st

from disclosure.gate import Released
from disclosure.layers import LAYER_KEYS, Layer
from disclosure.palette import styles_of
from disclosure.permitted import Window
from disclosure.window_series import WindowSeries
from pages.components.choosing import Chosen
from pages.components.guard import fragment
from pages.components.look import is_dark
from pages.components.map_block import boundary_source, show_map
from pages.components.on_request import ask_on_request
from pages.components.screen import say_faults
from pages.components.selection import Selection
from pages.components.url_state import UrlChoices, go_to
from pages.session import SERIES, layer_titles
from pages.small_maps import SmallGround, as_image, draw_small, small_ground

MOST_SMALL = 12
"""Small maps beside each other."""
_APART = {"year": ("a year", 4), "quarter": ("a quarter", 1)}
"""How far the small maps' windows are apart: in words, and in quarters."""
_LAYER, _STEP, _WINDOW, _PLAYING, _TURNED = (
    "windows_of",
    "windows_apart",
    "window_shown",
    "_windows_playing",
    "_windows_turned",
)
_FROM_START = "_windows_from_start"
_A_WINDOW = 1.6
"""Seconds that a window is shown while they play."""
_HEIGHT = 430
_FROM_EACH = (
    "Each window is worked out by itself, and neighbouring windows share quarters. Whether anything changed is a question of its "
    "own: the map's Change answers it."
)


def settle_windows(choices: UrlChoices) -> None:
    """Settle what the maps show."""
    choices.one(_LAYER, list(LAYER_KEYS), default=LAYER_KEYS[0])
    choices.one(_STEP, list(_APART), default="year")


def show_windows(released: Released, *, chosen: Chosen, choices: UrlChoices, selection: Selection) -> None:
    """Draw the button that works the windows out and, once they are known, the player beside the small maps."""
    newest = chosen.view.ends(released.question.quarters)[0]
    of_all = replace(released, question=replace(released.question, last_quarter=newest))
    with st.container():  # with the button or without it, what follows has the same place, and the map stays
        series = ask_on_request(
            SERIES,
            of_all,
            snapshot_id=chosen.snapshot_id,
            key="all_windows",
            label="Work out every window",
            doing="Fitting the overlap model, window by window",
            help_text="The question above in every window of its length that you may have: about a second each for 200 wards.",
        )
    if series is None:
        st.html(f'<div class="wo-quiet">{escape(_FROM_EACH)}</div>')
        return
    with st.container(horizontal=True, gap="large"):
        key = st.segmented_control(
            "Coloured by", list(LAYER_KEYS), key=_LAYER, format_func=layer_titles().__getitem__, required=True
        )
        step = st.segmented_control(
            "Small maps apart by", list(_APART), key=_STEP, format_func=lambda one: _APART[one][0], required=True
        )
    choices.keep(_LAYER, key)
    choices.keep(_STEP, step)
    choices.write()
    layer_key, (_, at_least) = str(key or LAYER_KEYS[0]), _APART[str(step or "year")]
    player, beside = st.columns([1, 1.25], gap="medium")
    with player:
        playing = bool(st.session_state.get(_PLAYING))
        drawn = fragment(_draw_player, every=_A_WINDOW if playing else None)
        drawn(series, layer_key=layer_key, chosen=chosen, selection=selection)
    with beside:
        ground = small_ground(chosen.snapshot_id, chosen.reader)
        places = series.apart(most=MOST_SMALL, at_least=at_least)
        st.html(small_maps_html(series, places, ground=ground, layer_key=layer_key, selection=selection))
        st.html(f'<div class="wo-quiet">{escape(_FROM_EACH)}</div>')


def stop_playing() -> None:
    """Stop where the windows are not looked at any more."""
    st.session_state[_PLAYING] = False


def _draw_player(series: WindowSeries, *, layer_key: str, chosen: Chosen, selection: Selection) -> None:
    with say_faults("explore"):
        ends = [window.last for window in series.windows]
        if st.session_state.pop(_FROM_START, False):
            st.session_state[_WINDOW] = ends[0]
        elif st.session_state.get(_WINDOW) not in ends:
            st.session_state[_WINDOW] = ends[-1]
        over = _turn(ends)
        playing = bool(st.session_state.get(_PLAYING))
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            pressed = st.button(
                "Stop" if playing else "Play",
                icon=":material/pause:" if playing else ":material/play_arrow:",
                key="play_windows",
                disabled=len(ends) < 2,
            )
            shown = _choose(ends, quarters=series.windows[0].quarters)
        if pressed:
            _start_or_stop(playing=playing, at_end=shown == ends[-1])
        if pressed or over:
            st.rerun()
        place = ends.index(shown)
        st.html(f"<b>{escape(series.windows[place].in_words())}</b>")
        clicked = show_map(
            series.layers[place][layer_key],
            snapshot_id=chosen.snapshot_id,
            reader=chosen.reader,
            selected=None,
            chosen=selection,
            key="windows",
            source=boundary_source(chosen.view),
            height=_HEIGHT,
        )
        if clicked:
            go_to("ward", clicked)
            st.rerun()


def _choose(ends: Sequence[str], *, quarters: int) -> str:
    if len(ends) < 2:
        return ends[0]
    return str(
        st.select_slider(
            "Window",
            list(ends),
            key=_WINDOW,
            format_func=lambda end: Window(end, quarters).in_words(),
            label_visibility="collapsed",
        )
    )


def _turn(ends: Sequence[str]) -> bool:
    """Go on to the next window if they play and this one has been shown long enough; say whether that was the last."""
    if not st.session_state.get(_PLAYING) or monotonic() - st.session_state.get(_TURNED, 0.0) < 0.8 * _A_WINDOW:
        return False
    st.session_state[_TURNED] = monotonic()
    place = ends.index(st.session_state[_WINDOW])
    if place + 1 < len(ends):
        st.session_state[_WINDOW] = ends[place + 1]
        return False
    st.session_state[_PLAYING] = False
    return True


def _start_or_stop(*, playing: bool, at_end: bool) -> None:
    """Start or stop. From the end it starts again at the beginning, with the next run: the slider of this one is drawn."""
    st.session_state[_PLAYING] = not playing
    st.session_state[_FROM_START] = not playing and at_end
    st.session_state[_TURNED] = monotonic()


def small_maps_html(
    series: WindowSeries, places: Sequence[int], *, ground: SmallGround, layer_key: str, selection: Selection
) -> str:
    """Write the small maps, each with its window in words and what it shows as its text."""
    figures, dark = [], is_dark()
    for place in places:
        layer, words = series.layers[place][layer_key], series.windows[place].in_words()
        svg = draw_small(ground, layer, styles=styles_of(layer, dark=dark), dark=dark, selected=selection)
        figures.append(
            f'<figure><img src="{as_image(svg)}" alt="{escape(_in_words(layer, words=words))}">'
            f"<figcaption>{escape(words)}</figcaption></figure>"
        )
    return f'<div class="wo-small-maps">{"".join(figures)}</div>'


def _in_words(layer: Layer, *, words: str) -> str:
    counts = zip(layer.classes, layer.class_counts(), strict=True)
    return f"{layer.title}, {words}: {'; '.join(f'{name} {number}' for name, number in counts if number)}."
