"""The second step of a load: what each column of the files holds, what it is taken for, and what of that a person has to say."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from data.errors import PersonLevelError, WardOverlapError
from data.in_words import listed
from ingest.presetting import Misplaced, Recognised
from ingest.recognising import Sort
from ingest.staged_files import StagedFile
from ingest.staging import Staging
from ingest.understanding import COLUMNS, Understood
from pages.components.acting import acting
from pages.components.data_column_form import draw_form, draw_layout
from pages.components.data_column_table import show_columns, show_pairs
from pages.components.plain_text import plain_lines, plain_text
from pages.data_facts import KIND_NAMES, recognised_columns

_ENOUGH = 2
"""Columns that are recognised from which the row of the headings is hardly the wrong one."""


def draw_columns(staging: Staging) -> bool:
    """Draw what was understood, kind by kind; say whether everything is clear."""
    state = staging.state
    given = state.files if state else ()
    if untold := [one.name for one in given if one.kind is None]:
        st.html(
            f'<p class="wo-quiet">Say above what {escape(listed(untold))} holds. Then its columns are shown here.</p>'
        )
    clear = not untold
    for kind, name in KIND_NAMES.items():
        files = [one for one in given if one.kind == kind]
        if files:
            with st.container(border=True):
                st.html(f"<b>{escape(name)}</b>")
                clear &= _draw_kind(kind, files, staging=staging)
    return clear


def _draw_kind(kind: str, files: list[StagedFile], *, staging: Staging) -> bool:
    found: dict[str, Understood] = {}
    looked: dict[str, Recognised] = {}
    for file in files:
        try:
            found[file.name] = staging.understood(file)
            if _is_looked_into(found[file.name], kind=kind):
                looked[file.name] = recognised_columns(file, found[file.name], staging=staging)
        except PersonLevelError as error:
            st.error(plain_lines(error))
            found.pop(file.name, None)
        except WardOverlapError as error:
            st.error(plain_lines(error))
            draw_layout(kind, files, staging=staging, open_it=True)
            return False
    if not found:
        return False
    clear = all(_is_clear(one, kind=kind) for one in found.values())
    for name, one in found.items():
        _say_unclear(name, one, kind=kind, presets=len(looked[name].presets) if name in looked else 0)
    _offer_moves(kind, looked.values(), staging=staging)
    for name, each in looked.items():
        _say_elsewhere(name, each)
    _draw_mapping(kind, files, [*found.values()], [*looked.values()], staging=staging, clear=clear)
    return clear and len(found) == len(files)


def _is_looked_into(one: Understood, *, kind: str) -> bool:
    """Referrals always: what stands in them has to be known. The rest, which can be large, where something is unclear."""
    return kind == "referrals" or not one.is_clear


def _draw_mapping(
    kind: str,
    files: list[StagedFile],
    found: list[Understood],
    looked: list[Recognised],
    *,
    staging: Staging,
    clear: bool,
) -> None:
    known = {key: heading for one in found for key, heading in one.columns.items()}
    let_go = (staging.state.columns if staging.state else {}).get(kind, {})
    presets = {key: heading for one in looked for key, heading in one.presets.items() if key not in let_go}
    if looked:
        show_columns(kind, found, looked, known=known, presets=presets)
    else:
        show_pairs(kind, found, known=known)
    headings = list(dict.fromkeys(heading for one in found for heading in one.headings))
    if clear:
        with st.expander("Change what the columns hold"):
            draw_form(kind, headings, offered=known, staging=staging, primary=False)
    else:
        draw_form(kind, headings, offered=presets | known, staging=staging, primary=True)
    elsewhere = any(one.like_data for one in found) or not (clear or known or presets)
    draw_layout(kind, files, staging=staging, open_it=elsewhere)


def _is_clear(one: Understood, *, kind: str) -> bool:
    return one.is_clear and not (kind == "referrals" and one.undeclared)


def _say_unclear(name: str, one: Understood, *, kind: str, presets: int) -> None:
    if one.like_data:
        st.warning(
            f"{plain_text(name)}: the row taken for headings looks like data, so none of it is shown. Say below which row holds "
            "the headings."
        )
        return
    said = []
    if one.lacking and not one.columns and presets < _ENOUGH:
        said.append("None of the columns is known. If the headings stand in another row, say below in which.")
    elif one.lacking and one.columns:
        lacking = listed([COLUMNS[kind][key].lower() for key in one.lacking])
        said.append(f"So far no column is known to hold the {lacking}.")
    unknown = listed([f"'{heading}'" for heading in one.undeclared])
    if kind == "referrals" and one.undeclared:
        them = "This column is not known yet" if len(one.undeclared) == 1 else "These columns are not known yet"
        said.append(f"{them}: {unknown}.")
        said.append("A column that is none of those below must be taken out of the file.")
    if said:
        chosen = " What seems likely is chosen already: look, then press the button." if presets else ""
        st.warning(plain_text(f"{name}: {' '.join(said)} Say below what each column holds.{chosen}"))


def _say_elsewhere(name: str, looked: Recognised) -> None:
    """Say before anything is read that a file names no ward of this area."""
    if any(one.sort is Sort.OTHER_WARD_CODES and not one.matched for one in looked.held.values()):
        st.warning(
            plain_text(
                f"{name}: it holds codes of wards, and none of them is one of this area's wards. It looks like a file of another "
                "area, or of another year's boundaries."
            )
        )


def _offer_moves(kind: str, looked: Iterable[Recognised], *, staging: Staging) -> None:
    """Say which columns are taken for what they cannot be, with a button where it can be told what they are."""
    for one in {wrong.heading: wrong for each in looked for wrong in each.misplaced}.values():
        meanings = COLUMNS[kind]
        said = f"'{one.heading}' is taken for the {meanings[one.taken_for].lower()}, and that is not what it holds."
        if one.is_rather is None:
            st.warning(plain_text(f"{said} Look at the list of columns."))
            continue
        st.warning(plain_text(f"{said} It looks like the {meanings[one.is_rather].lower()}."))
        if st.button(
            f"Use it as {plain_text(meanings[one.is_rather].lower())}",
            key=f"move-{kind}-{staging.state.mark}-{one.taken_for}",
        ):
            _move(kind, one, staging=staging)


def _move(kind: str, wrong: Misplaced, *, staging: Staging) -> None:
    assert wrong.is_rather is not None
    with acting("The column was taken over for this load."):
        staging.map_columns({kind: {wrong.taken_for: None, wrong.is_rather: wrong.heading}})
