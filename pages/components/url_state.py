"""Choices that live in the address: a link opened elsewhere, or a reload, shows the same thing.

Streamlit's own binding leaves a choice out of the address while it equals its default, and a default such as *the newest
quarter* changes with the data. Here everything chosen is always written out, so that a link keeps its meaning.
"""

from collections.abc import Sequence
from urllib.parse import quote, unquote

import streamlit as st

_SEPARATOR = "~"
_KEPT = "_choices"
_SCREEN = "_screen"

Value = str | list[str] | None


class UrlChoices:
    """The choices of one run of a screen.

    A choice comes from what the screen itself decided for this run (`go_to`); else, on arrival at a screen, from the address,
    then from what was chosen before on another screen; else from its widget. `write` puts all of them back into the address.
    """

    def __init__(self, screen: str) -> None:
        """Begin a run."""
        self.screen = screen
        self._arrived = st.session_state.get(_SCREEN) != screen
        st.session_state[_SCREEN] = screen
        self._keys: list[str] = []
        self.unknown: list[str] = []
        """Choices in the address that mean nothing here, to tell the person."""

    def one(self, key: str, options: Sequence[str], *, default: str) -> str:
        """Settle a choice of one, before its widget is drawn with the same key."""
        wanted = self._wanted(key)
        settled = wanted if isinstance(wanted, str) and wanted in options else default
        self._settle(key, settled, honoured=wanted in (None, settled))
        return settled

    def perhaps_one(self, key: str, options: Sequence[str]) -> str | None:
        """Settle a choice of one or none."""
        wanted = self._wanted(key)
        settled = wanted if isinstance(wanted, str) and wanted in options else None
        self._settle(key, settled, honoured=wanted == settled)
        return settled

    def many(self, key: str, options: Sequence[str]) -> list[str]:
        """Settle a choice of several."""
        wanted = self._wanted(key)
        asked = _split(wanted) if isinstance(wanted, str) else wanted or []
        settled = [one for one in asked if one in options]
        self._settle(key, settled, honoured=len(settled) == len(asked))
        return settled

    def keep(self, key: str, value: Value) -> None:
        """Take note of a choice that a widget of a fragment has made: the rest of the screen does not run again for it."""
        st.session_state[_KEPT][key] = value

    def texts(self) -> dict[str, str]:
        """Give every choice as the address has it; empty where nothing is chosen."""
        return {key: _as_text(st.session_state[_KEPT][key]) for key in self._keys}

    def write(self) -> None:
        """Put every choice into the address, and nothing else."""
        wanted = {key: text for key, text in self.texts().items() if text}
        if st.query_params.to_dict() != wanted:
            st.query_params.from_dict(wanted)

    def _wanted(self, key: str) -> Value:
        decided = st.session_state.pop(_next(key), None)
        if decided is not None:
            return str(decided)
        if not self._arrived and key in st.session_state:
            return st.session_state[key]  # type: ignore[no-any-return]
        in_address = st.query_params.get(key)
        return in_address if in_address is not None else st.session_state.get(_KEPT, {}).get(key)

    def _settle(self, key: str, value: Value, *, honoured: bool) -> None:
        if not honoured and self._arrived:
            self.unknown.append(key)
        st.session_state[key] = value
        st.session_state.setdefault(_KEPT, {})[key] = value
        self._keys.append(key)


def go_to(key: str, value: Value) -> None:
    """Decide a choice for the next run: the widgets of this one are drawn already. Empty text, or no value, clears it."""
    st.session_state[_next(key)] = _as_text(value)


def take_next(key: str) -> str | None:
    """Take what was decided (`go_to`) for a field that is no choice of the address."""
    decided = st.session_state.pop(_next(key), None)
    return None if decided is None else str(decided)


def _next(key: str) -> str:
    return f"_next-{key}"


def _split(text: str) -> list[str]:
    return [unquote(part) for part in text.split(_SEPARATOR) if part]


def _as_text(value: Value) -> str:
    if isinstance(value, list):
        return _SEPARATOR.join(quote(one, safe=" ,").replace(_SEPARATOR, "%7E") for one in value)
    return value or ""
