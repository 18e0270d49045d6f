"""The legend: what each colour and pattern means, and how many wards have it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from disclosure.class_styles import ClassStyle
from disclosure.layers import Layer
from pages.components.look import swatch


def show_legend(layer: Layer, *, styles: Sequence[ClassStyle]) -> None:
    """Draw a legend for a layer; only wards without a denominator are left out where there are none."""
    items = [
        f'<span role="listitem">{swatch(style)}<span>{escape(style.label)}</span>'
        f'<span class="n">{count} {_wards(count)}</span></span>'
        for style, count in zip(styles, layer.class_counts(), strict=True)
        if count or style.label != "no denominator"
    ]
    st.html(f'<div class="wo-legend" role="list" aria-label="Legend: {escape(layer.title)}">{"".join(items)}</div>')


def _wards(count: int) -> str:
    return "ward" if count == 1 else "wards"
