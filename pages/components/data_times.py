"""Whether files add to what was loaded before or take its place: told from their quarters, asked only where both can be right."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from data.in_words import listed
from data.quarters import months_of
from ingest.staging import Staging
from ingest.times import Standing
from pages.components.plain_text import plain_text
from pages.data_facts import KIND_NAMES, standing_of

_ADD, _REPLACE = "add", "replace"
_WORDS = {
    _ADD: "add to it: what was loaded before stays",
    _REPLACE: "take its place: what was loaded before is in no screen any more",
}
_NAMED = 4


def settle_times(kinds: Sequence[str], *, staging: Staging) -> None:
    """Say of each kind of events what its files hold beside what was loaded; settle whether they are added."""
    state = staging.state
    if state is None:
        return
    added = set()
    for kind in kinds:
        standing = standing_of(kind, staging=staging)
        if standing is not None and _settle(kind, standing, staging=staging):
            added.add(kind)
    if added != set(state.added):
        staging.add(frozenset(added))
        if state.staged is not None:
            st.rerun()  # what was read is not of this any more


def _settle(kind: str, standing: Standing, *, staging: Staging) -> bool:
    """Say how the files stand to what was loaded; tell whether they are added."""
    state = staging.state
    name = KIND_NAMES[kind]
    st.html(
        f"<p><b>{escape(name)}</b>: these files hold {escape(_span(standing.quarters))}. Loaded before: "
        f"{escape(_span(standing.before)) or 'none'}.</p>"
    )
    if not standing.before:
        return False
    if not standing.may_be_added:
        st.html(f'<p class="wo-quiet">{_why_replaced(standing)}</p>')
        if standing.gone:
            st.warning(
                plain_text(
                    f"{_some(standing.gone)} would be gone: loaded before, and not in these files. Is this the whole file?"
                )
            )
        return False
    preset = kind in state.added if kind in state.settled else True
    chosen = st.radio(
        plain_text(f"{name}: nothing of this was loaded before. Shall it"),
        [_ADD, _REPLACE],
        index=0 if preset else 1,
        format_func=_WORDS.__getitem__,
        key=f"hold-{kind}-{state.mark}-{preset}",
    )
    return chosen == _ADD


def _why_replaced(standing: Standing) -> str:
    if standing.gone:
        return "They hold times that were loaded before, which would count twice, so they take the place of what was loaded."
    return "All that was loaded before is in them, so they take its place."


def _span(quarters: Sequence[str]) -> str:
    """Write quarters as a span with its months, e.g. `2024/25 Q1 to 2024/25 Q4 (April 2024 to March 2025)`."""
    if not quarters:
        return ""
    first, last = quarters[0], quarters[-1]
    began, (_, ended) = months_of(first).split(" to "), months_of(last).split(" to ")
    year = ended.split()[-1] if first == last else months_of(first).split()[-1]
    months = f"{began[0]}{'' if year == ended.split()[-1] else f' {year}'} to {ended}"
    return f"{first if first == last else f'{first} to {last}'} ({months})"


def _some(quarters: Sequence[str]) -> str:
    more = len(quarters) - _NAMED
    named = [*quarters[:_NAMED], *([f"{more} more"] if more > 0 else [])]
    return listed(named)
