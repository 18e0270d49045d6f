"""Reading incidents: one row each, or counts; points or ward codes; one file or many as one input."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from data.accounts import NOT_KEPT, REPEATED, TOTALS_ROW, RowAccount
from data.codes import clean_text
from data.contracts import INCIDENTS, keep_contract
from data.grids import column_letter
from data.headings import PROVENANCE, find_columns, find_provenance, is_safe_heading
from data.incident_fields import read_counts, read_points, read_times
from data.input_files import Paths, expand_paths, refuse_copies
from data.limits_settings import LIMITS, Limits
from data.numbers import parse_numbers
from data.person_level import refuse_person_headings, refuse_person_values
from data.raw_tables import TABLE_SUFFIXES, open_table, take_columns
from data.repeats import repeated_rows
from data.row_checks import (
    check_places,
    check_provenance,
    set_aside_empty,
    with_missing,
)
from data.settings import Incidents
from data.tables import Table
from data.totals import are_totals, totals_disagree

_PLACE = ("ward_code", "ward_name", "district")
_POINT = ("longitude", "latitude", "easting", "northing")
_MAPPED = ("date", "quarter", *_PLACE, *_POINT, "category", "count", "id")
_COLUMNS = ("date", "quarter", "category", "count", *_PLACE, "easting", "northing")
_SECTION = "incidents"
_LOOKED_AT = ("category", *_PLACE)


def read_incidents(
    paths: Paths,
    settings: Incidents,
    *,
    limits: Limits = LIMITS,
    progress: Callable[[str], None] | None = None,
) -> Table[pd.DataFrame]:
    """Read and check incidents from one or more files (CSV or Excel) as one input.

    Parameters
    ----------
    paths
        A file, a folder, a pattern such as `2025-*.csv`, or several of these. Files are taken in natural order.
    settings
        Section `[incidents]`. Of each file only the mapped columns are read, and the reserved `provenance`.
    limits
        Section `[limits]`: of rows, all files together.
    progress
        Called with a sentence as each file is opened.

    Returns
    -------
    Table
        `rows` has `date` (datetime64; missing if only a quarter is known), `quarter` (label), `category`, `count`
        (int64, 1 unless mapped), `ward_code`, `ward_name`, `district`, `easting` and `northing` (metres, EPSG:27700;
        missing where there is no possible point). `report.columns_not_read` lists the headings of what was
        passed over. Identifiers are not handed on.

    Raises
    ------
    RefusedInputError
        If no file is found, one cannot be read or lacks a mapped column, a mapped column holds what looks like a person's
        details, or no row can be used.
    """
    files = expand_paths(paths, suffixes=TABLE_SUFFIXES)
    taken: list[tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]] = []
    for number, path in enumerate(files, start=1):
        if progress:
            progress(f"Reading incidents, file {number} of {len(files)}: {path.name}")
        left = limits.model_copy(update={"rows": limits.rows - sum(len(one[0]) for one in taken)})
        taken.append(_take(path, settings, limits=left))
    refuse_copies([path for path, (cells, *_) in zip(files, taken, strict=True) if len(cells)])
    cells = pd.concat([cells for cells, *_ in taken], ignore_index=True)
    notes = [note for *_, noted in taken for note in noted]
    account = RowAccount(_SECTION, cells, files=[path.name for path in files], notes=notes)
    passed_over = tuple(dict.fromkeys(heading for *_, headings, _ in taken for heading in headings))
    names = {key: heading for key in _MAPPED if (heading := getattr(settings, key))}
    invented, rows = _checked(account, cells, names=names, settings=settings, complete=not passed_over)
    return Table(keep_contract(rows, INCIDENTS, table=_SECTION), account.report(columns_not_read=passed_over), invented)


def _take(path: Path, settings: Incidents, *, limits: Limits) -> tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """Take the mapped columns of one file; list the headings of the others, and what is to be noted."""
    mapped = {key: heading for key in _MAPPED if (heading := getattr(settings, key))}
    grid = open_table(path, settings, wanted=list(mapped.values()), limits=limits)
    positions = find_columns(grid.headings, mapped, file=path.name, section=_SECTION)
    looked_at = {key: place for key, place in positions.items() if key in _LOOKED_AT}
    refuse_person_headings(
        grid.headings, {place: key for key, place in looked_at.items()}, file=path.name, characteristics=True
    )
    provenance = find_provenance(grid.headings)
    cells = take_columns(grid, positions | provenance, limits=limits).cells
    refuse_person_values(cells, names={key: grid.headings[place] for key, place in looked_at.items()}, file=path.name)
    read = {*positions.values(), *provenance.values()}
    passed_over = tuple(
        heading if heading and is_safe_heading(heading) else f"column {column_letter(place)}"
        for place, heading in enumerate(grid.headings)
        if place not in read
    )
    return with_missing(cells, (*_MAPPED, *([PROVENANCE] if provenance else []))), passed_over, grid.notes


def _checked(
    account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str], settings: Incidents, complete: bool
) -> tuple[bool, pd.DataFrame]:
    set_aside_empty(account, cells)
    _set_aside_totals(account, cells, names=names)
    invented = check_provenance(account, cells)
    _set_aside_categories(account, cells, settings=settings)
    dates, quarters = read_times(account, cells, names=names)
    counts = read_counts(account, cells, names=names)
    cells = check_places(account, cells, names=names)
    points = read_points(account, cells, names=names)
    cells = cells.assign(date=dates, quarter=quarters, count=counts, easting=points.easting, northing=points.northing)
    _set_aside_repeats(account, cells, names=names, complete=complete)
    account.require_some(do="Correct the file or the settings.")
    rows = cells.loc[account.open, [*_COLUMNS, "source_row", "source_file"]].reset_index(drop=True)
    return invented, rows


def _set_aside_totals(account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str]) -> None:
    keys = [key for key in names if key != "count"]
    totals = are_totals(cells if "count" in names else cells.drop(columns="count"), keys=keys)
    if "count" in names:
        numbers = parse_numbers(cells["count"])
        wrong = totals_disagree(cells, numbers.where(account.open), keys=keys, totals=totals)
        account.remark(
            wrong, "the total differs from the sum of the rows", do="Find out which is right.", column=names["count"]
        )
    account.set_aside(totals, TOTALS_ROW)


def _set_aside_categories(account: RowAccount, cells: pd.DataFrame, *, settings: Incidents) -> None:
    if not settings.keep:
        return
    kept = {clean_text(category).casefold(): category for category in settings.keep}
    found = cells["category"].str.casefold()
    for folded, category in kept.items():
        if not (found == folded).any():
            account.find(
                f"no row has the category '{category}' that [incidents] keep names",
                do="Correct its spelling.",
                column=settings.category,
            )
    account.set_aside(~found.isin(list(kept)), NOT_KEPT)


def _set_aside_repeats(account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str], complete: bool) -> None:
    if "id" in names:
        again = repeated_rows(
            cells, keys=["id"], values=[], among=account.open & cells["id"].notna(), what="identifier"
        )
    elif complete and "count" in names and not {"longitude", "easting"} & names.keys():
        # With every column of the file mapped, rows that agree in all of them but the count cannot both be right. Where other
        # columns were passed over, those may tell the rows apart.
        keys = ["date", "quarter", *_PLACE, "category"]
        again = repeated_rows(cells, keys=keys, values=["count"], among=account.open, what="ward, time and category")
    else:
        return
    account.set_aside(
        again, REPEATED, what="the row repeats an earlier one and was not counted again", do="Remove it at the source."
    )
