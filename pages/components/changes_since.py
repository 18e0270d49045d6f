"""What changed in the whole area: the list of flagged wards since a quarter before, and risks since the window before."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from briefing.follow_up import NEW, PERSISTENT
from disclosure.audit import What
from disclosure.changes import CHANGE_KEY, FROM_BOTH_WINDOWS, ReleasedChanges
from disclosure.few_counts import change_in_words
from disclosure.gate import Released
from pages.components.guard import fragment
from pages.components.list_since import list_since_in_words
from pages.components.recording import record_seen
from pages.components.screen import say_faults
from pages.components.url_state import go_to
from pages.session import changes_of, view_of

_LIST = '<h3 class="wo-sub">The list, since last quarter</h3>'
_HIGH_NOW = (NEW, PERSISTENT)
"""Changes that say of a ward that it is high on both now."""
_NOT_FLAGGED = "Not flagged: probably high on both, by both windows together, but not surely enough to be named."
_RISKS = '<h3 class="wo-sub">The risks, against the window of the same length before</h3>'


@fragment
def show_changes_since(released: Released, *, snapshot_id: str) -> None:
    """Compare with the window before and say what changed, or why that cannot be said.

    Draw it last: what is drawn after it waits for a fit.
    """
    with say_faults("overview"):
        view = view_of(snapshot_id, released.reader)
        st.html(f"{_LIST}{list_since_in_words(released, view=view, snapshot_id=snapshot_id)}")
        why_not = view.why_no_changes(released.question)
        if why_not:
            shorter = min(view.choices.lengths) < released.question.quarters
            more = " Explore has the choice of window." if shorter else ""
            st.html(f"{_RISKS}<p>{escape(why_not)}{more}</p>")
            return
        record_seen(What.CHANGES, snapshot_id=snapshot_id, audience=released.audience, question=released.question)
        changes = changes_of(snapshot_id, released.reader, released.question)
        st.html(
            _in_words(
                changes,
                names=released.names,
                flagged=set(released.flagged["ward_code"]),
                few=change_in_words(released),
            )
        )
        if st.button("Show on the map", key="changes_on_map", type="tertiary"):
            go_to("measure", CHANGE_KEY)
            st.switch_page("views/explore.py")


def _in_words(changes: ReleasedChanges, *, names: dict[str, str], flagged: set[str], few: str) -> str:
    named = changes.named()
    untold = sorted(names[code] for code in flagged.difference(*named.values()))
    counts = ", ".join(f"{len(codes) or 'none'} {change}" for change, codes in named.items())
    unsure = {code for one in _HIGH_NOW for code in named[one]} - flagged
    said = {code: f"{name} (not flagged)" if code in unsure else name for code, name in names.items()}
    lists = "".join(
        f"<p><b>{change.capitalize()}</b>: {escape('; '.join(said[code] for code in codes))}</p>"
        for change, codes in named.items()
        if codes
    )
    explained = [_NOT_FLAGGED] if unsure else []
    asides = "".join(f"<p>{escape(text)}</p>" for text in (*explained, *changes.cautions, few, FROM_BOTH_WINDOWS))
    return (
        f"{_RISKS}<p>Probably high on both, now or before, against {escape(changes.before.in_words())}: <b>{counts}</b>.</p>"
        f'{lists}{_untold(untold)}<div class="wo-small wo-quiet">{asides}</div>'
    )


def _untold(flagged: Sequence[str]) -> str:
    """Name the flagged wards of which nothing is said."""
    return f"<p><b>Flagged, change too uncertain to say</b>: {escape('; '.join(flagged))}</p>" if flagged else ""
