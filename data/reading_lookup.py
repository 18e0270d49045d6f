"""Reading a lookup from the wards of one vintage to those of another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.codes import clean_codes
from data.errors import RefusedInputError
from data.limits_settings import LIMITS, Limits
from data.numbers import parse_numbers
from data.queried import InputFile
from data.raw_tables import open_table, take_columns
from data.repeats import name_rows
from data.settings import TableSection

_PLAIN = ("from_code", "to_code", "share", "from_name", "to_name")
_ONS = re.compile(r"WD(\d\d)(CD|NM)", re.IGNORECASE)
_CENTURY = 50
"""WD98 is of 1998, WD19 of 2019."""
_NEAR_ONE = 1e-3
_ASK = (
    "A lookup has the columns from_code and to_code (and share, from_name, to_name if it likes), "
    "or those of the ONS, such as WD19CD and WD23CD."
)


@dataclass(frozen=True)
class Lookup:
    """Where wards went, as somebody says who knows.

    Attributes
    ----------
    rows : DataFrame
        `from_code`, `to_code`, `share` (float; missing in all rows of a ward of which only the new wards are named, else summing
        to 1), `from_name`, `to_name` (missing where not in the file), `source_row`.
    file
        Its name.
    """

    rows: pd.DataFrame
    file: str


def read_lookup(path: InputFile, *, limits: Limits = LIMITS) -> Lookup:
    """Read and check a lookup (CSV, Excel or what a query gave). Repeated rows are dropped; other columns are not read.

    Raises
    ------
    RefusedInputError
        If it cannot be read, lacks a code, or its shares are none or do not sum to 1 in a ward.
    """
    grid = open_table(path, TableSection(), wanted=["from_code", "to_code"], limits=limits)
    cells = take_columns(grid, _columns(grid.headings, file=path.name), limits=limits).cells
    cells = cells[~cells["is_blank"]].reset_index(drop=True)
    for key in ("from_code", "to_code"):
        cells[key] = clean_codes(cells[key])
        _refuse(cells, cells[key].isna(), what="there is no code", file=path.name)
    for key in ("share", "from_name", "to_name"):
        cells[key] = cells[key] if key in cells else pd.Series(pd.NA, index=cells.index, dtype="str")
    share = parse_numbers(cells["share"])
    wrong = cells["share"].notna() & ~share.between(0, 1)
    _refuse(cells, wrong, what="the share is not a number from 0 to 1", file=path.name)
    rows = cells.assign(share=share)[[*_PLAIN, "source_row", "source_file"]]
    rows = rows[~rows.duplicated([*_PLAIN])].reset_index(drop=True)
    _refuse(rows, rows.duplicated(["from_code", "to_code"]), what="the pair of wards stands twice", file=path.name)
    return Lookup(_whole_shares(rows, file=path.name).drop(columns="source_file"), path.name)


def _columns(headings: Sequence[str], *, file: str) -> dict[str, int]:
    plain = {text.casefold(): place for place, text in enumerate(headings) if text.casefold() in _PLAIN}
    if {"from_code", "to_code"} <= plain.keys():
        return plain
    found = {}
    for place, text in enumerate(headings):
        if match := _ONS.fullmatch(text):
            year = int(match[1]) + (2000 if int(match[1]) < _CENTURY else 1900)
            found[(match[2].upper(), year)] = place
    years = sorted(year for kind, year in found if kind == "CD")
    if len(years) != 2:
        raise RefusedInputError(f"{file}: it cannot be told from which wards to which it leads. {_ASK}")
    sides = dict(zip(("from", "to"), years, strict=True))
    codes = {f"{side}_code": found[("CD", year)] for side, year in sides.items()}
    return codes | {f"{side}_name": found[("NM", year)] for side, year in sides.items() if ("NM", year) in found}


def _whole_shares(rows: pd.DataFrame, *, file: str) -> pd.DataFrame:
    by_ward = rows.groupby("from_code")["share"]
    told, parts, whole = by_ward.transform("count"), by_ward.transform("size"), by_ward.transform("sum")
    _refuse(
        rows,
        (told > 0) & (told < parts),
        what="other rows of the same ward have a share and this or these not",
        file=file,
    )
    off = (told > 0) & ((whole - 1).abs() > _NEAR_ONE)
    _refuse(rows, off, what="the shares of the ward do not sum to 1", file=file)
    return rows.assign(share=rows["share"] / whole.where(told > 0))


def _refuse(cells: pd.DataFrame, wrong: "pd.Series[bool]", *, what: str, file: str) -> None:
    if wrong.any():
        raise RefusedInputError(f"{file}, {name_rows(cells, wrong)}: {what}. Correct it. {_ASK}")
