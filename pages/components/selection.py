"""The wards that are selected together on *Explore*: one choice in the address, which every view shows and can change."""

from collections.abc import Collection, Iterable, Sequence

import streamlit as st

from disclosure.audit import What
from disclosure.audit_details import ward_details
from disclosure.gate import Released
from disclosure.views import SnapshotView
from pages.components.charts import MEASURE_NAMES
from pages.components.recording import record_seen
from pages.components.url_state import UrlChoices, go_to

SELECTION_KEY = "wards"
ADDING_KEY = "adding"
MOST = 200
"""Wards: more would not fit into an address, and would be no selection any more."""
_RECORDED = "_selected_recorded"

Selection = tuple[str, ...]
"""Codes of wards, in map order."""


def settle_selection(choices: UrlChoices, view: SnapshotView) -> Selection:
    """Settle the selected wards, before anything is drawn; those beyond `MOST` are left out, and that is said."""
    codes = view.wards["ward_code"].tolist()
    asked = choices.many(SELECTION_KEY, codes)
    chosen = in_order(asked, codes=codes)
    kept = chosen[:MOST]
    if len(chosen) > MOST:
        st.toast(f"{len(kept)} wards are the most that can be selected together: the first of the map are.")
    choices.keep(SELECTION_KEY, list(kept))
    st.session_state[SELECTION_KEY] = list(kept)
    return kept


def in_order(chosen: Iterable[str], *, codes: Sequence[str]) -> Selection:
    """Give chosen wards in the order of the map, each once."""
    wanted = frozenset(chosen)
    return tuple(code for code in codes if code in wanted)


def with_toggled(selection: Selection, ward: str) -> Selection:
    """Add a ward, or take it out."""
    return tuple(code for code in selection if code != ward) if ward in selection else (*selection, ward)


def select(wards: Collection[str]) -> None:
    """Select these wards and no others with the next run."""
    go_to(SELECTION_KEY, list(wards))


def is_adding() -> bool:
    """Whether a click on the map, or a choice in the scatter, adds to the selection."""
    return bool(st.session_state.get(ADDING_KEY, False))


def take(wards: Collection[str], *, selection: Selection) -> None:
    """Select wards chosen in a view: besides those selected where choices add to them, else instead of them."""
    select([*selection, *wards] if is_adding() else wards)


def record_selected(selection: Selection, released: Released, *, snapshot_id: str) -> None:
    """Record which wards somebody looks at together: each once a session for the same question.

    Raises
    ------
    UnrecordedError
        If it cannot be recorded. They are then not to be shown.
    """
    asked = (snapshot_id, released.reader, released.question)
    known: set[object] = st.session_state.setdefault(_RECORDED, set())
    news = [code for code in selection if (*asked, code) not in known]
    if not news:
        return
    for detail in ward_details(news):
        record_seen(
            What.SELECTION,
            snapshot_id=snapshot_id,
            audience=released.audience,
            question=released.question,
            detail=detail,
        )
    known.update((*asked, code) for code in news)


def said_of(selection: Selection, released: Released) -> str:
    """Say what is selected. Totals only where values are exact: elsewhere two of them could be subtracted from each other."""
    if not selection:
        return "No ward selected."
    rows = released.wards[released.wards["ward_code"].isin(selection)]
    flagged = int(rows["flagged"].sum())
    said = f"{_wards(len(rows))} selected, {flagged} of them flagged."
    if not released.exact:
        return said
    totals = [
        f"{name}: {int(rows[f'observed_{measure}'].sum()):,} (at the area's rate: {rows[f'expected_{measure}'].sum():,.1f})"
        for measure, name in MEASURE_NAMES.items()
    ]
    return f"{said} {'. '.join(totals)}."


def _wards(number: int) -> str:
    return f"{number} ward{'' if number == 1 else 's'}"
