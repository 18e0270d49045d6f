"""Delimited text files: their encoding, their delimiter, their rows."""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path

from data.codes import clean_text
from data.errors import RefusedInputError
from data.grids import Grid, merge_heading_rows

_DELIMITERS = ",;\t|"
_SIGNATURES = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old or password-protected Excel workbook",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a GeoPackage or another database",
    b"\x1f\x8b": "a compressed archive",
}
_LONGEST_CELL = 1_000_000


def open_text(path: Path, *, wanted: Collection[str], header_row: int) -> Grid:
    """Open a delimited text file: UTF-8 with or without byte-order mark, UTF-16 with one, or Windows-1252.

    Parameters
    ----------
    path
        The file.
    wanted
        Headings that are looked for, in small letters: the delimiter is the one that brings most of them to light.
    header_row
        Row that holds the headings, counted from 1.

    Raises
    ------
    RefusedInputError
        If the file is not text, is empty, ends before its headings, or has a quotation mark that is never closed.
    """
    text, notes = _decode(path.read_bytes(), file=path.name)
    head = _first_rows(text, header_row=header_row, file=path.name)
    delimiter = max(head, key=lambda mark: _fit(head[mark][-1], wanted=wanted))
    above = [[clean_text(cell) for cell in row] for row in head[delimiter][:-1]]
    headings = [clean_text(cell) for cell in head[delimiter][-1]]
    rows = _records(text, delimiter=delimiter, file=path.name)
    for _ in range(header_row):
        next(rows)
    return Grid(path.name, merge_heading_rows(above, headings), _without_empty_end(rows), header_row + 1, notes)


def _decode(content: bytes, *, file: str) -> tuple[str, tuple[str, ...]]:
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            raise RefusedInputError(
                f"{file}: this is {kind}, not text, whatever its name says. Give it its right ending."
            )
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, notes = _strictly(content, "utf-16", file=file), [f"{file} is UTF-16 text."]
    else:
        text, notes = _utf8_or_windows(content, file=file)
    if not text.strip():
        raise RefusedInputError(f"{file}: the file is empty. Export it again.")
    if "\0" in text:
        raise RefusedInputError(f"{file}: the file holds bytes that no text has. Export it again as CSV (UTF-8).")
    return text, tuple(notes)


def _utf8_or_windows(content: bytes, *, file: str) -> tuple[str, list[str]]:
    # Windows-1252 text with a letter beyond ASCII is practically never valid UTF-8, so trying in this order is safe.
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return _strictly(content, "cp1252", file=file), [f"{file} is not UTF-8; it was read as Windows-1252."]


def _strictly(content: bytes, encoding: str, *, file: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise RefusedInputError(
            f"{file}: the text is neither UTF-8 nor Windows-1252. Export it again as CSV (UTF-8)."
        ) from None


def _records(text: str, *, delimiter: str, file: str) -> Iterator[list[str]]:
    """Give the records one after the other; strict, because an unclosed quotation mark would swallow rows silently."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    unclosed = "a quotation mark is not closed, or stands inside a cell without being doubled"
    line = 0
    try:
        for record in reader:
            if reader.line_num > line + 1 and _swallows_a_row(record, delimiter=delimiter):
                raise csv.Error
            line = reader.line_num
            yield record
    except csv.Error:
        raise RefusedInputError(
            f"{file}, line {line + 1}: {unclosed}. Correct the cell, or export the file again."
        ) from None


def _swallows_a_row(record: Sequence[str], *, delimiter: str) -> bool:
    """Tell a cell that runs over lines because its quotation mark was forgotten, and closed by the next one further down.

    Between a place in one row and the same place in the next lie as many delimiters as a row has. Commas of prose have
    a blank after them, and are not counted.
    """
    inside = re.compile(rf"{re.escape(delimiter)}(?!\s)")
    return any(len(cell.splitlines()) > 1 and len(inside.findall(cell)) >= len(record) - 1 > 0 for cell in record)


def _first_rows(text: str, *, header_row: int, file: str) -> dict[str, list[list[str]]]:
    """Read down to the headings with each delimiter that brings some to light."""
    heads: dict[str, list[list[str]]] = {}
    failure = RefusedInputError(
        f"{file}: there are no headings in row {header_row}. Say in the settings which row holds them (header_row)."
    )
    for delimiter in _DELIMITERS:
        try:
            rows = list(islice(_records(text, delimiter=delimiter, file=file), header_row))
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


def _without_empty_end(rows: Iterator[list[str]]) -> Iterator[Sequence[str]]:
    """Leave out empty lines after the last row: they are how the file ends, not rows of the table."""
    pending = 0
    for row in rows:
        if not row:
            pending += 1
            continue
        yield from ([] for _ in range(pending))
        pending = 0
        yield row
