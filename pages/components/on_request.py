"""A button for what takes long: a progress bar stands under it while the answer is made, and both go once it is known.

Draw it in a fragment, so that asking leaves the map and the charts as they are. A click elsewhere may break the work off;
the button is then there again.
"""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

import streamlit as st

from disclosure.gate import Released
from pages.components.recording import record_made, record_seen
from pages.session import OnRequest, Progress

Found = TypeVar("Found")

_TOLD_FROM = 0.05
"""Share of the work after which the time that is left can be told."""
_SECONDS_A_MINUTE = 60


def ask_on_request(
    what: OnRequest[Found], released: Released, *, snapshot_id: str, key: str, label: str, doing: str, help_text: str
) -> Found | None:
    """Give the answer if it is known or was just asked for; else draw the button.

    Parameters
    ----------
    key : str
        Of the button; one a page.
    label, help_text : str
        What the button says.
    doing : str
        What the progress bar says, such as `Asking in other ways`.
    """
    which = (snapshot_id, released.reader, released.question)
    asked = st.session_state.pop(_asked(key), False)
    found = what.known(*which)
    if found is not None:
        record_seen(what.what, snapshot_id=snapshot_id, audience=released.audience, question=released.question)
        return found
    place = st.empty()
    with place.container():
        # The button stays while its work goes on: taken away, its shadow would stand there until the end.
        st.button(
            label, key=key, on_click=_note_asked, args=(key,), icon=":material/rule:", help=help_text, disabled=asked
        )
        if asked:
            record_made(what.what, snapshot_id=snapshot_id, audience=released.audience, question=released.question)
            found = what.make(*which, progress=teller(doing))
    if asked:
        place.empty()
    return found


def _asked(key: str) -> str:
    return f"_{key}_asked"


def _note_asked(key: str) -> None:
    """Note the click for the run that it causes, which does the work."""
    st.session_state[_asked(key)] = True


def teller(doing: str) -> Progress:
    """Draw a progress bar; give what moves it."""
    began, bar = monotonic(), st.progress(0.0, text=doing)

    def tell(done: int, of: int) -> None:
        share = done / max(of, 1)
        bar.progress(share, text=f"{doing}: {done} of {of}{_left(share, spent=monotonic() - began)}")

    return tell


def shown_while_made(doing: str, make: Callable[[Progress], Found]) -> Found:
    """Make something that takes long under a progress bar, which goes when it is made."""
    place = st.empty()
    with place.container():
        found = make(teller(doing))
    place.empty()
    return found


def _left(share: float, *, spent: float) -> str:
    """Say about how long it will still take, once that can be told."""
    if not _TOLD_FROM <= share < 1:
        return ""
    seconds = spent * (1 - share) / share
    if seconds < _SECONDS_A_MINUTE:
        return ", less than a minute left"
    minutes = round(seconds / _SECONDS_A_MINUTE)
    return f", about {minutes} minute{'s' if minutes > 1 else ''} left"
