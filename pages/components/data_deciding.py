"""The last steps of a load: its report and what it changes, then accepting or discarding it."""

import streamlit as st

from data.report import TableReport
from data.snapshots import Snapshot
from disclosure.audit import Action, What
from disclosure.reports import release_report
from ingest.comparing import EVENTS
from ingest.staging import Staging
from ingest.unused_rows import unused_rows
from pages.components.acting import acting
from pages.components.data_comparison import show_comparison
from pages.components.data_reading import read
from pages.components.data_report import show_report
from pages.components.data_saving import offer_saving, show_lines
from pages.components.plain_text import plain_text
from pages.components.recording import make_entry, record_seen
from pages.components.url_state import go_to
from pages.data_facts import comparison_of_load, marking_of_load, standing_of
from pages.session import audit, is_demonstration, present_person, settings_in_use, store

_STAYS = (
    "This is the demonstration area, which stays as it is, so that every page and link to it keeps its meaning. What you loaded "
    "is shown here alone: look at it, then discard it. To keep data, start the dashboard with the settings of your partnership."
)


def show_result(staging: Staging, snapshot: Snapshot) -> None:
    """Draw what came of reading."""
    record_seen(What.FILES, snapshot_id=snapshot.id)
    state = staging.state
    st.subheader("What was read", anchor=False)
    _show_own_report(state.accounts, snapshot_id=snapshot.id)
    if state.before is not None:
        st.subheader(plain_text(f"What it changes, beside snapshot {state.before}"), anchor=False)
        if state.before == snapshot.id:
            st.info("The very same input is stored already, as the newest snapshot. There is nothing to accept.")
        elif state.before in store().ids():
            _show_changes(staging, snapshot)
        if snapshot.id in store().ids() and state.before != snapshot.id:
            st.info(
                plain_text(
                    f"The very same input is stored already, as the earlier snapshot {snapshot.id}. To show it again, withdraw "
                    "those that came after it."
                )
            )
    _advise(state.accounts)
    offer_saving(staging)
    _decide(staging, snapshot)
    show_lines(staging)


def _advise(reports: tuple[TableReport, ...]) -> None:
    """Say what accepting would mean for the rows that are not used."""
    unused = unused_rows(reports)
    if unused is None:
        return
    if unused.advice:
        st.warning(plain_text(f"{unused.sentence} {unused.advice}"))
        return
    advice = (
        "Everything else can be used. You may accept this load now; send the list above to whoever keeps the file, and load the "
        "corrected file when it comes: it takes the place of this one."
    )
    st.info(plain_text(f"{unused.sentence} {advice}"))


def _show_own_report(reports: tuple[TableReport, ...], *, snapshot_id: str) -> None:
    """Whoever brings the files holds what is in them, so the account of these rows is exact, whatever the rule."""
    rule = settings_in_use().disclosure
    released = [release_report(one, exact=True, rule=rule) for one in reports]
    rows = {one.table: one.rows for one in reports}
    show_report(released, exact_rows=rows, marking=marking_of_load(), snapshot_id=snapshot_id)


def _show_changes(staging: Staging, snapshot: Snapshot) -> None:
    state = staging.state
    found = comparison_of_load(present_person().id, snapshot.id, str(state.before))
    lost = [table for table in EVENTS if any(one.what == "vanished" for one in found.quarters[table])]
    could_add = [table for table in lost if table not in state.added and _may_be_added(table, staging=staging)]
    if could_add and not any(one.kind == "wards" for one in state.files):
        st.warning(
            plain_text(
                f"Quarters that were loaded before are not in these files of {' and '.join(could_add)}, and would be gone. If "
                "the files hold new months only, add them to what was loaded before instead."
            )
        )
        if st.button("Add them to what was loaded before", key="add_instead", icon=":material/playlist_add:"):
            staging.add(frozenset({*state.added, *could_add}))
            read(staging)
    show_comparison(found)


def _may_be_added(table: str, *, staging: Staging) -> bool:
    standing = standing_of(table, staging=staging)
    return standing is not None and standing.may_be_added


def _decide(staging: Staging, snapshot: Snapshot) -> None:
    overtaken = staging.overtaken_by()
    if overtaken is not None:
        st.warning(
            plain_text(
                f"Somebody else accepted snapshot {overtaken} meanwhile, so this comparison is out of date. Read and check again."
            )
        )
        if st.button("Read and check again", key="read_again", type="primary"):
            read(staging)
    elif is_demonstration():
        st.info(plain_text(_STAYS))
    elif snapshot.id not in store().ids():
        st.html(
            '<p class="wo-quiet">Accepting stores it as the newest snapshot, for everyone. Snapshots that are there stay.</p>'
        )
    with st.container(horizontal=True):
        may_accept = overtaken is None and not is_demonstration() and snapshot.id not in store().ids()
        if may_accept and st.button("Accept", key="accept", type="primary", icon=":material/check:"):
            _accept(staging, snapshot)
        draw_discard(staging)


def _accept(staging: Staging, snapshot: Snapshot) -> None:
    person = present_person()
    with acting(f"Accepted. Snapshot {snapshot.id} is the newest now, and every screen shows it."):
        audit().record(make_entry(Action.MADE, What.SNAPSHOT, snapshot_id=snapshot.id))
        staging.accept(by=person.name)
        go_to("snapshot", snapshot.id)  # whoever looked at an older one meanwhile sees what was promised


def draw_discard(staging: Staging) -> None:
    """Draw the button that lets go of the load."""
    if st.button("Discard this load", key="discard", icon=":material/delete:"):
        with acting("Discarded. Its files were removed, and nothing was stored."):
            audit().record(make_entry(Action.DELETED, What.FILES))
            staging.discard()
