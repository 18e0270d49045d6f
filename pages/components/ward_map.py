"""The ward map: outlines reach the browser once, each run sends one class a ward, zoom and position stay.

Use::

    outlines = publish_outlines(geojson, ward_codes)            # once a snapshot, kept by the caller's cache
    clicked = ward_map(outlines, codes=codes, styles=styles, selected=ward, key="overview")
    if clicked: ...                                             # the ward clicked just now

The map is not the keyboard's way to a ward: put a select box and a table beside it.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

import streamlit as st
from streamlit_folium import st_folium

from disclosure.class_styles import ClassStyle, swatch_svg
from pages.components.map_colours import Ahead, message
from pages.components.map_groups import Group, messages
from pages.components.map_layers import Paint, WardMap
from pages.components.map_outlines import MapOutlines, publish_outlines
from pages.components.static_files import STATIC_ROOT

__all__ = ["ClassStyle", "MapOutlines", "publish_outlines", "swatch_svg", "ward_map"]

_AHEAD_UP_TO = 2_000
"""Wards: of more, the colours of what may be chosen next would be most of what is sent."""


def ward_map(
    outlines: MapOutlines,
    *,
    codes: Sequence[int],
    styles: Sequence[ClassStyle],
    selected: str | None,
    key: str,
    height: int = 560,
    dark: bool | None = None,
    notes: Sequence[str] | None = None,
    neighbours: Collection[str] = (),
    chosen: Collection[str] = (),
    adding: bool = False,
    groups: Sequence[Group] = (),
    ahead: Ahead | None = None,
    label: str = "Map of wards. To choose a ward by keyboard, use the list beside the map.",
    source: str = "",
    root: Path = STATIC_ROOT,
) -> str | None:
    """Draw the wards in the colours of their classes.

    Everything given here reaches the browser: classes and notes come from a released view.

    Parameters
    ----------
    outlines : MapOutlines
        From `publish_outlines`.
    codes : sequence of int, shape (n,)
        Index into `styles`, one a ward in the outlines' order.
    styles : sequence of ClassStyle
        At most 36.
    selected : str or None
        Ward drawn with a double outline and named on the map.
    key : str
        Of this map in the page. The outlines' version and the height are added, as a change of either builds a new map.
    height : int
        Pixels.
    dark : bool, optional
        Whether to draw for a dark page, as `styles` are; if not given, as Streamlit says the page is. When the browser
        knows better (Streamlit hears of a switched theme only with the next run) the map asks for one more run.
    notes : sequence of str, shape (n,), optional
        One short text a ward for the tooltip, under its name and the label of its class. Shown as text, never as HTML.
    neighbours : collection of str
        Wards drawn with a thinner outline.
    chosen : collection of str
        Wards chosen together, drawn with an outline between that of a neighbour and that of the selected ward.
    adding : bool
        Whether a click adds a ward to those chosen, or takes it out: the map shows it at once, and every click is given.
    groups : sequence of Group
        Drawn as lines over the classes, one of a kind. Nothing is sent where there are none.
    ahead : Ahead, optional
        What may be chosen next: the map shows it the moment it is chosen, and the run that follows says whether it holds.
    label : str
        What a screen reader says of the map.
    source : str
        Whose boundaries these are, in the lower corner.
    root : Path
        The static folder of the script that Streamlit runs; the one that `outlines` were published in.

    Returns
    -------
    str or None
        The ward clicked, in the one run that the click caused; `None` in every other. A click on the ward that is `selected`
        already, moving and zooming cause no run.

    Raises
    ------
    ValueError
        If there is not one code a ward, or a code has no style, or a note is missing.
    """
    view = {
        **message(codes, styles=styles, n=outlines.n),
        "selected": _index(outlines, selected),
        "neighbours": _places(outlines, neighbours),
        "chosen": _places(outlines, chosen),
        "adding": adding,
        "notes": _notes(notes, n=outlines.n),
        "dark": st.context.theme.type == "dark" if dark is None else dark,
    } | ({"groups": messages(groups)} if groups else {})
    returned = st_folium(
        WardMap(outlines, label=label, source=source, root=root),
        key=f"{key}-{outlines.version}-{height}",
        height=height,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=Paint(view, ahead=ahead if outlines.n <= _AHEAD_UP_TO else None),
    )
    return _new_click(returned, outlines, key=key)


def _index(outlines: MapOutlines, ward: str | None) -> int | None:
    try:
        return None if ward is None else outlines.ward_codes.index(ward)
    except ValueError:  # a ward of another vintage, perhaps from an old link: nothing to outline
        return None


def _places(outlines: MapOutlines, wards: Collection[str]) -> list[int]:
    """Give the places of several wards, in order."""
    wanted = frozenset(wards)
    if not wanted:
        return []
    return [place for place, code in enumerate(outlines.ward_codes) if code in wanted]


def _notes(notes: Sequence[str] | None, *, n: int) -> dict[str, list[object]] | None:
    """Send each different text once, and which ward has which."""
    if notes is None:
        return None
    if len(notes) != n:
        raise ValueError(f"{len(notes)} notes for {n} wards")
    texts = {text: place for place, text in enumerate(dict.fromkeys(notes))}
    return {"texts": list(texts), "of": [texts[note] for note in notes]}


def _new_click(returned: object, outlines: MapOutlines, *, key: str) -> str | None:
    """Give a click once: streamlit-folium goes on returning the last one on every run."""
    drawing = returned.get("last_active_drawing") if isinstance(returned, dict) else None
    click = drawing.get("properties", {}) if isinstance(drawing, dict) else {}
    seen = f"_{key}-last-click"
    if not click or click.get("at") == st.session_state.get(seen):
        return None
    st.session_state[seen] = click.get("at")
    return click["code"] if click.get("code") in outlines.ward_codes else None
