"""What every screen does before it draws anything of its own: who may, choices, marking, and what to do where that goes wrong."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

import streamlit as st

from data.errors import WardOverlapError
from data.log_lines import fault_of
from disclosure.audit import UnrecordedError
from disclosure.unrecorded_log import warn_of
from pages.components.choosing import Chosen, settle_view
from pages.components.empty import show_no_snapshot
from pages.components.frame import show_frame
from pages.components.guard import enter
from pages.components.plain_text import plain_lines
from pages.components.state import state
from pages.components.url_state import UrlChoices

_log = logging.getLogger(__name__)

Draw = Callable[[Chosen, UrlChoices], None]


def screen(name: str) -> Callable[[Draw], Callable[[], None]]:
    """Make a screen of a function that draws one: `@screen("explore")`.

    The function is given what is being looked at and the choices of this run. It is not called where there is no snapshot.
    """

    def make(draw: Draw) -> Callable[[], None]:
        @wraps(draw)
        def run() -> None:
            began = time.monotonic()
            with say_faults(name):
                _open(name, draw)
            _log.info("Screen %s was drawn", name, extra={"facts": {"seconds": round(time.monotonic() - began, 3)}})

        return run

    return make


@contextmanager
def say_faults(name: str) -> Iterator[None]:
    """Say what went wrong inside, and log a fault of the program without data.

    A fragment needs its own: it runs again without the screen around it.
    """
    try:
        yield
    except WardOverlapError as error:
        if isinstance(error, UnrecordedError):
            warn_of(error)
        with state("This could not be worked out", fault=True):
            st.error(plain_lines(error))
    except Exception as error:  # noqa: BLE001  # the last line before the person: never a traceback on screen
        _log_without_data(error, screen=name)
        with state("The program failed here", fault=True):
            st.error("Something went wrong in the program. It has been logged, without data. Reload the page to go on.")


def _open(name: str, draw: Draw) -> None:
    enter(name)
    choices = UrlChoices(name)
    chosen = settle_view(choices)
    if chosen is None:
        show_no_snapshot()
        return
    show_frame(chosen.view.marking)
    draw(chosen, choices)


def _log_without_data(error: Exception, *, screen: str) -> None:
    """Log what kind of error it was and where; not its text, which may quote a value."""
    _log.error("%s on screen %s", type(error).__name__, screen, extra={"facts": fault_of(error)})
