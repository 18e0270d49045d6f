"""What the data can tell of the whole area: what can be found in it, and how many flags chance would give."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from disclosure.gate import Released
from pages.components.data_charts import show_findable, show_flags_by_chance
from pages.components.guard import fragment
from pages.components.on_request import ask_on_request
from pages.components.screen import say_faults
from pages.session import CHANCE, POWER

_HOW_LONG = (
    "About the whole area, not about one ward. Each is worked out when asked for, which takes a minute or two where there are "
    "200 wards, longer where there are more. A choice made above meanwhile breaks it off."
)


def show_what_data_can_tell(released: Released, *, snapshot_id: str) -> None:
    """Draw both answers side by side, or the buttons that make them."""
    st.subheader("What this much data can tell", anchor=False)
    st.html(f'<div class="wo-quiet">{_HOW_LONG}</div>')
    find, by_chance = st.columns(2, gap="large")
    with find:
        _show_power(released, snapshot_id=snapshot_id)
    with by_chance:
        _show_chance(released, snapshot_id=snapshot_id)


@fragment
def _show_power(released: Released, *, snapshot_id: str) -> None:
    with say_faults("explore"):
        st.html("<div><b>How high must both rates be for a place to be found?</b></div>")
        power = ask_on_request(
            POWER,
            released,
            snapshot_id=snapshot_id,
            key="what_can_be_found",
            label="Find out what can be found",
            doing="Trying made-up overlaps",
            help_text="Places made-up overlaps into the area's own records and looks which are flagged.",
        )
        if power is not None:
            show_findable(power, threshold=released.question.threshold)
            _say([place.sentence for place in power.places], notes=power.notes)


@fragment
def _show_chance(released: Released, *, snapshot_id: str) -> None:
    with say_faults("explore"):
        st.html("<div><b>How many wards would be flagged by chance alone?</b></div>")
        chance = ask_on_request(
            CHANCE,
            released,
            snapshot_id=snapshot_id,
            key="flags_by_chance",
            label="Count the flags that chance would give",
            doing="Counting flags on maps made by chance",
            help_text="Asks the same question of maps on which there is nothing to find.",
        )
        if chance is not None:
            show_flags_by_chance(chance)
            _say(chance.sentences, notes=chance.notes)


def _say(sentences: Sequence[str], *, notes: Sequence[str]) -> None:
    said = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    aside = "".join(f"<p>{escape(note)}</p>" for note in notes)
    st.html(
        f'<ul style="margin:0 0 .5rem;padding-left:1.1rem;font-size:.95rem">{said}</ul>'
        f'<div class="wo-small wo-quiet">{aside}</div>'
    )
