"""Reading incidents: one row each, or counts; points or ward codes; one file or many as one input."""

from collections.abc import Callable

import pandas as pd

from data.accounts import RowAccount
from data.contracts import INCIDENTS, keep_contract
from data.incident_checks import check_incidents, set_aside_repeats, usable_rows
from data.incident_columns import SECTION, find_incident_columns, mapped_headings
from data.input_files import Paths, expand_paths, refuse_copies
from data.limits_settings import LIMITS, Limits
from data.person_level import refuse_person_values
from data.police_archives import ArchivedFile, open_archives
from data.queried import InputFile
from data.raw_tables import TABLE_SUFFIXES, open_table, take_columns
from data.settings import Incidents
from data.tables import Table


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
        A file, a folder, a pattern such as `2025-*.csv`, an archive as police.uk gives them, what a query gave, or several of
        these. Files are taken in natural order.
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
    files, archives = open_archives(expand_paths(paths, suffixes=TABLE_SUFFIXES), limits=limits)
    taken: list[tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]] = []
    for number, path in enumerate(files, start=1):
        if progress:
            progress(f"Reading incidents, file {number} of {len(files)}: {path.name}")
        left = limits.model_copy(update={"rows": limits.rows - sum(len(one[0]) for one in taken)})
        taken.append(_take(path, settings, limits=left))
    refuse_copies([path for path, (cells, *_) in zip(files, taken, strict=True) if len(cells)])
    cells = pd.concat([cells for cells, *_ in taken], ignore_index=True)
    notes = [*archives, *(note for *_, noted in taken for note in noted)]
    account = RowAccount(SECTION, cells, files=[path.name for path in files], notes=notes)
    passed_over = tuple(dict.fromkeys(heading for *_, headings, _ in taken for heading in headings))
    names = mapped_headings(settings)
    invented, cells = check_incidents(account, cells, names=names, settings=settings)
    set_aside_repeats(account, cells, names=names, complete=not passed_over)
    account.require_some(do="Correct the file or the settings.")
    rows = usable_rows(account, cells)
    return Table(keep_contract(rows, INCIDENTS, table=SECTION), account.report(columns_not_read=passed_over), invented)


def _take(
    path: InputFile | ArchivedFile, settings: Incidents, *, limits: Limits
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """Take the mapped columns of one file; list the headings of the others, and what is to be noted."""
    grid = open_table(path, settings, wanted=list(mapped_headings(settings).values()), limits=limits)
    columns = find_incident_columns(grid.headings, settings, file=path.name)
    cells = take_columns(grid, columns.positions, limits=limits).cells
    refuse_person_values(cells, names=columns.looked_at, file=path.name)
    return columns.complete(cells), columns.passed_over, grid.notes
