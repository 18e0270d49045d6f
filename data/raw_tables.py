"""Tables of text cells in canonical columns, from text files and workbooks; nothing is interpreted yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pandas as pd

from data.codes import clean_texts
from data.errors import RefusedInputError
from data.grids import Grid
from data.input_guard import check_file
from data.limits_settings import LIMITS, Limits
from data.police_archives import ArchivedFile
from data.queried import InputFile, QueriedTable
from data.settings import TableSection
from data.text_files import open_text, too_many_rows
from data.workbooks import open_workbook

TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
TABLE_SUFFIXES = TEXT_SUFFIXES + WORKBOOK_SUFFIXES


@dataclass(frozen=True)
class RawTable:
    """Some columns of a file, as trimmed text.

    `cells` has the columns asked for (a blank cell is missing), then `source_row`, `source_file`, `is_blank` (nothing in
    the whole row, whichever columns were asked for) and `is_misshapen` (filled cells beyond the last heading).
    """

    cells: pd.DataFrame
    file: str


def open_table(
    path: InputFile | ArchivedFile, layout: TableSection, *, wanted: Sequence[str], limits: Limits = LIMITS
) -> Grid:
    """Open a CSV file, an Excel sheet, or what a query gave.

    Parameters
    ----------
    path
        A `.csv`, `.txt`, `.tsv`, `.xlsx` or `.xlsm` file, or a text file in an archive that was checked, or what a query gave.
    layout
        Section of the settings: sheet and row of the headings.
    wanted
        Headings looked for; they tell the delimiter of a text file.
    limits
        Section `[limits]` of the settings.

    Raises
    ------
    RefusedInputError
        If the file is of another kind, cannot be read or has no headings.
    """
    if isinstance(path, QueriedTable):
        return path.grid()
    if isinstance(path, Path):
        do = "Save it as CSV (UTF-8) or as an Excel workbook (.xlsx)."
        check_file(path, suffixes=TABLE_SUFFIXES, do=do, limits=limits)
    try:
        if isinstance(path, Path) and path.suffix.lower() in WORKBOOK_SUFFIXES:
            return open_workbook(path, sheet=layout.sheet, header_row=layout.header_row, limits=limits)
        return open_text(path, wanted=[text.casefold() for text in wanted], header_row=layout.header_row, limits=limits)
    except OSError as error:
        raise RefusedInputError(f"{path.name}: the file cannot be read. Check its permissions.") from error


def take_columns(grid: Grid, positions: dict[str, int], *, limits: Limits = LIMITS) -> RawTable:
    """Take columns out of a grid. The other cells are passed over and never kept.

    Raises
    ------
    RefusedInputError
        If there are more rows than the limits allow.
    """
    # One row more than is allowed tells that there are too many.
    cells = _take(grid, islice(grid.rows, limits.rows + 1), positions, first_row=grid.first_row)
    if len(cells) > limits.rows:
        raise too_many_rows(grid.file, most=limits.rows)
    return RawTable(cells, grid.file)


def take_blocks(grid: Grid, positions: dict[str, int], *, rows: int) -> Iterator[pd.DataFrame]:
    """Take columns out of a grid as `take_columns` does, so many rows at a time: there may be more than fit into memory."""
    first_row = grid.first_row
    while len(cells := _take(grid, islice(grid.rows, rows), positions, first_row=first_row)):
        yield cells
        first_row += len(cells)


def _take(grid: Grid, rows: Iterator[Sequence[str]], positions: dict[str, int], *, first_row: int) -> pd.DataFrame:
    picked: list[tuple[str, ...]] = []
    blank: list[bool] = []
    misshapen: list[bool] = []
    chosen, width = tuple(positions.values()), len(grid.headings)
    for row in _padded(rows, width=width):
        picked.append(tuple([row[position] for position in chosen]))
        blank.append(not "".join(row).strip())
        misshapen.append(len(row) > width and bool("".join(row[width:]).strip()))
    cells = pd.DataFrame(picked, columns=list(positions), dtype="str")
    for key in positions:
        cells[key] = clean_texts(cells[key])
    cells["source_row"] = range(first_row, first_row + len(cells))
    cells["source_file"] = pd.Series(grid.file, index=cells.index, dtype="str")
    return cells.assign(is_blank=pd.Series(blank, dtype=bool), is_misshapen=pd.Series(misshapen, dtype=bool))


def _padded(rows: Iterator[Sequence[str]], *, width: int) -> Iterator[Sequence[str]]:
    for row in rows:
        yield row if len(row) >= width else [*row, *[""] * (width - len(row))]
