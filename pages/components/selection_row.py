"""The row under the map of *Explore*: selecting several wards, going back, and what is selected in words."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from disclosure.gate import Released
from pages.components.selection import ADDING_KEY, Selection, said_of, select
from pages.components.steps import ask_as_settings_do, undo

_DISTRICTS, _NAMED, _FLAGGED, _WITHOUT = "select_districts", "select_names", "select_flagged", "select_without"


def draw_selection_row(selection: Selection, released: Released, *, without: Sequence[str] = ()) -> None:
    """Draw the row. It is as high with a selection as without one: nothing jumps.

    Parameters
    ----------
    without
        Codes of the flagged wards in which nothing is known to run.
    """
    with st.container(key="wo_selection", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.toggle(
                "Select several wards",
                key=ADDING_KEY,
                help="While this is on, a click on the map adds a ward to the selection or takes it out, and the table takes "
                "several rows. Every view shows what is selected.",
            )
            with st.popover("Select by", icon=":material/select_all:"):
                _draw_kinds(selection, released)
                if without:
                    _draw_without(without)
            st.button("Undo", icon=":material/undo:", on_click=undo, help="Go back one step of what was chosen.")
            st.button(
                "Reset",
                icon=":material/restart_alt:",
                on_click=ask_as_settings_do,
                help="Ask what the settings ask. The selection stays.",
            )
            st.button(
                "Clear",
                icon=":material/deselect:",
                on_click=select,
                args=([],),
                disabled=not selection,
                help="Select no ward.",
            )
        st.html(
            f'<div class="wo-quiet" role="status" style="min-height:2.7em">{escape(said_of(selection, released))}</div>'
        )


def _draw_kinds(selection: Selection, released: Released) -> None:
    wards = released.wards
    districts = st.multiselect("Wards of districts", sorted(wards["district"].dropna().unique()), key=_DISTRICTS)
    names = {row.ward_code: f"{row.ward_name} ({row.district})" for row in wards.sort_values("ward_name").itertuples()}
    named = st.multiselect("Wards by name", list(names), key=_NAMED, format_func=names.__getitem__)
    asked_for = wards.loc[wards["district"].isin(districts) | wards["ward_code"].isin(named), "ward_code"].tolist()
    flagged = released.flagged["ward_code"].tolist()
    with st.container(horizontal=True):
        st.button(
            "Select these",
            key="select_these",
            on_click=select,
            args=(asked_for,),
            disabled=not asked_for,
        )
        st.button(
            "Add these",
            key="add_these",
            on_click=select,
            args=([*selection, *asked_for],),
            disabled=not asked_for,
        )
    st.button(
        f"Select the flagged wards ({len(flagged)})",
        key=_FLAGGED,
        on_click=select,
        args=(flagged,),
        disabled=not flagged,
    )


def _draw_without(wards: Sequence[str]) -> None:
    label = f"Select the flagged wards with nothing known to run ({len(wards)})"
    st.button(label, key=_WITHOUT, on_click=select, args=(wards,))
