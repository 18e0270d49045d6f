"""Sheets of Excel workbooks (.xlsx, .xlsm) as text cells."""

import datetime as dt
import os
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice, repeat
from pathlib import Path
from typing import Any

os.environ["OPENPYXL_LXML"] = (
    "False"  # hostile workbooks are tried on the parser that comes with Python: before the import
)
import openpyxl

from data.archives import entries_of
from data.codes import clean_text
from data.errors import RefusedInputError
from data.grids import Grid, column_letter, merge_heading_rows
from data.limits_settings import LIMITS, Limits, how_to_raise
from data.text_files import too_many_rows

# What damaged or hostile workbooks make the libraries raise, when they are opened and at any row.
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    OSError,
    RuntimeError,
)
_SHEETS_NAMED, MOST_SHEETS = 20, 200
_SHEET, _LONGEST_LIST = re.compile(rb"<(?:\w+:)?sheet[\s/>]"), 2**21


class WrongSheetError(RefusedInputError):
    """The sheet that is wanted is not there, or not named. The message says what the sheets are called."""


def open_workbook(path: Path, *, sheet: str | None, header_row: int, limits: Limits = LIMITS) -> Grid:
    """Open a sheet of a workbook: the named one, or the only one.

    Values are taken as Excel last calculated them. Dates become ISO text; whole numbers lose their `.0`.

    Raises
    ------
    RefusedInputError
        If the workbook cannot be opened, unpacks to more than it may, the sheet is not there or not named, or the headings
        are missing. The rows raise it as well, where the workbook turns out to be damaged or a cell too long.
    """
    found, others = _sheet(path, sheet=sheet, limits=limits)
    rows = _filled_rows(found, file=path.name, limits=limits)
    top = [[clean_text(cell) for cell in row] for row in islice(rows, header_row)]
    if len(top) < header_row or not any(top[-1]):
        raise RefusedInputError(
            f"{path.name}: there are no headings in row {header_row} of the sheet. "
            "Say in the settings which row holds them (header_row)."
        )
    notes = (f"{path.name}: sheets of the workbook that were not read: {others}.",) if others else ()
    return Grid(path.name, merge_heading_rows(top[:-1], top[-1]), rows, header_row + 1, notes)


def _sheet(path: Path, *, sheet: str | None, limits: Limits) -> tuple[Any, int]:
    book = _load(path, limits=limits)
    names = [worksheet.title for worksheet in book.worksheets]
    more = f" and {len(names) - _SHEETS_NAMED} more" if len(names) > _SHEETS_NAMED else ""
    listed = ", ".join(f"'{name}'" for name in names[:_SHEETS_NAMED]) + more
    if sheet is None and len(names) != 1:
        raise WrongSheetError(
            f"{path.name}: the workbook has {len(names)} sheets ({listed}). Name one in the settings (sheet)."
        )
    chosen = [name for name in names if sheet is None or clean_text(name).casefold() == clean_text(sheet).casefold()]
    if not chosen:
        raise WrongSheetError(
            f"{path.name}: the workbook has no sheet '{sheet}'; it has {listed}. Correct sheet in the settings."
        )
    found = book[chosen[0]]
    # Some programs state a wrong extent, and openpyxl would believe it and read too little.
    found.reset_dimensions()
    return found, len(names) - 1


def _load(path: Path, *, limits: Limits) -> openpyxl.Workbook:
    try:
        entries_of(path, most_megabytes=limits.workbook_megabytes, limit="workbook_megabytes")
        _check_sheets(path)
        with warnings.catch_warnings():
            # openpyxl warns of styles and validations that it does not carry over; none bears on the cells' values.
            warnings.simplefilter("ignore", UserWarning)
            # From memory, so that no file stays open while its rows are read one by one.
            return openpyxl.load_workbook(BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except _UNREADABLE as error:
        raise RefusedInputError(
            f"{path.name}: this is not an Excel workbook that can be opened; it may be damaged or protected by a "
            "password. Save it again as .xlsx without a password."
        ) from error


def _check_sheets(path: Path) -> None:
    """Count sheets before openpyxl, which looks into every one."""
    with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
        listed = part.read(_LONGEST_LIST + 1)
    if len(listed) > _LONGEST_LIST or len(_SHEET.findall(listed)) > MOST_SHEETS:
        raise RefusedInputError(
            f"{path.name}: the workbook has more than {MOST_SHEETS} sheets. Save the one that is wanted as a workbook of its own."
        )


def _filled_rows(sheet: Any, *, file: str, limits: Limits) -> Iterator[Sequence[str]]:
    """Give rows as text, without the formatted but empty ones that Excel keeps after the last."""
    pending = number = 0
    for row in _rows(sheet, file=file):
        number += 1
        if all(cell is None for cell in row):
            pending += 1
            if pending > limits.rows:
                raise too_many_rows(file, most=limits.rows)
            continue
        yield from repeat([], pending)
        pending = 0
        yield [_short_text(cell, place=(file, number, at), limits=limits) for at, cell in enumerate(row)]


def _rows(sheet: Any, *, file: str) -> Iterator[Sequence[object]]:
    rows = sheet.iter_rows(values_only=True)
    read = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except _UNREADABLE as error:
            raise RefusedInputError(
                f"{file}, after row {read}: the workbook is damaged, or a cell holds what no cell can hold. "
                "Open it in Excel, correct the cell and save it again, or save the sheet as CSV (UTF-8)."
            ) from error
        read += 1
        yield row


def _short_text(cell: object, *, place: tuple[str, int, int], limits: Limits) -> str:
    text = _as_text(cell)
    if len(text) > limits.cell_characters:
        file, row, column = place
        raise RefusedInputError(
            f"{file}, row {row}, column {column_letter(column)}: the cell has more characters than are read. "
            + how_to_raise("cell_characters", to=limits.cell_characters)
        )
    return text


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
