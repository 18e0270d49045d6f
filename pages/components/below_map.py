"""What stands below the map of *Explore*: the table, and the other views of the same wards, one at a time.

A fragment: turning to another view runs neither the map nor the panel again. What is selected in a view runs all of them.
"""

import streamlit as st

from disclosure.gate import Released
from disclosure.permitted import Question
from pages.components.choosing import Chosen, draw_snapshot
from pages.components.compare_settings import settle_compared, show_compared
from pages.components.guard import fragment
from pages.components.keep_selection import show_keeping
from pages.components.provided_marks import runs_by_ward
from pages.components.risk_grid import show_grid
from pages.components.risk_scatter import show_scatter
from pages.components.screen import say_faults
from pages.components.selection import Selection, is_adding, select, take
from pages.components.selection_trend import show_selection_trend
from pages.components.url_state import UrlChoices, go_to
from pages.components.ward_table import offer_download, show_table
from pages.components.windows_view import settle_windows, show_windows, stop_playing
from pages.session import trend_of

VIEWS = {
    "table": "Table",
    "risks": "Both risks",
    "trend": "Selected over time",
    "windows": "Every window",
    "compare": "Compare settings",
    "keep": "Save and repeat",
}
_VIEW = "below"


def settle_below(choices: UrlChoices, chosen: Chosen, question: Question) -> None:
    """Settle which view is drawn, and what it holds."""
    choices.one(_VIEW, list(VIEWS), default="table")
    settle_windows(choices)
    settle_compared(choices, chosen, question)


@fragment
def show_below(
    released: Released, *, chosen: Chosen, choices: UrlChoices, selection: Selection, ward: str | None
) -> None:
    """Draw the choice of a view, and the view."""
    view = st.segmented_control(
        "Below the map",
        list(VIEWS),
        key=_VIEW,
        format_func=VIEWS.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    choices.keep(_VIEW, view)
    choices.write()
    if view != "windows":
        stop_playing()
    with say_faults("explore"):
        if view == "risks":
            _show_risks(released, selection=selection)
        elif view == "trend":
            trend = trend_of(chosen.snapshot_id, chosen.reader, released.question)
            show_selection_trend(released, trend, selection=selection)
        elif view == "windows":
            show_windows(released, chosen=chosen, choices=choices, selection=selection)
        elif view == "compare":
            show_compared(released, chosen=chosen, choices=choices)
        elif view == "keep":
            show_keeping(released, chosen=chosen, choices=choices, selection=selection)
        else:
            _show_table(released, chosen=chosen, selection=selection, ward=ward)


def _show_risks(released: Released, *, selection: Selection) -> None:
    picked = (show_scatter if released.exact else show_grid)(released, selection=selection)
    if picked is not None:
        take(picked, selection=selection)
        st.rerun()


def _show_table(released: Released, *, chosen: Chosen, selection: Selection, ward: str | None) -> None:
    picked = show_table(
        released,
        key="ward_table",
        selection=selection,
        several=is_adding(),
        provided=runs_by_ward(released, chosen=chosen),
    )
    if picked.ward and picked.ward != ward:
        go_to("ward", picked.ward)
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if is_adding():
            _draw_taking(picked.several, selection=selection)
        offer_download(released, view=chosen.view)
        draw_snapshot()


def _draw_taking(ticked: tuple[str, ...], *, selection: Selection) -> None:
    """Draw what can be done with the ticked rows."""
    if st.button(f"Add the ticked rows to the selection ({len(ticked)})", key="take_ticked", disabled=not ticked):
        select([*selection, *ticked])
        st.rerun()
    inside = [code for code in selection if code not in ticked]
    if selection and st.button("Take them out", key="drop_ticked", disabled=len(inside) == len(selection)):
        select(inside)
        st.rerun()
