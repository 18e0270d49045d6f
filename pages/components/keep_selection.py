"""Keeping what is on *Explore*: the selection under a name, as a file, and as a command that gives the same result."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from briefing.selections import LONGEST_TITLE, SavedSelection, SelectionRegister, open_selections
from data.errors import UsageError
from data.in_words import say_day
from disclosure.audit import Action, What
from disclosure.audit_details import ward_details
from disclosure.export import table_csv, table_with_provision
from disclosure.gate import Released
from disclosure.views import SnapshotView
from pages.components.choosing import Chosen
from pages.components.handing_over import offer_file
from pages.components.headless import show_headless
from pages.components.plain_text import plain_lines
from pages.components.recording import make_entry
from pages.components.selection import SELECTION_KEY, Selection
from pages.components.steps import QUESTION_KEYS
from pages.components.url_state import UrlChoices, go_to
from pages.session import audit, present_person, settings_in_use

KEPT_KEYS = (*QUESTION_KEYS, "measure", SELECTION_KEY)
"""What a saved selection brings back."""
_TITLE = "selection_title"


def show_keeping(released: Released, *, chosen: Chosen, choices: UrlChoices, selection: Selection) -> None:
    """Draw saving, the saved ones, the file and the command."""
    saving, repeating = st.columns(2, gap="large")
    with saving:
        _draw_saving(chosen=chosen, choices=choices, selection=selection)
        _draw_saved(chosen.view)
    with repeating:
        st.html("<div><b>The selected wards as a file</b></div>")
        if selection:
            offer_selected(released, view=chosen.view, selection=selection)
        else:
            st.html('<div class="wo-quiet">Select wards to download them alone. The table has all of them.</div>')
        show_headless(released.question, chosen=chosen, selected=len(selection))


def offer_selected(released: Released, *, view: SnapshotView, selection: Selection) -> None:
    """Offer the rows of the selected wards as a file, with its marking: each row as in the whole table, and no total."""
    first, *more = [
        make_entry(
            Action.EXPORTED,
            What.SELECTION,
            snapshot_id=view.manifest.id,
            audience=released.audience,
            question=released.question,
            detail={"format": "csv", **wards},
        )
        for wards in ward_details(selection)
    ]

    def make() -> bytes:
        for entry in more:  # a selection of many wards takes several entries, all of them before there is a file
            audit().record(entry)
        return selected_csv(released, view=view, selection=selection)

    offer_file(
        f"Download {len(selection)} ward{'' if len(selection) == 1 else 's'} (CSV)",
        key="selection_file",
        file_name=f"selection-{view.manifest.id}-{released.audience}.csv",
        make=make,
        entry=first,
    )


def selected_csv(released: Released, *, view: SnapshotView, selection: Sequence[str]) -> bytes:
    """Write the rows of the selected wards."""
    inside = released.wards["ward_code"].isin(list(selection))
    table = table_with_provision(replace(released, wards=released.wards[inside]), view=view)
    whole = table.assign(made_from=table["made_from"] + f"; {len(table)} selected wards of {len(released.wards)}")
    return table_csv(whole).encode("utf-8-sig")


def _register() -> SelectionRegister:
    return open_selections(settings_in_use())


def _draw_saving(*, chosen: Chosen, choices: UrlChoices, selection: Selection) -> None:
    st.html("<div><b>Save this selection</b></div>")
    with st.form("save_selection", border=False, clear_on_submit=True):
        place, button = st.columns([2, 1], vertical_alignment="bottom")
        title = place.text_input("Name", key=_TITLE, max_chars=LONGEST_TITLE, disabled=not selection)
        pressed = button.form_submit_button("Save", icon=":material/bookmark_add:", disabled=not selection)
    st.html(
        '<div class="wo-quiet">Kept for you alone: the wards, the question and what the map shows, no figure. '
        "Do not write a person's name.</div>"
    )
    if not pressed:
        return
    texts = choices.texts()
    try:
        _register().save(
            title or "",
            {key: texts[key] for key in KEPT_KEYS if texts.get(key)},
            snapshot=chosen.snapshot_id,
            audience=chosen.audience,
            by=present_person(),
        )
    except UsageError as error:
        st.error(plain_lines(error))


def _draw_saved(view: SnapshotView) -> None:
    saved = _register().of(present_person())
    if saved:
        st.html("<div><b>Saved</b></div>")
    for one in saved:
        said, opening, removing = st.columns([3, 1, 1], vertical_alignment="center")
        said.html(
            f"<div>{escape(one.title)}</div>"
            f'<div class="wo-quiet">{len(wards_of(one))} wards, {escape(one.choices.get("to", ""))}, '
            f"saved {escape(say_day(one.by.at))}</div>"
        )
        if opening.button("Open", key=f"open-{one.id}", help="Select these wards, and ask what was asked."):
            _open(one, known=view.wards["ward_code"].tolist())
        if removing.button(
            "Remove", key=f"remove-{one.id}", help="It leaves your list; the record keeps that it was there."
        ):
            _register().remove(one.id, by=present_person())
            st.rerun()


def wards_of(saved: SavedSelection) -> list[str]:
    """Give the codes of the wards of a saved selection."""
    return [code for code in saved.choices.get(SELECTION_KEY, "").split("~") if code]


def _open(saved: SavedSelection, *, known: Sequence[str]) -> None:
    missing = set(wards_of(saved)) - set(known)
    if missing:
        st.toast(f"{len(missing)} of its wards are not among these: they have other boundaries.")
    bring_back(saved.choices)
    st.rerun()


def bring_back(choices: Mapping[str, str]) -> None:
    """Choose with the next run what was saved; what was not saved is as the settings have it."""
    for key in KEPT_KEYS:
        go_to(key, choices.get(key, ""))
