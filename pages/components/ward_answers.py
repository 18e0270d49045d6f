"""What people ask of a ward, and the answers, to be read."""

from html import escape

import streamlit as st

from briefing.ward_answers import Answer
from pages.components.reading import Reading, show_reading


def show_answers(told: tuple[Answer, ...]) -> None:
    """Draw the answers, the last of them as points: it is a list of what not to read into the figures."""
    *others, last = told
    show_reading(
        [Reading(one.question, (" ".join(one.sentences),)) for one in others]
        + [Reading(last.question, (), last.sentences)]
    )


def show_neighbours(rows: list[tuple[str, str, str]]) -> None:
    """Draw the wards around: name, class, how probable it is that both are high."""
    if not rows:
        return
    drawn = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(said)}</td><td>{escape(sure)}</td></tr>" for name, said, sure in rows
    )
    st.html(
        '<table class="wo-table"><caption>The wards around it</caption><thead><tr><th scope="col">Ward</th>'
        f'<th scope="col">Class</th><th scope="col">That both are high is</th></tr></thead><tbody>{drawn}</tbody></table>'
    )
