"""The snapshots there are, the report of each, two beside each other, and going back to the one before."""

from typing import Any

import streamlit as st

from data.manifest import Manifest
from disclosure.audiences import Audience, permission
from disclosure.audit import What
from disclosure.people import Person
from disclosure.suppression import say_count
from disclosure.telling_turns import turn_of
from disclosure.withdrawing import Why, withdraw_snapshot
from pages.components.acting import acting
from pages.components.data_comparison import show_comparison
from pages.components.data_report import show_report
from pages.components.plain_text import plain_text
from pages.components.reading import show_table_of
from pages.components.recording import record_seen
from pages.components.url_state import UrlChoices
from pages.data_facts import comparison_for_analyst, exact_reports, history, marking_of_load
from pages.session import audit, is_demonstration, settings_in_use, store

_REASONS = {
    Why.WRONG_FILE: "a file was wrong",
    Why.WRONG_SETTINGS: "the settings were wrong",
    Why.TRIAL: "it was a trial",
}
_HEAD = ("Snapshot", "Accepted (UTC)", "By", "Quarters", "Wards", "Rows of referrals", "Rows of incidents")


def show_history(choices: UrlChoices, *, person: Person) -> None:
    """Draw the list, the report of one, and going back."""
    record_seen(What.SNAPSHOTS)
    found = history()
    if not found:
        st.info("Nothing has been loaded yet.")
        return
    show_table_of(_HEAD, [_row(one) for one in found], caption=_caption(len(found)))
    ids = [one.id for one in found]
    choices.one("report", ids, default=ids[0])
    st.selectbox("Report of", ids, key="report", width=420)
    chosen = next(one for one in found if one.id == st.session_state["report"])
    record_seen(What.SNAPSHOT, snapshot_id=chosen.id)
    st.subheader(plain_text(f"What went into {chosen.id}"), anchor=False)
    show_report(exact_reports(chosen), exact_rows=_exact_rows(chosen), marking=marking_of_load(), snapshot_id=chosen.id)
    if person.may_load and not is_demonstration():
        _offer_going_back(found, person=person)


def show_two(choices: UrlChoices) -> None:
    """Draw two snapshots beside each other."""
    ids = [one.id for one in history()]
    if len(ids) < 2:
        st.info(
            "There is one snapshot only, so there is nothing to compare it with." if ids else "Nothing is loaded yet."
        )
        return
    choices.one("earlier", ids, default=ids[1])
    choices.one("later", ids, default=ids[0])
    left, right = st.columns(2)
    earlier = left.selectbox("Before", ids, key="earlier")
    later = right.selectbox("Now", ids, key="later")
    if earlier == later:
        st.info("Choose two different snapshots.")
        return
    for one in (earlier, later):
        record_seen(What.SNAPSHOT, snapshot_id=one)
    show_comparison(comparison_for_analyst(later, earlier))


def _caption(count: int) -> str:
    return "One snapshot" if count == 1 else f"{count} snapshots, the newest first"


def _row(manifest: Manifest) -> tuple[str, ...]:
    rule = settings_in_use().disclosure
    exact = permission(Audience.ANALYST, rule=rule).exact
    rows = {table: f"{count:,}" if exact else say_count(count, rule=rule) for table, count in manifest.rows.items()}
    covered = f"{manifest.first_quarter} to {manifest.last_quarter}" if manifest.last_quarter else "none"
    return (
        manifest.id,
        f"{manifest.created_at:%d %b %Y %H:%M}",
        manifest.created_by,
        covered,
        f"{manifest.rows['wards']:,}",
        rows["referrals"],
        rows["incidents"],
    )


def _exact_rows(manifest: Manifest) -> dict[str, Any]:
    if not permission(Audience.ANALYST, rule=settings_in_use().disclosure).exact:
        return {}
    return {one.table: one.rows for one in manifest.reports}


def _offer_going_back(found: list[Manifest], *, person: Person) -> None:
    newest = found[0].id
    then = f"every screen shows {found[1].id} again" if len(found) > 1 else "there is nothing loaded"
    with st.expander("Go back: withdraw the newest snapshot"):
        st.html(
            f'<p class="wo-quiet">{newest} is removed, and {then}. What was shown of it and since is held to no longer: whoever '
            "kept it can compare it with what is shown from then on. Tell them that it was wrong. The same files give the same "
            "snapshot again.</p>"
        )
        why = st.selectbox(
            "Why", list(Why), index=None, format_func=_REASONS.__getitem__, key=f"why-{newest}", width=420
        )
        sure = st.checkbox(plain_text(f"Withdraw {newest} for everyone"), key=f"sure-{newest}")
        if st.button("Withdraw", key="withdraw", disabled=not (why and sure), icon=":material/undo:"):
            with acting(f"{newest} is withdrawn: {then}."):
                turn = turn_of(settings_in_use())
                withdraw_snapshot(newest, why=Why(why), store=store(), record=audit().record, who=person.id, turn=turn)
                # What was kept of it, and of what had to agree with it, is not to be shown again.
                st.cache_resource.clear()
