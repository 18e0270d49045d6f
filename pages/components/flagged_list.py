"""The wards that are flagged as high on both, each with how sure that is."""

from collections.abc import Hashable
from html import escape
from typing import Any

import streamlit as st

from disclosure.gate import Released
from pages.components.look import flag_colour
from pages.components.plain_text import plain_text
from pages.components.state import state

_AT_ONCE = 12
"""Wards that stand in the column beside the map, which is as high as so many; in a country there are far more."""
_UNFOLDED = 20
"""Up to so many, all stand there: a fold for a few hides more than it spares."""


def show_flagged(released: Released) -> str | None:
    """Draw the flagged wards, the surest first, or say that there is none; give the one chosen just now."""
    if released.flagged.empty:
        with state("None is flagged"):
            st.html(
                '<p class="wo-say">No ward can be said to be high on both in this window. That is not the same as no overlap: '
                "with counts this small, only clear overlaps can be told from chance.</p>"
            )
        return None
    wards = released.flagged.to_dict("records")
    at_once = len(wards) if len(wards) <= _UNFOLDED else _AT_ONCE
    chosen = _show(wards[:at_once])
    if rest := wards[at_once:]:
        with st.expander(f"The other {len(rest):,}"):
            chosen = _show(rest) or chosen
    return chosen


def _show(wards: list[dict[Hashable, Any]]) -> str | None:
    chosen = None
    for ward in wards:
        with st.container(gap=None):
            if st.button(plain_text(ward["ward_name"]), key=f"flagged-{ward['ward_code']}", type="tertiary"):
                chosen = str(ward["ward_code"])
            st.html(_certainty(ward))
    return chosen


def _certainty(ward: dict[Hashable, Any]) -> str:
    share = 100 * float(str(ward["probability_both"]))
    said = escape(str(ward["certainty"]))
    return (
        f'<div class="wo-row"><span class="wo-quiet">{escape(str(ward["district"]))}</span><span>{said}</span></div>'
        f'<div class="wo-bar" role="img" aria-label="{said}">'
        f'<i style="width:{share:.0f}%;background:{flag_colour()}"></i></div>'
    )
