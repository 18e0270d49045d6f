"""The boxes in which the columns of a kind of file are mapped by hand, and where its headings stand."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.in_words import listed
from data.raw_tables import WORKBOOK_SUFFIXES
from ingest.staged_files import StagedFile
from ingest.staging import Staging
from ingest.understanding import COLUMNS, columns_chosen_twice, mapped
from pages.components.acting import acting
from pages.components.plain_text import plain_text

_NOT_THERE = "not in the file"


def draw_form(kind: str, headings: list[str], *, offered: Mapping[str, str], staging: Staging, primary: bool) -> None:
    """Draw one box for each thing that a kind of file can hold; take over what all of them show.

    Parameters
    ----------
    offered
        Key of the settings to heading: what each box shows at first.
    primary
        Whether this is what has to be done next.
    """
    if not headings:
        return
    mark = staging.state.mark
    with st.form(f"columns-{kind}-{mark}", border=False):
        places = st.columns(3)
        chosen = {
            key: _choose(kind, key, headings, preset=offered.get(key), place=places[at % 3], mark=mark)
            for at, key in enumerate(COLUMNS[kind])
        }
        taken = st.form_submit_button("Use these columns", type="primary" if primary else "secondary")
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
                f"{quoted} stands in more than one box, and a column holds one thing. Choose '{_NOT_THERE}' in the other box. "
                "Nothing was taken over."
            )
        )
        return
    named = mapped(kind, settings=staging.settings)
    said = {key: heading for key, heading in chosen.items() if heading is not None or key in named}
    with acting("The columns were taken over for this load."):
        staging.map_columns({kind: said})


def draw_layout(kind: str, files: list[StagedFile], *, staging: Staging, open_it: bool) -> None:
    """Draw where the headings of tables stand."""
    if kind == "wards":
        return
    section = getattr(staging.settings, kind)
    mark = staging.state.mark
    with (
        st.expander("The headings stand in another row, or on another sheet", expanded=open_it),
        st.form(f"layout-{kind}-{mark}", border=False),
    ):
        left, middle, right = st.columns(3, vertical_alignment="bottom")
        row = left.number_input(
            "Row of the headings", min_value=1, max_value=1000, value=section.header_row, key=f"row-{kind}-{mark}"
        )
        sheet = section.sheet or ""
        if any(one.name.lower().endswith(WORKBOOK_SUFFIXES) for one in files):
            sheet = middle.text_input("Sheet of the workbook", value=sheet, key=f"sheet-{kind}-{mark}")
        taken = right.form_submit_button("Look again")
    if taken:
        with acting("Looked at the files again."):
            staging.map_columns({kind: {"header_row": int(row), "sheet": sheet.strip() or None}})
