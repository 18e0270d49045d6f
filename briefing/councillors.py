"""Who the councillors of each ward are: a table that the partnership keeps itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.codes import WARD_CODE, clean_codes
from data.errors import RefusedInputError
from data.headings import find_columns
from data.limits_settings import LIMITS, Limits
from data.raw_tables import open_table, take_columns
from data.settings import Settings, TableSection

CODE, NAME = "ward_code", "councillor"
LONGEST_NAME = 80
_SECTION = "briefing"


@dataclass(frozen=True)
class Councillors:
    """Names by ward code, in the order of the file. A ward whose seats are empty has none."""

    file: str
    by_ward: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, int]
    """First row of each ward in the file."""
    notes: tuple[str, ...] = ()
    """What was found while reading, in sentences."""

    def of(self, ward: str) -> tuple[str, ...]:
        """Give the names of a ward's councillors; none if the file does not have the ward."""
        return self.by_ward.get(ward, ())

    def mismatches(self, wards: Collection[str]) -> tuple[str, ...]:
        """Say which wards of the file there are not, and how many of those that there are it does not have.

        Parameters
        ----------
        wards
            Codes of the wards of the snapshot in use.
        """
        strange = [
            f"{self.file}, row {row}: there is no ward {code} in the data in use. Correct it, or take it out if the ward was "
            "replaced by others."
            for code, row in self.rows.items()
            if code not in wards
        ]
        without = len(set(wards) - set(self.rows))
        some = f"{without:,} ward{'s are' if without > 1 else ' is'} not in it"
        return (*strange, *([f"{self.file}: {some}. Add a row for each."] if without else []))


def read_councillors(path: Path, *, limits: Limits = LIMITS) -> Councillors:
    """Read a table of councillors (CSV or Excel): `ward_code` and `councillor`, a row for each. Other columns are not read.

    Raises
    ------
    RefusedInputError
        If the file cannot be read or lacks a column, or a row has no ward code, one that is none, more cells than there are
        headings, or a name that is too long. Names the file, the row and the column, never the cell.
    """
    wanted = {CODE: CODE, NAME: NAME}
    grid = open_table(path, TableSection(), wanted=list(wanted), limits=limits)
    if not set(wanted) <= {heading.casefold() for heading in grid.headings}:
        raise RefusedInputError(
            f"{path.name}: a table of councillors has the columns '{CODE}' and '{NAME}', in its first row, and this one lacks "
            "one of them or both. Rename its headings."
        )
    positions = find_columns(grid.headings, wanted, file=path.name, section=_SECTION)
    cells = take_columns(grid, positions, limits=limits).cells
    cells = cells[~cells["is_blank"]].reset_index(drop=True)
    cells = cells.assign(**{CODE: clean_codes(cells[CODE])})
    _check(cells, file=path.name)
    if cells.empty:
        raise RefusedInputError(f"{path.name}: there is no councillor in it. Add a row for each.")
    return _gathered(cells, file=path.name, notes=grid.notes)


def councillors_of(settings: Settings) -> Councillors | None:
    """Read the table that the settings name, if they name one. Errors as of `read_councillors`."""
    named = settings.briefing.councillors
    return None if named is None else read_councillors(Path(named), limits=settings.limits)


def _check(cells: pd.DataFrame, *, file: str) -> None:
    codes, names = cells[CODE], cells[NAME]
    faults = (
        (
            cells["is_misshapen"],
            NAME,
            "the row has more cells than there are headings. Put a name with a comma in quotation marks",
        ),
        (codes.isna(), CODE, "the ward code is blank. Fill it in"),
        (
            ~codes.str.fullmatch(WARD_CODE).fillna(False),
            CODE,
            "this is no ward code. Give the nine characters of the ONS",
        ),
        (
            names.str.len().fillna(0) > LONGEST_NAME,
            NAME,
            f"the name has more than {LONGEST_NAME} characters. Shorten it",
        ),
    )
    for wrong, column, what in faults:
        rows = cells.loc[wrong.astype(bool), "source_row"]
        if len(rows):
            more = f" So it is in {len(rows) - 1:,} more rows." if len(rows) > 1 else ""
            raise RefusedInputError(f"{file}, row {rows.iloc[0]}, column {column}: {what}.{more}")


def _gathered(cells: pd.DataFrame, *, file: str, notes: tuple[str, ...]) -> Councillors:
    by_ward: dict[str, tuple[str, ...]] = {}
    again = []
    for code, name, row in zip(cells[CODE], cells[NAME], cells["source_row"], strict=True):
        names = by_ward.setdefault(str(code), ())
        if pd.isna(name):
            continue
        if name in names:
            again.append(f"{file}, row {row}: the row repeats an earlier one and was not taken again.")
        else:
            by_ward[str(code)] = (*names, str(name))
    first = cells.drop_duplicates(CODE).set_index(CODE)["source_row"]
    return Councillors(file, by_ward, {str(code): int(row) for code, row in first.items()}, (*notes, *again))
