"""Files that a browser sends: let in for the tab that shows the screen for them, handed on, and let go of at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from disclosure.upload_permits import PERMITS

_ROUND = "_files_round"


@dataclass(frozen=True)
class Sent:
    """One file that was sent."""

    name: str
    content: bytes


def let_files_in() -> None:
    """Let this tab send files, until it shows another screen or closes."""
    if (context := get_script_run_ctx()) is not None:
        PERMITS.give(context.session_id)


def let_no_files_in() -> None:
    """Let this tab send no files."""
    if (context := get_script_run_ctx()) is not None:
        PERMITS.take_back(context.session_id)


def take_files(label: str, *, kinds: Sequence[str], most_megabytes: int, help_text: str) -> list[Sent]:
    """Draw the place for files; give those that were just sent. What is given is no longer held in memory here.

    The place is empty again in the next run, which whoever calls this brings about.
    """
    let_files_in()
    number = st.session_state.setdefault(_ROUND, 0)
    largest = min(most_megabytes, int(st.get_option("server.maxUploadSize")))
    found: list[UploadedFile] = st.file_uploader(
        label,
        type=list(kinds),
        accept_multiple_files=True,
        key=f"files-{number}",
        max_upload_size=largest,
        help=help_text,
    )
    if found:
        st.session_state[_ROUND] = number + 1
    return [_hand_on(one) for one in found]


def _hand_on(file: UploadedFile) -> Sent:
    sent = Sent(file.name, file.getvalue())
    context = get_script_run_ctx()
    if context is not None and isinstance(manager := context.uploaded_file_mgr, MemoryUploadedFileManager):
        manager.remove_file(session_id=context.session_id, file_id=file.file_id)
    return sent
