"""A paper of many pages: headed parts of paragraphs, lists, tables and pictures, the same for PDF and Word.

Whoever writes one (`steering`, `profile`, `scrutiny`, `evidence`) fills it from released facts alone; how it looks is decided in
one place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from briefing.figure import Figure
from disclosure.marking import Marking


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: str
    lead: str = ""
    """What stands before it in bold, with a colon."""
    quiet: bool = False
    """Whether it is small print."""


@dataclass(frozen=True)
class Points:
    """A list with a dot before each."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    number: bool = False
    """Whether it is set to the right."""
    share: float = 1.0
    """How much of the width it takes, beside the others."""


@dataclass(frozen=True)
class Table:
    """A table. Every row has a cell for every column."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    """What stands below it: units, what a sign means."""
    row_height_mm: float = 0.0
    """Millimetres that every row has at the least: for a table that is written on with a pen."""

    def __post_init__(self) -> None:
        """Refuse rows of another length.

        Raises
        ------
        ValueError
            If a row has more or fewer cells than there are columns.
        """
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of “{self.caption}” has another number of cells than the table has columns")


@dataclass(frozen=True)
class Picture:
    """A picture with what it shows in words below it; several in a row stand beside each other where they fit."""

    figures: tuple[Figure, ...]
    text: str = ""


@dataclass(frozen=True)
class Box:
    """What must not be missed, in a frame with a bar: the bottom line of the paper."""

    lines: tuple[Paragraph, ...]


Block = Paragraph | Points | Table | Picture | Box


@dataclass(frozen=True)
class Part:
    """A part under its own heading."""

    heading: str
    blocks: Sequence[Block]
    new_page: bool = False
    level: int = 1
    """1, or 2 for a part of the part before."""
    together: bool = False
    """Whether it stays on one page where it fits on one; of level 1, with the beginning of what follows."""


@dataclass(frozen=True)
class Paper:
    """Everything that stands in one."""

    kind: str
    """What its files are called, without the end: `steering-pack`."""
    title: str
    place: str
    """The partnership, and what part of it."""
    period: str
    """Which figures it holds: `Figures for July 2025 to June 2026`."""
    marking: Marking
    made_on: date
    parts: tuple[Part, ...]
    provenance: str
    """Snapshot, settings and software: what it takes to make it again."""
    about: tuple[tuple[str, str], ...] = field(default=())
    """What stands under the title, by name: for whom, by whom."""
