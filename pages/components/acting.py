"""Doing something that changes the register: done and said, or refused with a sentence where the button is."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data.errors import WardOverlapError
from pages.components.plain_text import plain_lines, plain_text

_DONE = "_done_just_now"


@contextmanager
def acting(done: str) -> Iterator[None]:
    """Do what stands inside, then draw the screen anew, which says `done`; a refusal is shown here instead.

    Acts stand in the run of the screen, never in a callback: that runs before anybody has asked who is there.
    """
    try:
        yield
    except WardOverlapError as error:
        st.error(plain_lines(error))
        return
    st.session_state[_DONE] = done
    st.rerun()


def is_anything_done() -> bool:
    """Whether the run before did something, of which `show_done` is going to tell."""
    return _DONE in st.session_state


def show_done() -> None:
    """Say what was done in the run before."""
    done = st.session_state.pop(_DONE, "")
    if done:
        st.success(plain_text(done))
