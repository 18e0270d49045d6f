"""Fields that people write in, whose text is kept while one looks elsewhere: Streamlit forgets those that it does not draw."""

from collections.abc import Iterator

import streamlit as st
from pydantic import BaseModel


def begin(key: str, value: object) -> str:
    """Give a widget its value where it has none yet, and give back its key."""
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def write_line(label: str, value: str, *, most: int, key: str) -> str:
    """Draw a field of one line and give what stands in it."""
    return st.text_input(label, max_chars=most, key=begin(key, value)) or ""


def most_letters(model: type[BaseModel], name: str) -> int:
    """Characters that a field of a model may have."""
    return next(_lengths(model, name))


def _lengths(model: type[BaseModel], name: str) -> Iterator[int]:
    return (one.max_length for one in model.model_fields[name].metadata if hasattr(one, "max_length"))
