"""Text to be read: headed parts in lines of a length that eyes can follow, drawn as they are and never as Markdown or HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st


@dataclass(frozen=True)
class Reading:
    """A part of a text: paragraphs, then points."""

    heading: str
    paragraphs: Sequence[str]
    points: Sequence[str] = ()


def show_reading(parts: Iterable[Reading]) -> None:
    """Draw parts one below the other."""
    st.html(f'<div class="wo-read">{"".join(map(_part, parts))}</div>')


def show_terms(terms: Iterable[tuple[str, str]]) -> None:
    """Draw terms, each with what it means."""
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>" for term, meaning in terms)
    st.html(f'<dl class="wo-terms">{rows}</dl>')


def show_table_of(head: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str) -> None:
    """Draw a small table of words, with a caption that is read out first."""
    drawn = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    st.html(
        f'<table class="wo-table"><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{drawn}</tbody></table>"
    )


def _part(part: Reading) -> str:
    points = "".join(f"<li>{escape(point)}</li>" for point in part.points)
    said = "".join(f"<p>{escape(text)}</p>" for text in part.paragraphs)
    return f"<h2>{escape(part.heading)}</h2>{said}{f'<ul>{points}</ul>' if points else ''}"
