"""An export of referrals by person, counted in memory: ward, quarter, category and sector of each row, nothing else of it.

Of the columns that are not named no cell is kept past the row it stands in. Of those that are, a date becomes its quarter, a
ward its code, and a category or sector one of the words that the settings list, or `Other`. Nothing else can come out, neither
as a count nor in a message: messages name rows and the headings that were asked for, never a cell, a sheet or another heading.

Limits: one row is one referral, so what the system exports twice counts twice; a column of births under the heading of another
date cannot be told from dates of referral; text that has the form of a ward's code passes for one where no wards are given.
"""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.accounts import RowAccount
from data.codes import are_ward_codes, clean_codes, map_distinct
from data.date_order import check_date_order
from data.errors import RefusedInputError, UsageError
from data.grids import Grid
from data.headings import find_columns, find_provenance
from data.limits_settings import Limits
from data.person_headings import kind_of_heading
from data.quarter_texts import parse_quarters
from data.raw_tables import open_table, take_columns
from data.referral_export_settings import OTHER, ReferralExport, plain_word
from data.report import TableReport
from data.row_checks import check_provenance, check_quarters, refuse_one_year_quarters, set_aside_empty
from data.settings import Settings, TableSection
from data.workbooks import WrongSheetError
from geo.ward_names import NOWHERE, match_codes, match_names

COUNTED = ["ward_code", "quarter", "category", "sector"]
NO_WARD, NOT_A_WARD, AHEAD = "no ward", "not a ward", "a date ahead of today"
_MAY_BE_PROSE = ("category", "sector")
_PROSE = "free text"


@dataclass(frozen=True)
class ExportHeadings:
    """Which columns of the export are looked at."""

    ward: str
    """Codes of wards, or names where wards are given."""
    date: str
    """Dates of referral, or their months or quarters."""
    category: str
    sector: str


@dataclass(frozen=True)
class ReferralCounts:
    """What came of counting."""

    counts: pd.DataFrame
    """`ward_code`, `quarter`, `category`, `sector` and `count`, sorted."""
    report: TableReport
    not_listed: dict[str, int]
    """Used rows whose category or sector the settings do not list, blank ones included: counted as `Other`."""
    invented: bool


def count_referrals(
    path: Path, *, headings: ExportHeadings, settings: Settings, wards: gpd.GeoDataFrame | None = None
) -> ReferralCounts:
    """Count the rows of an export (CSV or Excel) by ward, quarter, category and sector.

    Parameters
    ----------
    path
        The export: one row is one referral. It is read, never copied.
    headings
        The four columns that are looked at, and the reserved `provenance`.
    settings
        `[referral_export]` lists the words that may be written.
    wards
        The wards of the area: only they are counted, by code or else by name. Without them, every ward's code is.

    Raises
    ------
    UsageError
        If the settings list no words, or one column is named twice.
    RefusedInputError
        If the export cannot be read, lacks a column, or one that is named announces something of a person.
    NothingUsedError
        If no row could be counted.
    """
    asked = _check_asked(headings, settings=settings.referral_export)
    grid = _open(path, asked, settings=settings.referral_export, limits=settings.limits)
    places = _places(grid, asked, file=path.name)
    cells = take_columns(grid, places | find_provenance(grid.headings), limits=settings.limits).cells
    account = RowAccount("referrals by person", cells, files=[path.name], notes=grid.notes)
    set_aside_empty(account, cells)
    invented = check_provenance(account, cells)
    codes = _ward_codes(account, cells, wards=wards, column=asked["ward"])
    quarters = _quarters(account, cells, column=asked["date"])
    account.require_some(do="Check that the headings name the right columns.")
    kinds = {"category": settings.referral_export.categories, "sector": settings.referral_export.sectors}
    listed = {kind: map_distinct(cells[kind], _Listed(words)) for kind, words in kinds.items()}
    not_listed = {kind: int((texts.isna() & account.open).sum()) for kind, texts in listed.items()}
    rows = pd.DataFrame({"ward_code": codes, "quarter": quarters, **{k: t.fillna(OTHER) for k, t in listed.items()}})
    counts = rows[account.open].groupby(COUNTED).size().rename("count").reset_index()
    return ReferralCounts(counts, account.report(), not_listed, invented)


