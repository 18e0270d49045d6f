"""Reading populations by ward."""

import pandas as pd

from data.accounts import NOTE_ROW, REPEATED, TOTALS_ROW, RowAccount
from data.codes import are_ons_codes
from data.contracts import POPULATION, keep_contract
from data.headings import find_columns, find_provenance
from data.limits_settings import LIMITS, Limits
from data.numbers import parse_numbers
from data.queried import InputFile
from data.raw_tables import open_table, take_columns
from data.repeats import repeated_rows, say_repeats
from data.row_checks import check_places, check_provenance, set_aside_empty, with_missing
from data.settings import Population
from data.tables import Table
from data.totals import are_totals, totals_disagree

_KEYS = {
    "code": "ward_code",
    "name": "ward_name",
    "district": "district",
    "residents": "residents",
    "workday": "workday",
}
_PLACE = ("ward_code", "ward_name", "district")
_SECTION = "population"


def read_population(path: InputFile, settings: Population, *, limits: Limits = LIMITS) -> Table[pd.DataFrame]:
    """Read and check residents, and workday population where mapped, by ward (CSV, Excel or what a query gave).

    Parameters
    ----------
    path
        The file. Only the mapped columns and the reserved `provenance` are read.
    settings
        Section `[population]`.
    limits
        Section `[limits]`.

    Returns
    -------
    Table
        `rows` has `ward_code`, `ward_name`, `district`, `residents` and `workday` (float64 people, missing where not
        known), in the order of the file. A number that is blank, no number or not above 0 is missing, with a finding;
        the ward stays.

    Raises
    ------
    RefusedInputError
        If the file cannot be read, lacks a column, gives one ward two different numbers, or has no ward.
    """
    mapped = {key: heading for key in _KEYS if (heading := getattr(settings, key))}
    grid = open_table(path, settings, wanted=list(mapped.values()), limits=limits)
    positions = find_columns(grid.headings, mapped, file=path.name, section=_SECTION)
    names = {_KEYS[key]: grid.headings[place] for key, place in positions.items()}
    provenance = find_provenance(grid.headings)
    cells = take_columns(
        grid, {_KEYS[key]: place for key, place in positions.items()} | provenance, limits=limits
    ).cells
    cells = with_missing(cells, _KEYS.values())
    account = RowAccount(_SECTION, cells, files=[path.name], notes=grid.notes)
    rows = _checked(account, cells, names=names)
    invented = check_provenance(account, cells)
    read = {*positions.values(), *provenance.values()}
    passed_over = [heading for place, heading in enumerate(grid.headings) if heading and place not in read]
    return Table(
        keep_contract(rows, POPULATION, table=_SECTION), account.report(columns_not_read=passed_over), invented
    )


def _checked(account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str]) -> pd.DataFrame:
    set_aside_empty(account, cells)
    places = [key for key in _PLACE if key in names]
    notes = (
        (cells[list(names)].notna().sum(axis="columns") == 1)
        & ~are_ons_codes(cells["ward_code"].str.upper())
        & cells["residents"].isna()
    )
    account.set_aside(
        notes, NOTE_ROW, what="the row holds one text and no number", do="Nothing, if it is a note under the table."
    )
    totals = are_totals(cells.assign(count=cells["residents"]), keys=places) & account.open
    numbers = parse_numbers(cells["residents"])
    wrong = totals_disagree(cells, numbers.where(account.open), keys=places, totals=totals)
    account.remark(
        wrong, "the total differs from the sum of the rows", do="Find out which is right.", column=names["residents"]
    )
    account.set_aside(totals, TOTALS_ROW)
    cells = check_places(account, cells, names=names)
    cells = cells.assign(
        residents=_people(account, cells, key="residents", names=names),
        workday=_people(account, cells, key="workday", names=names),
    )
    # Keys by code where there is one; a ward without is left to the join by name.
    coded = account.open & cells["ward_code"].notna()
    again = repeated_rows(cells, keys=["ward_code"], values=["residents", "workday"], among=coded, what="ward")
    account.set_aside(
        again,
        REPEATED,
        what="the row repeats an earlier one and was not counted again",
        do="Remove it at the source.",
        each=say_repeats(cells, again, keys=["ward_code"], among=coded),
    )
    account.require_some(do="Correct the file or the settings.")
    return cells.loc[account.open, [*_KEYS.values(), "source_row", "source_file"]].reset_index(drop=True)


def _people(account: RowAccount, cells: pd.DataFrame, *, key: str, names: dict[str, str]) -> "pd.Series[float]":
    """Read numbers of people; what is none is missing and said. Nobody living there and not known are both no denominator."""
    numbers = parse_numbers(cells[key])
    if key in names:
        do = "Fill it in at the source: without it the ward has no rate."
        for wrong, what in (
            (cells[key].isna(), f"the number of {key} is blank"),
            (numbers.isna() & cells[key].notna(), f"the number of {key} is not a number"),
            (numbers <= 0, f"the number of {key} is zero or negative"),
        ):
            account.remark(wrong & account.open, what, do=do, column=names[key])
    return numbers.where(numbers > 0)
