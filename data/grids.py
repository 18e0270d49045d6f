"""A table as it stands in a file, before anything is understood: headings, then rows of text cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase


@dataclass(frozen=True)
class Grid:
    """Headings and the rows under them, one after the other, so that what is not wanted is never kept."""

    file: str
    headings: tuple[str, ...]
    """As they stand, trimmed; empty where a column has none."""
    rows: Iterator[Sequence[str]]
    """Cells of each row as text. A row may be shorter or longer than the headings."""
    first_row: int
    """Number of the row after the headings, as a spreadsheet shows it."""
    notes: tuple[str, ...] = ()


def column_letter(position: int) -> str:
    """Name a column as a spreadsheet does: 0 is `A`, 26 is `AA`."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return letters


def merge_heading_rows(above: Sequence[Sequence[str]], headings: Sequence[str]) -> tuple[str, ...]:
    """Fill a blank heading from the cell above it: a heading merged over several rows has its text in the first one."""
    merged = list(headings)
    for row in reversed(above):
        for position, text in enumerate(row[: len(merged)]):
            merged[position] = merged[position] or text
    return tuple(merged)
