"""What changed in one ward since the window before: told where the comparison is known, else asked for by a button."""

from collections.abc import Hashable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from disclosure.changes import FROM_BOTH_WINDOWS, ReleasedChanges
from disclosure.few_counts import change_in_words
from disclosure.gate import Released
from disclosure.palette import style_of_class
from disclosure.wording import say_in_hundred
from pages.components.guard import fragment
from pages.components.look import is_dark, swatch
from pages.components.on_request import ask_on_request
from pages.components.screen import say_faults
from pages.session import CHANGES, view_of


@fragment
def show_ward_change(released: Released, *, snapshot_id: str, ward_code: str) -> None:
    """Draw what changed in a ward; nothing where there is no window before to compare with.

    It is a fragment: asking leaves the map and the charts as they are. One comparison serves all wards and the map.
    """
    with say_faults("explore"):
        if view_of(snapshot_id, released.reader).why_no_changes(released.question):
            return
        changes = ask_on_request(
            CHANGES,
            released,
            snapshot_id=snapshot_id,
            key="ward_change",
            label="Compare with the window before",
            doing="Comparing with the window before",
            help_text="Says whether the ward is new as high on both, persistent, easing or cleared. Takes a second or two.",
        )
        if changes is not None:
            _show(changes, ward_code=ward_code, few=change_in_words(released))


def _show(changes: ReleasedChanges, *, ward_code: str, few: str) -> None:
    ward = changes.wards[changes.wards["ward_code"] == ward_code].to_dict("records")[0]
    named = str(ward["change"])
    chip = f"{swatch(style_of_class(named, dark=is_dark()))}{escape(named.partition(':')[0].capitalize())}"
    untold = () if any(ward_code in codes for codes in changes.named().values()) else (few,)
    asides = (*changes.cautions, *untold, *_odds(ward), FROM_BOTH_WINDOWS)
    st.html(
        f'<div class="wo-row"><b>Since the window before</b><span class="wo-chip">{chip}</span></div>'
        f"<div>{escape(str(ward['sentence']))}</div>"
        f'<div class="wo-small wo-quiet">{"".join(f"<p>{escape(text)}</p>" for text in asides)}</div>'
    )


def _odds(ward: dict[Hashable, Any]) -> list[str]:
    """Every probability of a ward in two lines, where the audience may have them."""
    if "probability_now" not in ward or pd.isna(ward["probability_now"]):
        return []
    said = {
        name: f"{name} {say_in_hundred(float(ward[f'probability_{name}']))}"
        for name in ("new", "persistent", "easing", "cleared", "now", "before")
    }
    classes = ", ".join(said[name] for name in ("new", "persistent", "easing", "cleared"))
    return [
        f"{classes[0].upper()}{classes[1:]}. Easing may come with persistent or with cleared.",
        f"High on both: {said['now']}, {said['before']}.",
    ]
