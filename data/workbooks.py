"""Sheets of Excel workbooks (.xlsx, .xlsm) as text cells."""

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from data.codes import clean_text
from data.errors import RefusedInputError
from data.grids import Grid, merge_heading_rows


def open_workbook(path: Path, *, sheet: str | None, header_row: int) -> Grid:
    """Open a sheet of a workbook: the named one, or the only one.

    Values are taken as Excel last calculated them. Dates become ISO text; whole numbers lose their `.0`.

    Raises
    ------
    RefusedInputError
        If the workbook cannot be opened, the sheet is not there or not named, or the headings are missing.
    """
    found, others = _sheet(path, sheet=sheet)
    rows = _filled_rows(found)
    top = [[clean_text(cell) for cell in row] for row in islice(rows, header_row)]
    if len(top) < header_row or not any(top[-1]):
        raise RefusedInputError(
            f"{path.name}: there are no headings in row {header_row} of the sheet. "
            "Say in the settings which row holds them (header_row)."
        )
    notes = (f"{path.name}: sheets of the workbook that were not read: {others}.",) if others else ()
    return Grid(path.name, merge_heading_rows(top[:-1], top[-1]), rows, header_row + 1, notes)


def _sheet(path: Path, *, sheet: str | None) -> tuple[Any, int]:
    book = _load(path)
    names = [worksheet.title for worksheet in book.worksheets]
    listed = ", ".join(f"'{name}'" for name in names)
    if sheet is None and len(names) != 1:
        raise RefusedInputError(
            f"{path.name}: the workbook has {len(names)} sheets ({listed}). Name one in the settings (sheet)."
        )
    chosen = [name for name in names if sheet is None or clean_text(name).casefold() == clean_text(sheet).casefold()]
    if not chosen:
        raise RefusedInputError(
            f"{path.name}: the workbook has no sheet '{sheet}'; it has {listed}. Correct sheet in the settings."
        )
    found = book[chosen[0]]
    # Some programs state a wrong extent, and openpyxl would believe it and read too little.
    found.reset_dimensions()
    return found, len(names) - 1


def _load(path: Path) -> openpyxl.Workbook:
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and validations that it does not carry over; none bears on the cells' values.
            warnings.simplefilter("ignore", UserWarning)
            # From memory, so that no file stays open while its rows are read one by one.
            return openpyxl.load_workbook(BytesIO(path.read_bytes()), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise RefusedInputError(
            f"{path.name}: this is not an Excel workbook that can be opened; it may be damaged or protected by a "
            "password. Save it again as .xlsx without a password."
        ) from error


def _filled_rows(sheet: Any) -> Iterator[Sequence[str]]:
    """Give rows as text, without the formatted but empty ones that Excel keeps after the last."""
    pending = 0
    for row in sheet.iter_rows(values_only=True):
        if all(cell is None for cell in row):
            pending += 1
            continue
        yield from ([] for _ in range(pending))
        pending = 0
        yield [_as_text(cell) for cell in row]


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
