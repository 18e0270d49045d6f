"""Delimited text files: their delimiter, their rows. Read line by line: a file is never in memory as a whole."""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, repeat
from pathlib import Path
from typing import TextIO

from data.codes import clean_text
from data.errors import RefusedInputError
from data.grids import Grid, merge_heading_rows
from data.limits_settings import LIMITS, Limits, how_to_raise
from data.police_archives import ArchivedFile
from data.text_encoding import find_encoding

_DELIMITERS = ",;\t|"
_LONGEST_ROW = 100
"""Times the longest cell: how many characters one row may have."""


def open_text(path: Path | ArchivedFile, *, wanted: Collection[str], header_row: int, limits: Limits = LIMITS) -> Grid:
    """Open a delimited text file: UTF-8 with or without byte-order mark, UTF-16 with one, or Windows-1252.

    Parameters
    ----------
    path
        The file.
    wanted
        Headings that are looked for, in small letters: the delimiter is the one that brings most of them to light.
    header_row
        Row that holds the headings, counted from 1.
    limits
        Section `[limits]` of the settings.

    Raises
    ------
    RefusedInputError
        If the file is not text, is empty, ends before its headings, or has a quotation mark that is never closed.
        The rows raise it as well, where a cell or a row is longer than may be.
    """
    encoding, notes = find_encoding(path)
    head = _first_rows(path, encoding, header_row=header_row, limits=limits)
    delimiter = max(head, key=lambda mark: _fit(head[mark][-1], wanted=wanted))
    above = [[clean_text(cell) for cell in row] for row in head[delimiter][:-1]]
    headings = [clean_text(cell) for cell in head[delimiter][-1]]
    rows = _records(path, encoding, delimiter=delimiter, limits=limits)
    for _ in range(header_row):
        next(rows)
    filled = _without_empty_end(rows, file=path.name, most=limits.rows)
    return Grid(path.name, merge_heading_rows(above, headings), filled, header_row + 1, notes)


class _Lines:
    """The lines of a file, counted so that neither a line nor a row of many lines fills the memory."""

    def __init__(self, stream: TextIO, *, longest: int) -> None:
        self._stream, self._longest = stream, longest
        self.since_row = 0
        """Characters since the last row ended."""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._longest + 1)
        self.since_row += len(line)
        if self.since_row > self._longest:
            raise _TooLongError
        if not line:
            raise StopIteration
        return line


class _TooWideError(RefusedInputError):
    """More columns than are read: not a matter of the delimiter."""


class _TooLongError(Exception):
    """A row goes on and on."""


def _records(path: Path | ArchivedFile, encoding: str, *, delimiter: str, limits: Limits) -> Iterator[list[str]]:
    """Give the records one after the other; strict, because an unclosed quotation mark would swallow rows silently."""
    csv.field_size_limit(limits.cell_characters)
    line = 0
    try:
        with path.open(encoding=encoding, newline="") as stream:
            lines = _Lines(stream, longest=_LONGEST_ROW * limits.cell_characters)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            for record in reader:
                if len(record) > limits.columns:
                    raise _too_many_columns(path.name, line=line + 1, limits=limits)
                if reader.line_num > line + 1 and _swallows_a_row(record, delimiter=delimiter):
                    raise csv.Error
                line, lines.since_row = reader.line_num, 0
                yield record
    except (csv.Error, _TooLongError) as error:
        raise _broken(error, place=f"{path.name}, line {line + 1}", limits=limits) from None
    except (OSError, UnicodeError) as error:
        raise RefusedInputError(
            f"{path.name}: the file was changed or taken away while it was read. Try again when nobody writes to it."
        ) from error


def _too_many_columns(file: str, *, line: int, limits: Limits) -> _TooWideError:
    return _TooWideError(
        f"{file}, line {line}: the row has more cells than are read, as if all columns of a spreadsheet were exported. "
        f"Export only the columns that are filled. {how_to_raise('columns', to=limits.columns)}"
    )


def _broken(error: Exception, *, place: str, limits: Limits) -> RefusedInputError:
    if isinstance(error, _TooLongError) or "field limit" in str(error):
        return RefusedInputError(
            f"{place}: a cell or the row has more characters than are read, or a quotation mark is not closed. "
            f"Correct it, or export the file again. {how_to_raise('cell_characters', to=limits.cell_characters)}"
        )
    unclosed = "a quotation mark is not closed, or stands inside a cell without being doubled"
    return RefusedInputError(f"{place}: {unclosed}. Correct the cell, or export the file again.")


def _swallows_a_row(record: Sequence[str], *, delimiter: str) -> bool:
    """Tell a cell that runs over lines because its quotation mark was forgotten, and closed by the next one further down.

    Between a place in one row and the same place in the next lie as many delimiters as a row has. Commas of prose have
    a blank after them, and are not counted.
    """
    inside = re.compile(rf"{re.escape(delimiter)}(?!\s)")
    return any(len(cell.splitlines()) > 1 and len(inside.findall(cell)) >= len(record) - 1 > 0 for cell in record)


def _first_rows(
    path: Path | ArchivedFile, encoding: str, *, header_row: int, limits: Limits
) -> dict[str, list[list[str]]]:
    """Read down to the headings with each delimiter that brings some to light."""
    heads: dict[str, list[list[str]]] = {}
    failure = RefusedInputError(
        f"{path.name}: there are no headings in row {header_row}. Say in the settings which row holds them (header_row)."
    )
    for delimiter in _DELIMITERS:
        try:
            rows = list(islice(_records(path, encoding, delimiter=delimiter, limits=limits), header_row))
        except _TooWideError:
            raise
        except RefusedInputError as error:
            failure = error
            continue
        if len(rows) == header_row and any(cell.strip(_DELIMITERS + " ") for cell in rows[-1]):
            heads[delimiter] = rows
    if not heads:
        raise failure
    return heads


def _fit(headings: Sequence[str], *, wanted: Collection[str]) -> tuple[int, int]:
    found = {clean_text(heading).casefold() for heading in headings}
    return len(found & set(wanted)), len(headings)


def _without_empty_end(rows: Iterator[list[str]], *, file: str, most: int) -> Iterator[Sequence[str]]:
    """Leave out empty lines after the last row: they are how the file ends, not rows of the table."""
    pending = 0
    for row in rows:
        if not row:
            pending += 1
            if pending > most:
                raise too_many_rows(file, most=most)
            continue
        yield from repeat([], pending)
        pending = 0
        yield row


def too_many_rows(file: str, *, most: int) -> RefusedInputError:
    """Say that a table is longer than tables may be."""
    return RefusedInputError(
        f"{file}: the table has more rows than are read. {how_to_raise('rows', to=most)} Otherwise export less at a time."
    )