class _Listed:
    """The word that a text of the export is counted as, or none."""

    def __init__(self, words: dict[str, str]) -> None:
        self._words = words

    def __call__(self, text: str) -> str | None:
        return self._words.get(plain_word(text))


def _check_asked(headings: ExportHeadings, *, settings: ReferralExport) -> dict[str, str]:
    missing = [name for name in ("categories", "sectors") if not getattr(settings, name)]
    if missing:
        raise UsageError(
            f"[referral_export]: the settings list no {' and no '.join(missing)}, so every row would be {OTHER}. "
            "List the words of the export that may be written, each with what it is counted as."
        )
    asked = {key: getattr(headings, key) for key in ("ward", "date", "category", "sector")}
    if len({plain_word(heading) for heading in asked.values()}) < len(asked):
        raise UsageError("Two of the headings are the same. Name another column for each of the four.")
    for key, heading in asked.items():
        kind = kind_of_heading(heading)
        if kind and not (key in _MAY_BE_PROSE and kind == _PROSE):
            raise RefusedInputError(
                f"--{key}-heading: the heading announces {kind}. That is never counted. Name the column of the {key}."
            )
    return asked


def _open(path: Path, asked: dict[str, str], *, settings: ReferralExport, limits: Limits) -> Grid:
    layout = TableSection(sheet=settings.sheet, header_row=settings.header_row)
    try:
        return open_table(path, layout, wanted=list(asked.values()), limits=limits)
    except WrongSheetError:
        # What its sheets are called may be anything, too.
        raise RefusedInputError(
            f"{path.name}: the workbook has several sheets, or none that is called as the settings say. "
            "Name the sheet in [referral_export] sheet."
        ) from None


def _places(grid: Grid, asked: dict[str, str], *, file: str) -> dict[str, int]:
    """Find the columns. Other headings are not listed: a wrong row taken for headings is a person's."""
    places = find_columns(grid.headings, asked, optional=frozenset(asked), file=file, section="referral_export")
    missing = [f"'{heading}' (--{key}-heading)" for key, heading in asked.items() if key not in places]
    if missing:
        raise RefusedInputError(
            f"{file}: there is no column {' and no column '.join(missing)} in row {grid.first_row - 1}. Write headings as they "
            "stand in the file, and say in [referral_export] header_row which row holds them."
        )
    return places


def _ward_codes(
    account: RowAccount, cells: pd.DataFrame, *, wards: gpd.GeoDataFrame | None, column: str
) -> "pd.Series[str]":
    do = "Give the ward's nine-character code" + ("." if wards is None else ", or its name as the boundaries have it.")
    codes = clean_codes(cells["ward"])
    if wards is None:
        found = codes.where(are_ward_codes(codes))
    else:
        by_code = match_codes(codes, wards)
        by_name = match_names(cells["ward"], pd.Series("", index=cells.index, dtype="str"), wards)
        places = pd.Series(by_code, index=cells.index).where(by_code != NOWHERE, by_name)
        found = places.map(dict(enumerate(wards["ward_code"]))).astype("str")
    account.set_aside(cells["ward"].isna(), NO_WARD, what="no ward is named", do=do, column=column)
    account.set_aside(found.isna(), NOT_A_WARD, what="what is named is no ward that is known", do=do, column=column)
    return found


def _quarters(account: RowAccount, cells: pd.DataFrame, *, column: str) -> "pd.Series[str]":
    parsed = parse_quarters(cells["date"])
    refuse_one_year_quarters(parsed.is_one_year & account.open, cells, column=column)
    check_date_order(account, parsed.dates, cells, column=column)
    check_quarters(account, parsed.labels, cells["date"], column=column)
    ahead = parsed.dates.dates > pd.Timestamp.now()
    account.set_aside(ahead, AHEAD, what="the date lies ahead of today", do="Correct it at the source.", column=column)
    return parsed.labels
