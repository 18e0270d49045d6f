"""The map with its title and legend, from a released layer."""

from collections.abc import Collection, Sequence
from html import escape

import streamlit as st

from disclosure.audiences import Reader
from disclosure.layers import Layer
from disclosure.palette import styles_of
from disclosure.views import SnapshotView
from pages.components.legend import show_legend
from pages.components.look import is_dark
from pages.components.map_colours import Ahead, Colours
from pages.components.map_groups import Group, groups_in_words
from pages.components.ward_map import ward_map
from pages.session import outlines_of


def show_map(
    layer: Layer,
    *,
    snapshot_id: str,
    reader: Reader,
    selected: str | None,
    key: str,
    source: str,
    height: int,
    chosen: Collection[str] = (),
    adding: bool = False,
    groups: Sequence[Group] = (),
    next_layers: Sequence[Layer] = (),
    control: str = "",
) -> str | None:
    """Draw one released layer, and say what it means; give the ward clicked just now.

    `chosen` wards are outlined together; with `adding`, a click is meant to add one to them or to take it out.
    `groups` are drawn as lines over the classes, and said in words below.
    `next_layers`, released too, may be chosen next, by title in the radio buttons named `control`: the map shows them at once.
    """
    styles = styles_of(layer, dark=is_dark())
    show_legend(layer, styles=styles, groups=groups)
    clicked = ward_map(
        outlines_of(snapshot_id, reader),
        codes=layer.codes,
        styles=styles,
        selected=selected,
        key=key,
        height=height,
        source=source,
        chosen=chosen,
        adding=adding,
        groups=groups,
        ahead=_ahead(next_layers, control=control) if next_layers else None,
    )
    notes = "".join(f"<p>{escape(note)}</p>" for note in layer.notes) + groups_in_words(groups)
    st.html(f'<div class="wo-quiet">{escape(layer.explanation)}</div><div class="wo-small wo-quiet">{notes}</div>')
    return clicked


def _ahead(layers: Sequence[Layer], *, control: str) -> Ahead:
    dark = is_dark()
    return Ahead(control, tuple(Colours(one.title, one.codes, styles_of(one, dark=dark)) for one in layers))


def boundary_source(view: SnapshotView) -> str:
    """Whose boundaries are drawn, as far as that has been said."""
    if "wards" in view.manifest.invented:
        return "Fictional boundaries"
    credit = view.settings.wards.credit
    return f"Ward boundaries {view.manifest.vintage}" + (f": {credit}" if credit else "")
