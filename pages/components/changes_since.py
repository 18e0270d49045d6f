"""What changed in the whole area since the window before, in a sentence and a few names."""

from html import escape

import streamlit as st

from disclosure.audit import What
from disclosure.changes import CHANGE_KEY, FROM_BOTH_WINDOWS, ReleasedChanges
from disclosure.gate import Released
from pages.components.guard import fragment
from pages.components.recording import record_seen
from pages.components.screen import say_faults
from pages.components.url_state import go_to
from pages.session import changes_of, view_of

_NAMED = ("new", "easing", "cleared")
"""Changes of which the wards are named; the persistent ones stand among the flagged."""


@fragment
def show_changes_since(released: Released, *, snapshot_id: str) -> None:
    """Compare with the window before and say what changed, or why that cannot be said.

    Draw it last: what is drawn after it waits for a fit.
    """
    with say_faults("overview"):
        view = view_of(snapshot_id, released.reader)
        why_not = view.why_no_changes(released.question)
        if why_not:
            shorter = min(view.choices.lengths) < released.question.quarters
            st.html(f"<p>{escape(why_not)}{' Explore has the choice of window.' if shorter else ''}</p>")
            return
        record_seen(What.CHANGES, snapshot_id=snapshot_id, audience=released.audience, question=released.question)
        changes = changes_of(snapshot_id, released.reader, released.question)
        st.html(_in_words(changes, names=_names(released), flagged=set(released.flagged["ward_code"])))
        if st.button("Show on the map", key="changes_on_map", type="tertiary"):
            go_to("measure", CHANGE_KEY)
            st.switch_page("views/explore.py")


def _in_words(changes: ReleasedChanges, *, names: dict[str, str], flagged: set[str]) -> str:
    named = changes.named()
    untold = len(flagged.difference(*named.values()))
    counts = ", ".join(f"{len(codes) or 'none'} {change}" for change, codes in named.items())
    lists = "".join(
        f"<p><b>{change.capitalize()}</b>: {escape('; '.join(names[code] for code in named[change]))}</p>"
        for change in _NAMED
        if named[change]
    )
    asides = "".join(f"<p>{escape(text)}</p>" for text in (*changes.cautions, FROM_BOTH_WINDOWS))
    return (
        f"<p>High on both, against {escape(changes.before.in_words())}: <b>{counts}</b>.{_untold(untold)}</p>"
        f'{lists}<div class="wo-small wo-quiet">{asides}</div>'
    )


def _untold(flagged: int) -> str:
    if not flagged:
        return ""
    named = "Of 1 flagged ward" if flagged == 1 else f"Of {flagged} flagged wards"
    return f" {named} the change is too uncertain to say."


def _names(released: Released) -> dict[str, str]:
    """Name of each ward by its code, with the district where two share it."""
    shared = released.wards["ward_name"].duplicated(keep=False)
    names = released.wards["ward_name"].mask(
        shared, released.wards["ward_name"] + " (" + released.wards["district"] + ")"
    )
    return dict(zip(released.wards["ward_code"], names, strict=True))
