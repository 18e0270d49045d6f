"""Whether a ward's flag hangs on one choice of method: asked when someone wants to know, since it takes several fits."""

from html import escape

import streamlit as st

from disclosure.gate import Released
from disclosure.stability import NOT_A_PROBABILITY, WardCheck
from pages.components.screen import say_faults
from pages.session import known_checks, make_checks

_ASKED = "_how_sure_asked"


@st.fragment
def show_how_sure(released: Released, *, snapshot_id: str, ward_code: str) -> None:
    """Draw the check of a flagged ward if it is known, else a button that makes it.

    It is a fragment: asking leaves the map and the charts as they are. One check serves all flagged wards.
    """
    with say_faults("explore"):
        checks = known_checks(snapshot_id, released.audience, released.question)
        if checks is None and st.session_state.pop(_ASKED, False):
            checks = _ask(released, snapshot_id=snapshot_id)
        if checks is None:
            _offer()
        else:
            _show(checks[ward_code])


def _offer() -> None:
    st.button(
        "Check whether this flag hangs on one choice",
        key="how_sure",
        on_click=_note_asked,
        icon=":material/rule:",
        help="Asks the same question in up to six other reasonable ways: another denominator, window, threshold or rule of "
        "neighbours. Takes some seconds.",
    )


def _note_asked() -> None:
    """Note the click for the run that it causes, which draws the bar and no button."""
    st.session_state[_ASKED] = True


def _ask(released: Released, *, snapshot_id: str) -> dict[str, WardCheck]:
    bar = st.progress(0.0, text="Asking in other ways")

    def tell(done: int, of: int) -> None:
        bar.progress(done / of, text=f"Asking in other ways: {done} of {of}")

    checks = make_checks(snapshot_id, released.audience, released.question, progress=tell)
    bar.empty()
    return checks


def _show(check: WardCheck) -> None:
    asides = "".join(f"<p>{escape(text)}</p>" for text in (*check.not_asked, NOT_A_PROBABILITY))
    st.html(
        f'<div class="wo-row"><span>Stands when asked in other ways</span><b>{escape(check.score)}</b></div>'
        f'<div>{escape(check.sentence)}</div><div class="wo-small wo-quiet">{asides}</div>'
    )
