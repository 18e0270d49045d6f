"""The wards that are flagged as high on both, each with how sure that is."""

from html import escape

import streamlit as st

from disclosure.gate import Released
from pages.components.look import flag_colour
from pages.components.plain_text import plain_text


def show_flagged(released: Released) -> str | None:
    """Draw the flagged wards, the surest first, or say that there is none; give the one chosen just now."""
    if released.flagged.empty:
        st.html(
            "<p>No ward can be said to be high on both in this window. That is not the same as no overlap: with counts this "
            "small, only clear overlaps can be told from chance.</p>"
        )
        return None
    chosen = None
    for ward in released.flagged.to_dict("records"):
        with st.container(gap=None):
            if st.button(plain_text(ward["ward_name"]), key=f"flagged-{ward['ward_code']}", type="tertiary"):
                chosen = str(ward["ward_code"])
            st.html(_certainty(ward))
    return chosen


def _certainty(ward: dict[str, object]) -> str:
    share = 100 * float(str(ward["probability_both"]))
    said = escape(str(ward["certainty"]))
    return (
        f'<div class="wo-row"><span class="wo-quiet">{escape(str(ward["district"]))}</span><span>{said}</span></div>'
        f'<div class="wo-bar" role="img" aria-label="{said}">'
        f'<i style="width:{share:.0f}%;background:{flag_colour()}"></i></div>'
    )
