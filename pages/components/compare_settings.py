"""Two settings beside each other: the question above and another one, as two maps and a list of the wards that differ.

What is not chosen for the other is as above. Each is an answer that the audience may have by itself; nothing is worked out from
both but which classes differ.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import cast

import pandas as pd
import streamlit as st

from data.errors import UsageError
from data.settings import Denominator
from disclosure.audit import What
from disclosure.gate import Released
from disclosure.permitted import Question, Window
from disclosure.views import SnapshotView
from pages.components.choosing import DENOMINATOR_NAMES, Chosen, length_name, lengths, thresholds
from pages.components.map_block import boundary_source, show_map
from pages.components.recording import record_seen
from pages.components.selection import select
from pages.components.url_state import UrlChoices, go_to
from pages.session import answer_to, snapshot_ids, view_of

_SNAPSHOT, _QUARTERS, _TO, _THRESHOLD, _PER = "b_snapshot", "b_quarters", "b_to", "b_threshold", "b_per"
_AS_ABOVE = "As above"
_MAP_HEIGHT = 430
_COLUMNS = {
    "ward_name": "Ward",
    "district": "District",
    "class_a": "Class as above",
    "certainty_a": "That both are high is",
    "class_b": "Class in the other",
    "certainty_b": "That both are high is ",
}


@dataclass(frozen=True)
class Difference:
    """How two answers differ."""

    wards: pd.DataFrame
    """Those whose class differs: `ward_code`, `ward_name`, `district`, and of each answer (`_a`, `_b`) `class`, `certainty`."""
    compared: int
    """Wards of the same code in both."""
    alone: int
    """Wards of one answer only: of other boundaries."""


def difference(one: Released, other: Released) -> Difference:
    """Compare the classes of two answers, ward by ward."""
    said = ["ward_code", "class", "certainty"]
    both = one.wards[["ward_code", "ward_name", "district"]].merge(
        one.wards[said].merge(other.wards[said], on="ward_code", suffixes=("_a", "_b")), on="ward_code"
    )
    differ = both[both["class_a"] != both["class_b"]]
    ordered = differ.sort_values(["district", "ward_name", "ward_code"], ignore_index=True)
    return Difference(ordered, len(both), len(one.wards) + len(other.wards) - 2 * len(both))


def settle_compared(choices: UrlChoices, chosen: Chosen, question: Question) -> None:
    """Settle what the other question is, before anything is drawn."""
    choices.perhaps_one(_SNAPSHOT, _other_snapshots(chosen))
    view = _other_view(chosen)
    length = choices.perhaps_one(_QUARTERS, lengths(view.choices))
    choices.perhaps_one(_TO, view.ends(int(length or question.quarters)))
    choices.perhaps_one(_THRESHOLD, thresholds(view.choices))
    choices.perhaps_one(_PER, view.choices.denominators)


def show_compared(released: Released, *, chosen: Chosen, choices: UrlChoices) -> None:
    """Draw the choice of the other question and, where it is another one, both maps and the wards that differ."""
    _draw_choices(released.question, chosen=chosen, choices=choices)
    snapshot_id, view = _other_id(chosen), _other_view(chosen)
    other_question = _other_question(released.question, view=view)
    if (snapshot_id, other_question) == (chosen.snapshot_id, released.question):
        st.html('<div class="wo-quiet">Choose what is to be different: the rest is as above.</div>')
        return
    record_seen(What.EXPLORE, snapshot_id=snapshot_id, audience=chosen.audience, question=other_question)
    other = answer_to(snapshot_id, chosen.reader, other_question)
    found = difference(released, other)
    _say(found)
    differing = found.wards["ward_code"].tolist()
    for column, (answer, its_chosen, key) in zip(
        st.columns(2, gap="medium"),
        ((released, chosen, "a"), (other, Chosen(snapshot_id, chosen.reader, view), "b")),
        strict=True,
    ):
        with column:
            _draw_map(answer, chosen=its_chosen, outlined=differing, key=key)
    _list(found)


def _draw_choices(question: Question, *, chosen: Chosen, choices: UrlChoices) -> None:
    snapshots = _other_snapshots(chosen)
    columns = st.columns([1.3] * bool(snapshots) + [1.2, 1, 1, 1.4], vertical_alignment="bottom")
    if snapshots:
        with columns.pop(0):
            _box(_SNAPSHOT, snapshots, label="Other snapshot")
    view = _other_view(chosen)
    with columns[1]:
        length = _box(_QUARTERS, lengths(view.choices), label="Other length", names=length_name)
    with columns[0]:
        _box(_TO, view.ends(int(length or question.quarters)), label="Other window ends")
    with columns[2]:
        _box(_THRESHOLD, thresholds(view.choices), label="Other threshold")
    with columns[3]:
        _box(_PER, list(view.choices.denominators), label="Other denominator", names=DENOMINATOR_NAMES.__getitem__)
    for key in (_SNAPSHOT, _QUARTERS, _TO, _THRESHOLD, _PER):
        choices.keep(key, st.session_state.get(key))
    choices.write()


def _box(key: str, options: list[str], *, label: str, names: Callable[[str], str] = str) -> str | None:
    if st.session_state.get(key) not in options:
        st.session_state[key] = None  # of another length or snapshot, which does not have it
    return st.selectbox(label, options, key=key, index=None, placeholder=_AS_ABOVE, format_func=names)


def _other_snapshots(chosen: Chosen) -> list[str]:
    return [one for one in snapshot_ids() if one != chosen.snapshot_id]


def _other_id(chosen: Chosen) -> str:
    return str(st.session_state.get(_SNAPSHOT) or chosen.snapshot_id)


def _other_view(chosen: Chosen) -> SnapshotView:
    return view_of(_other_id(chosen), chosen.reader)


def _other_question(question: Question, *, view: SnapshotView) -> Question:
    """Change what was chosen; an end that the other length does not have becomes the newest one it has."""
    state = st.session_state
    quarters = int(state.get(_QUARTERS) or question.quarters)
    ends = view.ends(quarters)
    if not ends:
        raise UsageError("The other snapshot has no window of this length. Choose another length.")
    wanted = state.get(_TO) or question.last_quarter
    return replace(
        question,
        quarters=quarters,
        last_quarter=wanted if wanted in ends else ends[0],
        threshold=float(state.get(_THRESHOLD) or question.threshold),
        denominator=cast("Denominator", state.get(_PER) or question.denominator),
    )


def _say(found: Difference) -> None:
    number = len(found.wards)
    said = f"{number} of {found.compared} wards {'has' if number == 1 else 'have'} another class."
    if found.alone:
        said += f" {found.alone} wards are in one of the two only, which have other boundaries, and are not compared."
    st.html(
        f"<p><b>{escape(said)}</b> A class changes where a ward is near its limit as well as where much differs: read how sure "
        "each is.</p>"
    )


def _draw_map(released: Released, *, chosen: Chosen, outlined: list[str], key: str) -> None:
    st.html(
        f"<div><b>{escape('As above' if key == 'a' else 'The other')}</b>: {escape(in_words(released.question))}</div>"
    )
    clicked = show_map(
        released.layers["overlap"],
        snapshot_id=chosen.snapshot_id,
        reader=chosen.reader,
        selected=None,
        chosen=outlined,
        key=f"compare-{key}",
        source=boundary_source(chosen.view),
        height=_MAP_HEIGHT,
    )
    if clicked:
        go_to("ward", clicked)
        st.rerun()


def in_words(question: Question) -> str:
    """Say what is asked, in a line."""
    window = Window(str(question.last_quarter), question.quarters).in_words()
    per = "workday population" if question.denominator == "workday" else "residents"
    return f"{window}, high above {question.threshold:g}, incidents per {per}"


def _list(found: Difference) -> None:
    if found.wards.empty:
        return
    st.dataframe(
        found.wards,
        column_config=dict(_COLUMNS),
        column_order=list(_COLUMNS),
        hide_index=True,
        height=min(38 + 35 * len(found.wards), 420),
        placeholder="",
        alt="Wards whose class differs between the two settings",
    )
    if st.button("Select these wards", icon=":material/select_all:", key="select_differing"):
        select(found.wards["ward_code"].tolist())
        st.rerun()
