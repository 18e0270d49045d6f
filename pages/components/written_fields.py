"""Fields that people write in, whose text is kept while one looks elsewhere: Streamlit forgets those that it does not draw."""

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st
from pydantic import BaseModel


def begin(key: str, value: object) -> str:
    """Give a widget its value where it has none yet, and give back its key."""
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def choose_wards(
    label: str, names: Mapping[str, str], chosen: Sequence[str], *, key: str, most: int | None = None
) -> list[str]:
    """Draw a choice of wards by name and give their codes; what was chosen and is not in this snapshot is forgotten.

    Parameters
    ----------
    names
        Name of each ward by its code.
    chosen
        Codes to begin with.
    """
    begin(key, list(chosen))
    ordered = sorted(names, key=names.__getitem__)
    return st.multiselect(
        label, ordered, format_func=names.get, key=key, max_selections=most, placeholder="Type a name"
    )


def write_line(label: str, value: str, *, most: int, key: str) -> str:
    """Draw a field of one line and give what stands in it."""
    return st.text_input(label, max_chars=most, key=begin(key, value)) or ""


def most_letters(model: type[BaseModel], name: str) -> int:
    """Characters that a field of a model may have."""
    return next(_lengths(model, name))


def _lengths(model: type[BaseModel], name: str) -> Iterator[int]:
    return (one.max_length for one in model.model_fields[name].metadata if hasattr(one, "max_length"))
