"""The legend: what each colour and pattern means, and how many wards have it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from disclosure.both_risks import BOXES, LEVELS, WITHHELD_COUNT, class_of
from disclosure.class_styles import ClassStyle
from disclosure.layers import BOTH_RISKS_KEY, NOT_MODELLED, Layer
from pages.components.look import swatch
from pages.components.map_groups import Group, legend_items

_ONLY_IF_ANY = (NOT_MODELLED, WITHHELD_COUNT)


def show_legend(layer: Layer, *, styles: Sequence[ClassStyle], groups: Sequence[Group] = ()) -> None:
    """Draw a legend for a layer and the groups over it; only wards without a denominator are left out where there are none."""
    counts = dict(zip(layer.classes, layer.class_counts(), strict=True))
    square = _square(styles, counts=counts) if layer.key == BOTH_RISKS_KEY else ""
    items = [
        f'<span role="listitem">{swatch(style)}<span>{escape(style.label)}</span>'
        f'<span class="n">{counts[style.label]:,} {_wards(counts[style.label])}</span></span>'
        for style in styles
        if (counts[style.label] or style.label not in _ONLY_IF_ANY) and not (square and style.label in BOXES)
    ]
    items.append(legend_items(groups))
    listed = f'<div class="wo-legend" role="list" aria-label="Legend: {escape(layer.title)}">{"".join(items)}</div>'
    st.html(f'<div class="wo-square-beside">{square}{listed}</div>' if square else listed)


def _square(styles: Sequence[ClassStyle], *, counts: dict[str, int]) -> str:
    """Draw the nine boxes of both risks: referrals to the right, incidents upwards, as a table that can be read out."""
    of = {style.label: style for style in styles}
    rows, highest = [], len(LEVELS) - 1
    for incidents in reversed(range(len(LEVELS))):
        names = [class_of(referrals=referrals, incidents=incidents) for referrals in range(len(LEVELS))]
        cells = "".join(f'<td>{swatch(of[name])} <span class="n">{counts[name]:,}</span></td>' for name in names)
        measure = "incidents " if incidents == highest else ""
        rows.append(f'<tr><th scope="row">{measure}{escape(LEVELS[incidents])}</th>{cells}</tr>')
    heads = "".join(
        f'<th scope="col">{"" if at else "referrals "}{escape(level)}</th>' for at, level in enumerate(LEVELS)
    )
    return (
        '<table class="wo-square" aria-label="Legend: wards by both risks">'
        f"{''.join(rows)}<tr><td></td>{heads}</tr></table>"
    )


def _wards(count: int) -> str:
    return "ward" if count == 1 else "wards"
