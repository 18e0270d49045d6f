"""Small files written for the tests of the readers."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl

REFERRAL_HEADINGS = ("ward_code", "quarter", "category", "sector", "count")
CODE_A, CODE_B, CODE_C = "E05010458", "E05010459", "E05010460"
Cell = str | int | float | dt.date | None


def write_csv(
    folder: Path,
    rows: Sequence[Sequence[object]],
    *,
    headings: Sequence[str] = REFERRAL_HEADINGS,
    name: str = "table.csv",
    encoding: str = "utf-8",
    delimiter: str = ",",
) -> Path:
    """Write rows as they are: a cell that needs quotation marks brings its own."""
    lines = [delimiter.join(str(cell) for cell in row) for row in (headings, *rows)]
    path = folder / name
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def write_xlsx(folder: Path, sheets: dict[str, Sequence[Sequence[Cell]]], *, name: str = "table.xlsx") -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


def referral(
    code: str = CODE_A,
    quarter: str = "2025/26 Q2",
    category: str = "Islamist",
    sector: str = "education",
    count: object = 1,
) -> tuple[object, ...]:
    return code, quarter, category, sector, count
