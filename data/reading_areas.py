"""Reading a lookup of wards or districts to the counties, community safety partnerships and police force areas they lie in."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.area_headings import DISTRICT, KINDS, WARD, find_fields, year_of
from data.codes import clean_codes
from data.errors import RefusedInputError
from data.headings import look_like_headings
from data.limits_settings import LIMITS, Limits
from data.raw_tables import open_table, take_columns
from data.settings import TableSection

_ASK = "Give a lookup whose headings say what they are, such as LAD24CD and PFA24CD, or WD24CD and CTY24CD."


@dataclass(frozen=True)
class AreaLookup:
    """Which wards or districts lie in which area.

    Attributes
    ----------
    rows : DataFrame
        Columns such as `ward_code`, `district_code`, `district_name`, `county_code`, `county_name`, `police force_name`: of these
        only what the file has. Blank cells are missing.
    file
        Its name.
    year
        Of the codes that are matched, if the headings say it.
    """

    rows: pd.DataFrame
    file: str
    year: int | None = None

    def has(self, kind: str) -> bool:
        """Whether it says anything of a kind of area."""
        return f"{kind}_code" in self.rows or f"{kind}_name" in self.rows


def read_area_lookup(path: Path, *, near: int | None = None, limits: Limits = LIMITS) -> AreaLookup:
    """Read a lookup (CSV or Excel). Which column is which is told from the headings.

    Parameters
    ----------
    path
        The file.
    near
        Year of the wards: of several columns of one kind that of the nearest year is taken.

    Raises
    ------
    RefusedInputError
        If it cannot be read, or its headings name no ward and no district, or nothing that these lie in.
    """
    grid = open_table(path, TableSection(), wanted=["code"], limits=limits)
    fields = find_fields(grid.headings, near=near)
    said = {kind for kind, _ in fields}
    if not said & {WARD, DISTRICT} or not said & {DISTRICT, *KINDS} or said == {DISTRICT}:
        shown = ", ".join(f"'{one}'" for one in grid.headings if one) if look_like_headings(grid.headings) else ""
        there = f" The headings are {shown}." if shown else " The first row does not look like headings."
        raise RefusedInputError(f"{path.name}: it cannot be told what lies in what.{there} {_ASK}")
    names = {f"{kind}_{part}": place for (kind, part), place in fields.items()}
    cells = take_columns(grid, names, limits=limits).cells
    rows = cells.loc[~cells["is_blank"], [*names]].reset_index(drop=True)
    codes = {name: clean_codes(rows[name]) for name in names if name.endswith("_code")}
    kind = WARD if (WARD, "code") in fields else DISTRICT
    return AreaLookup(rows.assign(**codes), path.name, year_of(grid.headings, fields, kind))
