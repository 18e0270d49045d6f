"""Handing a file to the person: recorded and made at the moment of the click, refused with a sentence if it cannot be recorded.

Streamlit makes such a file in a thread of its own and says no more than that it failed, so the run that the click causes waits
for the outcome and says why.
"""

import logging
from collections.abc import Callable
from threading import Event

import streamlit as st

from data.errors import WardOverlapError
from data.log_lines import fault_of
from disclosure.audit import AuditEntry, AuditTrail
from pages.components.guard import fragment
from pages.components.plain_text import plain_lines
from pages.session import audit

_PATIENCE = 20.0
"""Seconds to wait for the outcome: longer than the audit trail waits for others who write."""
_OUR_FAULT = "Something went wrong in the program, so no file was made. It has been logged, without data."
_log = logging.getLogger(__name__)


class NotHandedOverError(Exception):
    """Says to Streamlit, which logs it, that there is no file; the reason is on the screen."""


class Handover:
    """One file that is offered: recorded, then made, when it is asked for."""

    def __init__(self, make: Callable[[], bytes], *, entry: AuditEntry, trail: AuditTrail) -> None:
        """Say how it is made, and what stands in the trail before it is."""
        self._make, self._entry, self._trail = make, entry, trail
        self._sentence = ""
        self._over = Event()

    def content(self) -> bytes:
        """Record, then make the file.

        Raises
        ------
        NotHandedOverError
            If it could not be recorded or made. It holds nothing of the reason: that could quote data.
        """
        self._sentence = ""
        try:
            self._trail.record(self._entry)
            return self._make()
        except WardOverlapError as error:
            self._sentence = str(error)
        except Exception as error:  # noqa: BLE001  # Streamlit would log its text, which may quote a value
            _log.error("%s while making a file", type(error).__name__, extra={"facts": fault_of(error)})
            self._sentence = _OUR_FAULT
        finally:
            self._over.set()
        raise NotHandedOverError

    def why_not(self) -> str:
        """Wait until it is over; give why there is no file, or nothing."""
        self._over.wait(_PATIENCE)
        return self._sentence


@fragment
def offer_file(
    label: str, *, key: str, file_name: str, make: Callable[[], bytes], entry: AuditEntry, mime: str = "text/csv"
) -> None:
    """Draw the button for a file."""
    asked_for = st.session_state.get(_kept(key))
    offered = Handover(make, entry=entry, trail=audit())
    st.session_state[_kept(key)] = offered
    clicked = st.download_button(
        label, data=offered.content, file_name=file_name, mime=mime, icon=":material/download:", key=key
    )
    if clicked and asked_for is not None and (sentence := asked_for.why_not()):
        st.error(plain_lines(sentence))


def _kept(key: str) -> str:
    return f"_{key}_offered"
