"""The second step of a load: what the columns of each kind of file are taken for, mapped by hand where that is not clear."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.errors import PersonLevelError, WardOverlapError
from data.in_words import listed
from data.raw_tables import WORKBOOK_SUFFIXES
from data.settings_columns import Columns, lines_to_paste, write_columns
from disclosure.audit import Action, What
from ingest.staged_files import StagedFile
from ingest.staging import Staging
from ingest.understanding import COLUMNS, Understood, columns_chosen_twice, mapped
from pages.components.acting import acting
from pages.components.plain_text import plain_lines, plain_text
from pages.components.recording import make_entry
from pages.data_facts import KIND_NAMES, settings_file
from pages.session import audit, settings_in_use

_NOT_THERE = "not in the file"


def draw_columns(staging: Staging) -> bool:
    """Draw what was understood, kind by kind; say whether everything is clear."""
    state = staging.state
    clear = True
    for kind, name in KIND_NAMES.items():
        files = [one for one in state.files if one.kind == kind] if state else []
        if files:
            with st.container(border=True):
                st.html(f"<b>{escape(name)}</b>")
                clear &= _draw_kind(kind, files, staging=staging)
    return clear


def _draw_kind(kind: str, files: list[StagedFile], *, staging: Staging) -> bool:
    found: dict[str, Understood] = {}
    for file in files:
        try:
            found[file.name] = staging.understood(file)
        except PersonLevelError as error:
            st.error(plain_lines(error))
        except WardOverlapError as error:
            st.error(plain_lines(error))
            _draw_layout(kind, files, staging=staging)
            return False
    for name, one in found.items():
        _say_unclear(name, one, kind=kind)
    clear = all(_is_clear(one, kind=kind) for one in found.values())
    if found:
        st.html(_in_words(kind, [*found.values()]))
        with st.expander("Change what the columns hold", expanded=not clear):
            _draw_form(kind, [*found.values()], staging=staging)
            _draw_layout(kind, files, staging=staging)
    return clear and len(found) == len(files)


def _is_clear(one: Understood, *, kind: str) -> bool:
    return one.is_clear and not (kind == "referrals" and one.undeclared)


def _say_unclear(name: str, one: Understood, *, kind: str) -> None:
    if one.like_data:
        st.warning(
            f"{plain_text(name)}: the row taken for headings looks like data, so none of it is shown. Say below which row holds "
            "the headings."
        )
        return
    said = []
    if one.lacking and not one.columns:
        said.append(
            "none of the columns is known. If the headings stand in another row, say below in which, and look again; else choose "
            "which column holds what."
        )
    elif one.lacking:
        lacking = listed([COLUMNS[kind][key].lower() for key in one.lacking])
        said.append(f"no column is known to hold the {lacking}. Choose below which one does.")
    if kind == "referrals" and one.undeclared:
        unknown = listed([f"'{heading}'" for heading in one.undeclared])
        said.append(
            f"{unknown}: nothing says what is in there, and a file of referrals may hold the columns asked for alone. Choose "
            "below what it is, or take it out of the file and send it again."
        )
    if said:
        st.warning(plain_text(f"{name}: {' '.join(said)}"))


def _in_words(kind: str, found: list[Understood]) -> str:
    columns = {key: heading for one in found for key, heading in one.columns.items()}
    parts = [f"<span>{escape(COLUMNS[kind][key])}</span><b>{escape(heading)}</b>" for key, heading in columns.items()]
    left = list(dict.fromkeys(heading for one in found for heading in one.undeclared))
    rest = f'<p class="wo-quiet">Not read: {escape(", ".join(left))}</p>' if left and kind != "referrals" else ""
    return f'<div class="wo-pairs">{"".join(f"<div>{part}</div>" for part in parts)}</div>{rest}'


def _draw_form(kind: str, found: list[Understood], *, staging: Staging) -> None:
    headings = list(dict.fromkeys(heading for one in found for heading in one.headings))
    if not headings:
        return
    known = {key: heading for one in found for key, heading in one.columns.items()}
    offered = {key: heading for one in found for key, heading in one.likely.items()} | known
    with st.form(f"columns-{kind}-{staging.state.mark}", border=False):
        places = st.columns(3)
        chosen = {
            key: _choose(kind, key, headings, preset=offered.get(key), place=places[at % 3], mark=staging.state.mark)
            for at, key in enumerate(COLUMNS[kind])
        }
        taken = st.form_submit_button("Use these columns")
    if taken:
        _map(kind, chosen, staging=staging)


def _choose(
    kind: str, key: str, headings: list[str], *, preset: str | None, place: DeltaGenerator, mark: str
) -> str | None:
    """Draw one box; what is not in the file stands first, so that a column can be let go of again."""
    offered = [_NOT_THERE, *headings]
    at = place.selectbox(
        COLUMNS[kind][key],
        range(len(offered)),
        index=offered.index(preset, 1) if preset in headings else 0,
        format_func=offered.__getitem__,
        key=f"column-{kind}-{key}-{mark}",
    )
    return offered[at] if at else None


def _map(kind: str, chosen: dict[str, str | None], *, staging: Staging) -> None:
    """Map what every box shows, whether it was touched or not."""
    if twice := columns_chosen_twice(chosen):
        quoted = listed([f"'{one}'" for one in twice])
        st.error(
            plain_text(
                f"{quoted} stands in more than one box, and a column holds one thing. Choose "
                f"'{_NOT_THERE}' in the other box. Nothing was taken over."
            )
        )
        return
    named = mapped(kind, settings=staging.settings)
    said = {key: heading for key, heading in chosen.items() if heading is not None or key in named}
    with acting("The columns were taken over for this load."):
        staging.map_columns({kind: said})


def _draw_layout(kind: str, files: list[StagedFile], *, staging: Staging) -> None:
    """Draw where the headings stand, for tables."""
    if kind == "wards":
        return
    section = getattr(staging.settings, kind)
    with st.form(f"layout-{kind}-{staging.state.mark}", border=False):
        left, middle, right = st.columns(3, vertical_alignment="bottom")
        row = left.number_input(
            "Row of the headings",
            min_value=1,
            max_value=1000,
            value=section.header_row,
            key=f"row-{kind}-{staging.state.mark}",
        )
        sheet = section.sheet or ""
        if any(one.name.lower().endswith(WORKBOOK_SUFFIXES) for one in files):
            sheet = middle.text_input("Sheet of the workbook", value=sheet, key=f"sheet-{kind}-{staging.state.mark}")
        taken = right.form_submit_button("Look again")
    if taken:
        with acting("Looked at the files again."):
            staging.map_columns({kind: {"header_row": int(row), "sheet": sheet.strip() or None}})


def offer_saving(staging: Staging) -> None:
    """Offer to write what was mapped by hand into the settings, so that next month needs no mapping."""
    state, path = staging.state, settings_file()
    if state is None or not state.columns or staging.settings == settings_in_use():
        return
    st.info("What you mapped by hand holds for this load. Save it as settings, and the next load needs no mapping.")
    if path is not None and st.button("Save as settings", key="save_columns", icon=":material/save:"):
        _save(state.columns)
    with st.expander("The same as lines of the settings file"):
        st.code(lines_to_paste(state.columns), language=None)


def _save(columns: Columns) -> None:
    path = settings_file()
    assert path is not None
    with acting("Saved as settings."):
        audit().record(make_entry(Action.CHANGED, What.SETTINGS))
        write_columns(path, columns)
        settings_in_use.clear()
