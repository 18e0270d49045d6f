"""Reading referrals: counts by ward, quarter and category. Person-level data is refused."""

import pandas as pd

from data.accounts import NOTE_ROW, REPEATED, TOTALS_ROW, RowAccount
from data.contracts import REFERRALS, keep_contract
from data.date_order import check_date_order
from data.errors import PersonLevelError, RefusedInputError
from data.headings import PROVENANCE, find_columns, find_provenance
from data.limits_settings import LIMITS, Limits
from data.mixed_columns import refuse_quarters_as_counts
from data.numbers import parse_numbers
from data.person_level import refuse_person_headings, refuse_person_values, refuse_undeclared
from data.quarter_texts import ParsedQuarters, parse_quarters
from data.queried import InputFile
from data.raw_tables import open_table, take_columns
from data.repeats import repeated_rows, say_repeats
from data.row_checks import (
    check_counts,
    check_places,
    check_provenance,
    check_quarters,
    refuse_one_year_quarters,
    set_aside_empty,
    with_missing,
)
from data.settings import Referrals
from data.tables import Table
from data.totals import are_totals, totals_disagree

_COLUMNS = ("ward_code", "ward_name", "district", "quarter", "category", "sector", "count")
_SECTION = "referrals"
_FEWEST_DAYS = 3
_HINTS = {"count": "Referrals are read as counts by ward, quarter and category, never as one row per referral."}
_FEWEST_ALIKE, _SHARE_ALIKE = 3, 0.1


def read_referrals(path: InputFile, settings: Referrals, *, limits: Limits = LIMITS) -> Table[pd.DataFrame]:
    """Read and check a referrals file (CSV or Excel), or what a query gave.

    Parameters
    ----------
    path
        The file. It may hold the columns mapped in `settings` and the reserved `provenance`, and no other.
    settings
        Section `[referrals]`.

    Returns
    -------
    Table
        `rows` has `ward_code`, `ward_name`, `district`, `quarter` (label), `category`, `sector` (text, missing where blank or not
        in the file) and `count` (int64), in the order of the file. Months of one quarter stay rows of their own, to be added up.

    Raises
    ------
    RefusedInputError
        If the file cannot be read, lacks a column, holds another one or anything of a person's, names quarters by one year,
        or contradicts itself. The message never holds a value.
    """
    cells, names, file_notes = _take(path, settings, limits=limits)
    account = RowAccount(_SECTION, cells, files=[path.name], notes=file_notes)
    keys = [key for key in names if key != "count"]
    set_aside_empty(account, cells)
    notes = (cells[list(names)].notna().sum(axis="columns") == 1) & cells["count"].isna()
    totals = are_totals(cells, keys=keys) & ~notes
    refuse_person_values(
        cells,
        names=names | ({PROVENANCE: PROVENANCE} if PROVENANCE in cells else {}),
        prose=notes | totals,
        file=path.name,
    )
    account.set_aside(
        notes, NOTE_ROW, what="the row holds one text and no count", do="Nothing, if it is a note under the table."
    )
    account.set_aside(totals, TOTALS_ROW)
    invented = check_provenance(account, cells)
    return _checked(account, cells, names=names, totals=totals, invented=invented)


def _checked(
    account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str], totals: "pd.Series[bool]", invented: bool
) -> Table[pd.DataFrame]:
    quarters = parse_quarters(cells["quarter"])
    refuse_one_year_quarters(quarters.is_one_year & account.open, cells, column=names["quarter"])
    refuse_quarters_as_counts(account, cells, labels=quarters.labels, names=names)
    check_date_order(account, quarters.dates, cells, column=names["quarter"])
    _refuse_single_days(quarters, file=str(cells["source_file"].iloc[0]) if len(cells) else "", column=names["quarter"])
    check_quarters(account, quarters.labels, cells["quarter"], column=names["quarter"])
    counts = check_counts(account, cells["count"], column=names["count"])
    placed = check_places(account, cells, names=names)
    _set_aside_repeats(account, placed.assign(count=counts), quarters)
    keys = [key for key in names if key != "count"]
    numbers = parse_numbers(cells["count"])
    wrong = totals_disagree(cells, numbers.where(account.open | totals), keys=keys, totals=totals)
    account.remark(
        wrong, "the total differs from the sum of the rows used", do="Find out which is right.", column=names["count"]
    )
    _remark_categories(account, cells, names=names)
    account.require_some(do="Correct the file or the settings.")
    rows = placed.assign(quarter=quarters.labels, count=counts)[account.open]
    rows = rows[[*_COLUMNS, "source_row", "source_file"]].reset_index(drop=True)
    return Table(keep_contract(rows, REFERRALS, table=_SECTION), account.report(), invented)


