"""Text to be read: headed parts in lines of a length that eyes can follow, drawn as they are and never as Markdown or HTML."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

_NUMBER = re.compile(r"[+\u2212-]?\d[\d,]*(\.\d+)?( ?%)?")


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
    """Draw a small table, with a caption that is read out first. A column of numbers alone is aligned to the right."""
    listed = [tuple(row) for row in rows]
    kinds = [' class="num"' if _are_numbers(column) else "" for column in zip(*listed, strict=True)]
    kinds = kinds or [""] * len(head)
    drawn = "".join(f"<tr>{_cells(row, kinds)}</tr>" for row in listed)
    heads = "".join(f'<th scope="col"{kind}>{escape(name)}</th>' for name, kind in zip(head, kinds, strict=True))
    st.html(
        f'<table class="wo-table"><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{drawn}</tbody></table>"
    )


def _cells(row: Sequence[str], kinds: Sequence[str]) -> str:
    return "".join(f"<td{kind}>{escape(cell)}</td>" for cell, kind in zip(row, kinds, strict=True))


def _are_numbers(column: Iterable[str]) -> bool:
    """Say whether all cells of a column are numbers, as they are written here: 1,159 or 12.5 or +3."""
    return all(_NUMBER.fullmatch(cell) for cell in column)


def _part(part: Reading) -> str:
    points = "".join(f"<li>{escape(point)}</li>" for point in part.points)
    said = "".join(f"<p>{escape(text)}</p>" for text in part.paragraphs)
    return f"<h2>{escape(part.heading)}</h2>{said}{f'<ul>{points}</ul>' if points else ''}"
