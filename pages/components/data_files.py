"""The first step of a load: the files, and what kind each of them is."""

import re
from functools import partial
from typing import NoReturn

import streamlit as st

from data.errors import PersonLevelError, WardOverlapError
from disclosure.audit import Action, What
from ingest.staged_files import StagedFile
from ingest.staging import Staging
from ingest.understanding import KINDS, UPLOADED
from pages.components.guard import keep_doing
from pages.components.plain_text import plain_lines, plain_text
from pages.components.recording import make_entry
from pages.components.uploads import Sent, let_files_in, take_files
from pages.data_facts import KIND_NAMES
from pages.session import audit, present_person, settings_in_use

_REFUSED = "_files_refused"
_HELP = (
    "CSV or Excel; boundaries as GeoJSON, GeoPackage, GeoParquet or a zipped shapefile. Files are kept in a folder of their own "
    "until you accept or discard the load."
)


def draw_files(staging: Staging, *, first: bool) -> None:
    """Draw the place for files and the list of those that are here; keep what was just sent."""
    keep_doing(_renew)
    sent = take_files(
        "Drop this month's files here",
        kinds=UPLOADED,
        most_megabytes=settings_in_use().limits.file_megabytes,
        help_text=_HELP,
    )
    if sent:
        _keep(sent, staging=staging)
        st.rerun()
    for sentence in st.session_state.pop(_REFUSED, ()):
        st.error(plain_lines(sentence))
    state = staging.state
    if state is None or not state.files:
        _invite(first=first)
        return
    for file in state.files:
        _draw_file(file, staging=staging)


def _renew() -> None:
    if present_person().may_load:
        let_files_in()


def _invite(*, first: bool) -> None:
    words = (
        "For a first load: ward boundaries, populations, referrals and incidents; a file of what is provided, if you have one."
        if first
        else "Referrals, incidents, or both; several files of incidents may be sent together. Boundaries, populations and what "
        "is provided only if they changed. Nothing is stored before you accept it."
    )
    st.html(f'<p class="wo-quiet">{words}</p>')


def _keep(sent: list[Sent], *, staging: Staging) -> None:
    refused = []
    for one in sent:
        try:
            audit().record(make_entry(Action.SAVED, What.FILES))
            staging.take_in(one.name, one.content)
        except WardOverlapError as error:
            refused.append(f"Not taken. {error}")
    st.session_state[_REFUSED] = refused


def _draw_file(file: StagedFile, *, staging: Staging) -> None:
    name, kind, away = st.columns([3, 2, 0.9], vertical_alignment="center")
    name.markdown(f"**{plain_text(file.name)}** · {_size(file.size)}")
    key = f"kind-{staging.state.mark}-{file.number}"
    kind.selectbox(
        f"What {_read_out(file.name)} holds",
        KINDS,
        index=KINDS.index(file.kind) if file.kind else None,
        format_func=KIND_NAMES.__getitem__,
        key=key,
        placeholder="Say what this file is",
        label_visibility="collapsed",
    )
    chosen = st.session_state[key]
    gone = away.button(
        "Remove", key=f"remove-{staging.state.mark}-{file.number}", type="tertiary", icon=":material/close:"
    )
    if gone:
        staging.drop(file.number)
        st.rerun()
    if chosen and chosen != file.kind:
        _tell(partial(staging.choose, file.number, chosen))


def _tell(do: partial[None]) -> None:
    """Do what was chosen; a refusal is said in the next run, where the file may be gone."""
    try:
        do()
    except PersonLevelError as error:
        refuse_in_next_run(f"{error}\nThe file was removed from this server.")
    except WardOverlapError as error:
        refuse_in_next_run(str(error))
    st.rerun()


def refuse_in_next_run(sentence: str) -> NoReturn:
    """Say in the next run, in which the file may be gone, why it was refused."""
    st.session_state[_REFUSED] = [sentence]
    st.rerun()


def _read_out(name: str) -> str:
    """Write a name as a label that is not seen: a reader of screens would say every mark that plain text has."""
    return " ".join(re.findall(r"[^\W_]+", name))


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1):,} kB"
