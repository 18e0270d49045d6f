"""A day that is typed: quicker by keyboard, and in a meeting, than a calendar that lies over the other fields."""

from datetime import date, datetime

import streamlit as st

from data.in_words import say_day
from data.visible_text import visible_text
from pages.components.plain_text import plain_text

_FORMS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %m %Y", "%d%m%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d/%m/%y")
_LONGEST = 20
_LIKE = "12/03/2027"


def read_day(text: str) -> date | None:
    """Read a day as people type it, the day before the month: `12/03/2027`, `12 March 2027`, `12032027`; `None` if it is none."""
    given = " ".join(visible_text(text).split())
    for form in _FORMS:
        try:
            return datetime.strptime(given, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
    return None


def write_day(label: str, *, key: str) -> tuple[date | None, str]:
    """Draw a field for a day, with what is understood written out below it.

    Returns
    -------
    tuple
        The day, and where there is none, what is missing, in a sentence.
    """
    text = (st.text_input(label, key=key, max_chars=_LONGEST, placeholder=f"Such as {_LIKE}") or "").strip()
    if not text:
        return None, f"Give the day: {label.lower()}, such as {_LIKE}."
    day = read_day(text)
    if day is None:
        lacks = f"{label}: this is no day. Write it like {_LIKE}."
        st.caption(plain_text(lacks))
        return None, lacks
    st.caption(plain_text(f"{day:%A} {say_day(day)}"))
    return day, ""
