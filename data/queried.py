"""What a query gave, kept for as long as it is read: a table like one of a file, in no file that has a name.

The rows lie in a file that is taken out of its folder as it is made, so that nothing is left of it when the process ends,
however that ends. Each row is one line of JSON: texts, or nothing. The first is the headings, so that what is hashed says what
the cells mean.
"""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, Literal

from data.grids import Grid

QUERY_SUFFIX = ".query"
_BUFFER = 2**16
_TURN = Lock()
"""A file is read at one place at a time; not every system reads at a place that is named."""


@dataclass(frozen=True)
class QueriedTable:
    """A table that a query gave. It is opened as a path is."""

    query: str
    """Name of the query in the settings."""
    headings: tuple[str, ...]
    note: str
    """Which database, which SQL, when, how many rows: for the report. Never a value, nor an account."""
    file: IO[bytes]
    rows: int
    size: int
    """Bytes that the rows take here."""
    outline: int | None = None
    """Which column holds the outlines, as hex of WKB or as WKT."""

    @property
    def name(self) -> str:
        """What it is called in messages and in the manifest."""
        return f"query {self.query}"

    @property
    def suffix(self) -> str:
        """Not that of any file."""
        return QUERY_SUFFIX

    def __str__(self) -> str:
        """As it is given on the command line."""
        return f"query:{self.query}"

    def open(self, mode: Literal["rb"]) -> io.BufferedReader:  # noqa: ARG002  # as a path's: other code opens either
        """Read its bytes from the beginning, whoever else is reading."""
        return io.BufferedReader(_FromStart(self.file), buffer_size=_BUFFER)

    def grid(self) -> Grid:
        """Give it as a table of text cells. Rows are counted from 1, as there is no row of headings."""
        texts = ([text or "" for text in row] for row in self.read_rows())
        return Grid(self.name, self.headings, texts, 1, (self.note,))

    def read_rows(self) -> Iterator[list[str | None]]:
        """Give the rows, one after the other."""
        with self.open("rb") as stream:
            stream.readline()
            yield from map(json.loads, stream)


InputFile = Path | QueriedTable
"""What stands for one input."""


def write_row(row: Sequence[str | None]) -> bytes:
    """Write a row as `QueriedTable.read_rows` reads it: the same cells are the same bytes, and so have the same hash."""
    return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def split_queries(named: Iterable[str | InputFile]) -> tuple[list[QueriedTable], list[str | Path]]:
    """Part what queries gave from what is named on disk, each in its order."""
    queried: list[QueriedTable] = []
    files: list[str | Path] = []
    for one in named:
        queried.append(one) if isinstance(one, QueriedTable) else files.append(one)
    return queried, files


class _FromStart(io.RawIOBase):
    """The bytes of an open file, read at a place of its own: several may read it at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._at = file, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        with _TURN:
            self._file.seek(self._at)
            piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
