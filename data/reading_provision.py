"""Reading what is provided where: projects, groups, forums, training and champions, one row each."""

from collections.abc import Sequence

import pandas as pd

from data.accounts import REPEATED, RowAccount
from data.contracts import PROVISION, keep_contract
from data.errors import RefusedInputError
from data.headings import find_columns, find_provenance, passed_over
from data.limits_settings import LIMITS, Limits
from data.provision_fields import check_kinds, check_names, check_period, read_amounts, read_place
from data.provision_people import refuse_people_in_cells, refuse_people_in_headings
from data.provision_settings import NEEDED, OF_A_THING, Provision
from data.queried import InputFile
from data.raw_tables import open_table, take_columns
from data.repeats import repeated_rows, say_repeats
from data.row_checks import check_provenance, set_aside_empty, with_missing
from data.tables import Table

SECTION = "provision"
KEYS = (*OF_A_THING, "ward_code", "ward_name", "district", "longitude", "latitude", "easting", "northing")
_PAIRS = (("longitude", "latitude"), ("easting", "northing"))
_HANDED_ON = tuple(key for key in KEYS if key not in _PAIRS[0])


def read_provision(path: InputFile, settings: Provision, *, limits: Limits = LIMITS) -> Table[pd.DataFrame]:
    """Read and check what is provided (CSV or Excel).

    Parameters
    ----------
    path
        The file. Only the columns that the settings name, or that have the usual names, are read, and the reserved `provenance`.
    settings
        Section `[provision]`.
    limits
        Section `[limits]`.

    Returns
    -------
    Table
        `rows` has `name` (missing for kinds of which names are not kept), `kind` (as the settings write it), `number` (float,
        whole, missing where not said), `start`, `end` (datetime64; missing while there is no end), `cost` (pounds), `funder`,
        `for_whom`, `ward_code` and `ward_name` (several with semicolons between them), `district`, `easting` and `northing`
        (metres, EPSG:27700).

    Raises
    ------
    RefusedInputError
        If the file cannot be read, lacks a column, says nothing of where, holds what looks like a person's details, or no row
        can be used.
    """
    grid = open_table(path, settings, wanted=[getattr(settings, key) for key in NEEDED], limits=limits)
    positions = _positions(grid.headings, settings, file=path.name)
    refuse_people_in_headings(grid.headings, positions, file=path.name)
    read = positions | find_provenance(grid.headings)
    cells = with_missing(take_columns(grid, read, limits=limits).cells, KEYS)
    names = {key: grid.headings[place] for key, place in positions.items()}
    refuse_people_in_cells(cells, names=names, file=path.name)
    account = RowAccount(SECTION, cells, files=[path.name], notes=grid.notes)
    rows = _checked(account, cells, names=names, settings=settings)
    invented = check_provenance(account, cells)
    account.require_some(do="Correct the file or the settings.")
    usable = rows.loc[account.open, [*_HANDED_ON, "source_row", "source_file"]].reset_index(drop=True)
    report = account.report(columns_not_read=passed_over(grid.headings, {*read.values()}))
    return Table(keep_contract(usable, PROVISION, table=SECTION), report, invented)


def _positions(headings: Sequence[str], settings: Provision, *, file: str) -> dict[str, int]:
    wanted = {key: heading for key in KEYS if (heading := getattr(settings, key))}
    optional = frozenset(KEYS) - {*NEEDED} - settings.model_fields_set
    found = find_columns(headings, wanted, file=file, section=SECTION, optional=optional)
    for pair in _PAIRS:
        if 0 < len(found.keys() & {*pair}) < 2:
            raise RefusedInputError(
                f"{file}: {pair[0]} goes with {pair[1]}, and one of the two columns is not there. Add it."
            )
    if not found.keys() & {"ward_code", "ward_name", "longitude", "easting"}:
        raise RefusedInputError(
            f"{file}: no column says where anything is provided. Add ward_code, or ward_name with district, or longitude and "
            "latitude, or easting and northing; or say under [provision] what their headings are."
        )
    return found


def _checked(account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str], settings: Provision) -> pd.DataFrame:
    set_aside_empty(account, cells)
    kinds = check_kinds(account, cells, settings=settings, column=names["kind"])
    titles = check_names(account, cells, kinds=kinds, settings=settings, column=names["name"])
    start, end = check_period(account, cells, names=names)
    amounts, places = read_amounts(account, cells, names=names), read_place(account, cells, names=names)
    _set_aside_repeats(account, cells)
    return cells.assign(name=titles, kind=kinds, start=start, end=end, **amounts, **places)


def _set_aside_repeats(account: RowAccount, cells: pd.DataFrame) -> None:
    """Put aside rows that say in every column what an earlier one says; without a name they may be two of a kind."""
    keys, among = list(KEYS), account.open & cells["name"].notna()
    again = repeated_rows(cells, keys=keys, values=[], among=among, what="row")
    account.set_aside(
        again,
        REPEATED,
        what="the row repeats an earlier one",
        do="Remove it at the source.",
        each=say_repeats(cells, again, keys=keys, among=among),
    )
