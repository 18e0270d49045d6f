"""The wards that are high on both, each with how sure that is."""

from html import escape

import streamlit as st

from disclosure.gate import Released
from pages.components.look import is_dark, style_of_class


def show_flagged(released: Released) -> None:
    """Draw the flagged wards, the surest first, or say that there is none and what that means."""
    flagged = released.flagged
    if flagged.empty:
        st.html(
            "<p>No ward can be said to be high on both in this window. That is not the same as no overlap: with counts this "
            "small, only clear overlaps can be told from chance.</p>"
        )
        return
    colour = style_of_class("high on both", dark=is_dark()).fill
    for row in flagged.itertuples():
        _show_card(row, colour=colour)


def _show_card(row: object, *, colour: str) -> None:
    share = 100 * float(row.probability_both)  # type: ignore[attr-defined]
    certainty = escape(row.certainty)  # type: ignore[attr-defined]
    with st.container(gap=None):
        st.page_link(
            "pages/views/explore.py",
            label=_plain(row.ward_name),  # type: ignore[attr-defined]
            query_params={"ward": row.ward_code},  # type: ignore[attr-defined]
        )
        st.html(
            f'<div class="wo-row"><span class="wo-quiet">{escape(row.district)}</span><span>{certainty}</span></div>'  # type: ignore[attr-defined]
            f'<div class="wo-bar" role="img" aria-label="{certainty}"><i style="width:{share:.0f}%;background:{colour}"></i></div>'
        )


def _plain(name: str) -> str:
    """Keep a name from being read as Markdown."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]<>()#+-.!|$:~" else one for one in name)