def _take(
    path: InputFile, settings: Referrals, *, limits: Limits
) -> tuple[pd.DataFrame, dict[str, str], tuple[str, ...]]:
    """Take the declared columns; refuse whatever else stands in the file."""
    mapped = {key: getattr(settings, key) for key in _COLUMNS if getattr(settings, key)}
    grid = open_table(path, settings, wanted=list(mapped.values()), limits=limits)
    # People come first: a list of them also lacks columns, but that is not what its holder has to hear.
    provenance = find_provenance(grid.headings)
    declared = find_columns(grid.headings, mapped, optional=frozenset(mapped), file=path.name, section=_SECTION)
    roles = dict.fromkeys(range(len(grid.headings)), "") | {place: key for key, place in declared.items()}
    refuse_person_headings(
        grid.headings, {place: roles[place] for place in roles if place not in provenance.values()}, file=path.name
    )
    positions = find_columns(
        grid.headings, mapped, optional=_optional(settings), file=path.name, section=_SECTION, hints=_HINTS
    )
    nameless = {f"column {place}": place for place, heading in enumerate(grid.headings) if not heading}
    raw = take_columns(grid, positions | provenance | nameless, limits=limits).cells
    filled = [
        bool(heading) or bool(raw[f"column {place}"].notna().any()) for place, heading in enumerate(grid.headings)
    ]
    refuse_undeclared(
        grid.headings, {*positions.values(), *provenance.values()}, filled=filled, file=path.name, section=_SECTION
    )
    _refuse_beyond_headings(raw, file=path.name)
    names = {key: grid.headings[place] for key, place in positions.items()}
    return with_missing(raw.drop(columns=list(nameless)), _COLUMNS), names, grid.notes


def _optional(settings: Referrals) -> frozenset[str]:
    """Name the columns that may be absent because only the default, not the settings file, names them."""
    unsaid = {"sector"} | ({"ward_code"} if settings.ward_name else set())
    return frozenset(unsaid - settings.model_fields_set)


def _refuse_beyond_headings(cells: pd.DataFrame, *, file: str) -> None:
    if cells["is_misshapen"].any():
        row = cells.loc[cells["is_misshapen"], "source_row"].iloc[0]
        raise RefusedInputError(
            f"{file}, row {row}: the row has more cells than there are headings. Only declared columns may stand in the "
            "file: take out what stands beyond the last heading, or put the cell that holds a comma in quotation marks."
        )


def _refuse_single_days(quarters: ParsedQuarters, *, file: str, column: str) -> None:
    """Refuse a column of days all over the month: those are dates of birth or of single referrals, not quarters.

    Firsts and lasts of months, and one and the same day of each, are how people write a month or a quarter.
    """
    days = quarters.dates.dates[~quarters.dates.is_month].dropna().drop_duplicates()
    within = days[~(days.dt.is_month_start | days.dt.is_month_end)]
    if within.dt.day.nunique() >= _FEWEST_DAYS:
        month_first = bool(quarters.dates.is_ambiguous.loc[within.index].all()) and bool((within.dt.month == 1).all())
        raise PersonLevelError(
            f"{file}, column '{column}': it holds many different days, as of births or single referrals, not quarters. "
            "This tool takes no person-level data. Export counts by quarter."
            + (" If they are first days of quarters, month first, write them as 2025-04-01." if month_first else "")
        )


def _set_aside_repeats(account: RowAccount, cells: pd.DataFrame, quarters: ParsedQuarters) -> None:
    # Two months of one quarter are different periods; two spellings of one quarter are not.
    dates = quarters.dates.dates
    period = quarters.labels.where(dates.isna(), dates.dt.strftime("%Y-%m-%d").astype("str"))
    place = cells["ward_code"].where(
        cells["ward_code"].notna(),
        cells["ward_name"].str.casefold() + "|" + cells["district"].str.casefold().fillna(""),
    )
    keyed = cells.assign(
        place=place, period=period, category=cells["category"].str.casefold(), sector=cells["sector"].str.casefold()
    )
    keys = ["place", "period", "category", "sector"]
    repeated = repeated_rows(
        keyed, keys=keys, values=["count"], among=account.open, what="ward, quarter, category and sector"
    )
    _refuse_line_list(cells[account.open], repeated[account.open])
    account.set_aside(
        repeated,
        REPEATED,
        what="the row repeats an earlier one and was not counted again",
        do="Remove it at the source.",
        each=say_repeats(keyed, repeated, keys=keys, among=account.open),
    )


def _refuse_line_list(cells: pd.DataFrame, repeated: "pd.Series[bool]") -> None:
    """Refuse what looks like one row per referral: every count is 1, and many rows are alike."""
    if (cells["count"] == 1).all() and repeated.sum() >= _FEWEST_ALIKE and repeated.mean() >= _SHARE_ALIKE:
        raise PersonLevelError(
            f"{cells['source_file'].iloc[0]}: every count is 1 and many rows are alike, as if each row were one referral. "
            "This tool takes counts by ward, quarter and category: add the rows up at the source."
        )


def _remark_categories(account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str]) -> None:
    for key in ("category", "sector"):
        if key in names:
            blank = cells[key].isna() & account.open
            account.remark(
                blank,
                f"the {key} is blank",
                do="Fill it in at the source; the count is used all the same.",
                column=names[key],
            )
            spellings = cells.loc[account.open, key].dropna().drop_duplicates()
            if spellings.str.casefold().duplicated().any():
                account.find(
                    f"one {key} is written with different capitals, and counts as several",
                    do="Write it in one way.",
                    column=names[key],
                )
