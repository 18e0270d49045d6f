"""The columns of files, what stands in each and what it is taken for, in words: never a value."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from ingest.presetting import Recognised
from ingest.understanding import COLUMNS, Understood
from pages.components.reading import show_table_of


def show_columns(
    kind: str,
    found: Sequence[Understood],
    looked: Sequence[Recognised],
    *,
    known: Mapping[str, str],
    presets: Mapping[str, str],
) -> None:
    """Draw a row a column: its heading, what it holds, what it is taken for."""
    held = {heading: one for each in looked for heading, one in each.held.items()}
    meanings = {heading: f"{COLUMNS[kind][key]}?" for key, heading in presets.items()}
    meanings |= {heading: COLUMNS[kind][key] for key, heading in known.items()}
    headings = dict.fromkeys(heading for one in found for heading in one.headings)
    rows = [
        (heading, held[heading].words if heading in held else "", meanings.get(heading, "nothing yet"))
        for heading in headings
    ]
    if rows:
        show_table_of(("Column", "What it holds", "Taken as"), rows, caption="Columns of the file; no value is shown")


def show_pairs(kind: str, found: Sequence[Understood], *, known: Mapping[str, str]) -> None:
    """Draw what is known, and which columns are passed over."""
    parts = [f"<span>{escape(COLUMNS[kind][key])}</span><b>{escape(heading)}</b>" for key, heading in known.items()]
    left = list(dict.fromkeys(heading for one in found for heading in one.undeclared))
    rest = f'<p class="wo-quiet">Not read: {escape(", ".join(left))}</p>' if left and kind != "referrals" else ""
    st.html(f'<div class="wo-pairs">{"".join(f"<div>{part}</div>" for part in parts)}</div>{rest}')
