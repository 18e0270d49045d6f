"""Whether a ward's flag hangs on one choice of method: asked when someone wants to know, since it takes several fits."""

from html import escape

import streamlit as st

from disclosure.gate import Released
from disclosure.stability import NOT_A_PROBABILITY, WardCheck
from pages.components.guard import fragment
from pages.components.on_request import ask_on_request
from pages.components.screen import say_faults
from pages.session import CHECKS


@fragment
def show_how_sure(released: Released, *, snapshot_id: str, ward_code: str) -> None:
    """Draw the check of a flagged ward if it is known, else a button that makes it.

    It is a fragment: asking leaves the map and the charts as they are. One check serves all flagged wards.
    """
    with say_faults("explore"):
        checks = ask_on_request(
            CHECKS,
            released,
            snapshot_id=snapshot_id,
            key="how_sure",
            label="Check whether the flag stands if we ask in other ways",
            doing="Asking in other ways",
            help_text="Asks the same question in up to six other reasonable ways: another denominator, window, threshold or "
            "rule of neighbours. It says nothing about one school or one sector. Takes some seconds.",
        )
        if checks is not None:
            _show(checks[ward_code])


def _show(check: WardCheck) -> None:
    asides = "".join(f"<p>{escape(text)}</p>" for text in (*check.not_asked, NOT_A_PROBABILITY))
    st.html(
        f'<div class="wo-row"><span>Stands when asked in other ways</span><b>{escape(check.score)}</b></div>'
        f'<div>{escape(check.sentence)}</div><div class="wo-small wo-quiet">{asides}</div>'
    )
