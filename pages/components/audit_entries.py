"""The entries of the audit trail: filters, a page of them as a table, and all that were chosen as a file."""

from datetime import date

import streamlit as st

from disclosure.audit import PAGE, Action, Wanted, What
from disclosure.audit_table import COLUMNS, entry_csv, entry_table
from disclosure.marking import Marking
from pages.components.handing_over import offer_file
from pages.components.recording import make_entry, record_seen
from pages.components.state import state
from pages.session import audit

_IN_A_FILE = 100_000
"""Entries that one file holds at most: the newest."""
_HEIGHT = 620
"""Pixels."""
_FIT = 15
"""Entries that need no scrolling."""
_WIDTHS = {"detail": "large", "made_at": "medium", "snapshot": "medium"}


def choose_entries() -> tuple[Wanted, int]:
    """Draw the filters; give which entries are wanted, and which page of them."""
    columns = st.columns([1.5, 2.2, 1, 1, 0.8], vertical_alignment="bottom")
    with columns[0]:
        who = st.selectbox("Who", audit().everybody(), key="audit_who", index=None, placeholder="Everyone")
    with columns[1]:
        actions = st.multiselect("Did", list(Action), key="audit_did", placeholder="Anything", format_func=str)
    with columns[2]:
        since = st.date_input("From (UTC)", value=None, key="audit_since", format="DD/MM/YYYY")
    with columns[3]:
        until = st.date_input("To", value=None, key="audit_until", format="DD/MM/YYYY")
    with columns[4]:
        page = st.number_input(
            "Page", min_value=1, key="audit_page", help=f"{PAGE} entries each. The newest stand on page 1."
        )
    return Wanted(who or "", tuple(actions), since=_day(since), until=_day(until)), int(page) - 1


def show_entries(wanted: Wanted, *, page: int, marking: Marking) -> None:
    """Draw a page of entries and the button for a file of all that are wanted. To look at them is recorded as well."""
    record_seen(What.AUDIT)
    rows = audit().entries(wanted, page=page)
    if not rows:
        with state("No such entries"):
            st.info("There are no such entries on this page. Choose page 1, or fewer filters.")
        return
    st.dataframe(
        entry_table(rows),
        column_config={name: _column(name) for name in COLUMNS},
        hide_index=True,
        height=_HEIGHT if len(rows) > _FIT else "content",
        placeholder="",
        alt="Table of entries of the audit trail, the newest first",
    )
    offer_file(
        "Download these entries (CSV)",
        key="audit_file",
        file_name=f"audit-{date.today():%Y-%m-%d}.csv",  # noqa: DTZ011  # of the person's own day
        make=lambda: entry_csv(audit().entries(wanted, size=_IN_A_FILE), marking=marking.lines()).encode("utf-8-sig"),
        entry=make_entry(Action.EXPORTED, What.AUDIT, detail={"format": "csv"}),
    )


def _column(name: str) -> dict[str, object]:
    return dict(st.column_config.Column(COLUMNS[name], width=_WIDTHS.get(name)))


def _day(chosen: object) -> date | None:
    return chosen if isinstance(chosen, date) else None
