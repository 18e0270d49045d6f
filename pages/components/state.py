"""A state in which a place has nothing to show: what it is, why in a sentence, and what to do. The same everywhere.

Where somebody is not let in, `sign_in` shows the same on a card of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

STATE_STYLES = """
[data-testid=stVerticalBlock]:has(> [data-testid=stElementContainer] .wo-state) {gap:.2rem; padding:.7rem 1rem;
  border:1px solid rgba(128,136,144,.4); border-left:6px solid light-dark(#12436d, #8fc1ea);
  border-radius:.4rem;}
[data-testid=stVerticalBlock]:has(> [data-testid=stElementContainer] .wo-state.fault) {
  border-left-color:light-dark(#b3430f, #ffc298);}
[data-testid=stVerticalBlock]:has(> [data-testid=stElementContainer] .wo-state) [data-testid=stAlertContainer] {padding:0;
  background:transparent; color:inherit;}
h2.wo-state {font-size:1.05rem !important; margin:0; padding:0 !important;}
"""
"""For `look`: the bar at the edge tells a fault from a state that is as it should be; the title says it without colour."""


@contextmanager
def state(title: str, *, fault: bool = False) -> Iterator[None]:
    """Draw a state under its title; what is drawn inside says why, and offers what can be done.

    Draw the sentence with Streamlit's messages (`st.info`, `st.warning`, `st.error`): screen readers are told of these when they
    come.

    Parameters
    ----------
    fault
        Whether something failed, other than being empty or not found.
    """
    with st.container():
        st.html(f'<h2 class="wo-state{" fault" if fault else ""}">{escape(title)}</h2>')
        yield
