"""What was wrong with a file, row by row: one table in the order of the file, and the same as a file to send to who keeps it."""

from collections.abc import Sequence

import streamlit as st

from data.report import Finding
from disclosure.audit import Action, What
from disclosure.fault_list import fault_csv
from disclosure.marking import Marking
from disclosure.reports import ReleasedReport
from pages.components.handing_over import offer_file
from pages.components.reading import show_table_of
from pages.components.recording import make_entry
from pages.data_facts import KIND_NAMES

_HEAD = ("Row", "Column", "What is wrong", "What to do")
_AT_ONCE = 30
"""Rows of the table that are shown at once; the others when they are asked for."""


def show_faults(report: ReleasedReport, *, marking: Marking, snapshot_id: str = "") -> None:
    """Draw the table of what was found, and the button for it as a file."""
    if not report.faults:
        return
    name = KIND_NAMES.get(report.table, report.table)
    several = len(report.files) > 1
    rows = [_row(one, several=several) for one in report.faults]
    head = ("File", *_HEAD) if several else _HEAD
    caption = f"{name}: what was wrong, row by row (of a row that is not used, the first fault found); {_what_becomes(report)}"
    show_table_of(head, rows[:_AT_ONCE], caption=caption)
    if len(rows) > _AT_ONCE:
        with st.expander(f"The other {len(rows[_AT_ONCE:])}"):
            show_table_of(head, rows[_AT_ONCE:], caption=f"{caption}, the others")
    offer_file(
        "Download this list (CSV)",
        key=f"faults-{report.table}-{snapshot_id}",
        file_name=f"faults-{report.table}.csv",
        make=lambda: fault_csv(report, marking=marking).encode("utf-8-sig"),
        entry=make_entry(Action.EXPORTED, What.FAULTS, snapshot_id=snapshot_id, detail={"format": "csv"}),
    )


def _what_becomes(report: ReleasedReport) -> str:
    """Say whether rows with a fault are used."""
    some_used = any(one.row is not None and one.reason is None for one in report.faults)
    return "rows are not used but where it says so" if some_used else "none of these rows is used"


def _row(one: Finding, *, several: bool) -> Sequence[str]:
    row = "" if one.row is None else f"{one.row:,}"
    what = f"{one.what[:1].upper()}{one.what[1:]}"
    used = " (used all the same)" if one.row is not None and one.reason is None else ""
    return (*([one.file] if several else []), row, one.column or "", f"{what}{used}", one.do)
