"""Whether a ward's flag hangs on one choice of method: asked when someone wants to know, since it takes several fits."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from disclosure.gate import Released
from disclosure.stability import NOT_A_PROBABILITY, WardCheck
from pages.components.screen import say_faults
from pages.session import known_checks, make_checks


@st.fragment
def show_how_sure(released: Released, *, snapshot_id: str, ward_code: str) -> None:
    """Draw the check of a flagged ward if it is known, else a button that makes it.

    It is a fragment: asking leaves the map and the charts as they are. One check serves all flagged wards.
    """
    with say_faults("explore"):
        checks = known_checks(snapshot_id, released.audience, released.question)
        place = st.empty()
        if checks is None and _asked(place):
            checks = _ask(released, snapshot_id=snapshot_id, place=place)
        if checks is not None:
            with place.container():
                _show(checks[ward_code])


def _asked(place: DeltaGenerator) -> bool:
    return place.button(
        "Check whether this flag hangs on one choice",
        key="how_sure",
        icon=":material/rule:",
        help="Asks the same question in up to six other reasonable ways: another denominator, window, threshold or rule of "
        "neighbours. Takes some seconds.",
    )


def _ask(released: Released, *, snapshot_id: str, place: DeltaGenerator) -> dict[str, WardCheck]:
    bar = place.progress(0.0, text="Asking in other ways")

    def tell(done: int, of: int) -> None:
        bar.progress(done / of, text=f"Asking in other ways: {done} of {of}")

    return make_checks(snapshot_id, released.audience, released.question, progress=tell)


def _show(check: WardCheck) -> None:
    asides = "".join(f"<p>{escape(text)}</p>" for text in (*check.not_asked, NOT_A_PROBABILITY))
    st.html(
        f'<div class="wo-row"><span>Stands when asked in other ways</span><b>{escape(check.score)}</b></div>'
        f'<div>{escape(check.sentence)}</div><div class="wo-small wo-quiet">{asides}</div>'
    )
