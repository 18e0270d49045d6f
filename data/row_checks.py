"""Checks that several tables share, row by row, each told to the table's account."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data.accounts import BAD_COUNT, BLANK_ROW, MISSHAPEN, NO_DATE, NO_QUARTER, RowAccount
from data.codes import are_ons_codes, are_ward_codes, clean_codes
from data.dates import ParsedDates
from data.errors import RefusedInputError
from data.headings import PROVENANCE
from data.numbers import are_counts, parse_numbers
from data.remarks import Fact, Teller

INVENTED = "invented"


def with_missing(cells: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Add the columns that a file does not have, all missing."""
    absent = {key: pd.Series(pd.NA, index=cells.index, dtype="str") for key in columns if key not in cells.columns}
    return cells.assign(**absent)


def set_aside_empty(account: RowAccount, cells: pd.DataFrame) -> None:
    """Put blank rows and rows with more cells than headings aside."""
    account.set_aside(cells["is_blank"], BLANK_ROW)
    account.set_aside(
        cells["is_misshapen"],
        MISSHAPEN,
        what="the row has more cells than there are headings, so which is which cannot be told",
        do="Put the cell that holds a comma in quotation marks, or take out what stands beyond the last heading.",
    )


def check_counts(account: RowAccount, texts: "pd.Series[str]", *, column: str) -> "pd.Series[int]":
    """Read counts and put aside rows whose count is none. Rows that are not open get 0."""
    numbers = parse_numbers(texts)
    do = "Correct the count at the source."
    for wrong, what in (
        (texts.isna(), "the count is blank"),
        (numbers.isna() & texts.notna(), "the count is not a number"),
        (numbers < 0, "the count is negative"),
        (numbers % 1 != 0, "the count is not a whole number"),
        (~are_counts(numbers), "the count is absurdly large"),
    ):
        account.set_aside(wrong, BAD_COUNT, what=what, do=do, column=column)
    return numbers.where(account.open, 0).astype("int64")


def check_quarters(account: RowAccount, labels: "pd.Series[str]", texts: "pd.Series[str]", *, column: str) -> None:
    """Put aside rows without a quarter."""
    do = "Write quarters as 2025/26 Q2, or as a date or month inside the quarter."
    account.set_aside(texts.isna(), NO_QUARTER, what="the quarter is blank", do=do, column=column)
    account.set_aside(
        labels.isna(), NO_QUARTER, what="the quarter cannot be read or is out of reason", do=do, column=column
    )


def refuse_one_year_quarters(is_one_year: "pd.Series[bool]", cells: pd.DataFrame, *, column: str) -> None:
    """Refuse a table that names quarters by a single year.

    Raises
    ------
    RefusedInputError
        Naming the first such row.
    """
    if is_one_year.any():
        first = cells[is_one_year].iloc[0]
        raise RefusedInputError(
            f"{first['source_file']}, row {first['source_row']}, column {column}: a quarter with one year, such as 2025 Q2, "
            "can be of the calendar year or of the year to March. Write it as 2025/26 Q2 (July to September 2025)."
        )


def check_dates(
    account: RowAccount, parsed: ParsedDates, texts: "pd.Series[str]", *, column: str, needed: bool
) -> None:
    """Say what is wrong with dates, and put rows aside that have none where one is needed."""
    for wrong, what, do in (
        (texts.isna(), "the date is blank", "Fill it in at the source, if it is known."),
        (
            parsed.is_month_first & parsed.dates.isna() & (not parsed.read_month_first),
            "the date is possible only month first, and the column is day first",
            "Check how the whole column was exported, and write its dates as 2025-03-31.",
        ),
        (
            parsed.dates.isna(),
            "the date cannot be read or is out of reason",
            "Write dates as 2025-07-14, 2025-07 or 14/07/2025.",
        ),
    ):
        if needed:
            account.set_aside(wrong, NO_DATE, what=what, do=do, column=column)
        else:
            account.remark(wrong & texts.notna() & account.open, what, do=do, column=column)
    account.remark(
        (parsed.dates > pd.Timestamp.now()) & account.open,
        "the date lies ahead of today",
        do="Check it.",
        column=column,
    )
    if (parsed.is_month & account.open).any():
        account.note("Some dates are months; the whole month counts to its quarter.")


def check_places(account: RowAccount, cells: pd.DataFrame, *, names: Mapping[str, str]) -> pd.DataFrame:
    """Clean ward codes and remark on what will not find its ward by code. The join settles what becomes of it."""
    codes = clean_codes(cells["ward_code"])
    given = [key for key in ("ward_code", "ward_name") if key in names]
    if given and not {"longitude", "easting"} & names.keys():
        nowhere = cells[given].isna().all(axis="columns") & account.open
        do = "Fill it in at the source."
        account.remark(nowhere, "no ward is named", do=do, column=names[given[0]], reason="unlocated")
    other = are_ons_codes(codes) & ~are_ward_codes(codes)
    odd = codes.notna() & ~are_ons_codes(codes)
    for rows, what, do in (
        (other, "the code is an area's, but not a ward's", "Give the ward's code."),
        (odd, "the code is not of the ONS form", "Give the ward's nine-character code."),
    ):
        account.remark(rows & account.open, what, do=do, column=names.get("ward_code"))
    return cells.assign(ward_code=codes)


def check_provenance(account: RowAccount, cells: pd.DataFrame) -> bool:
    """Tell whether a table is invented, and remark if only part of its open rows is."""
    if PROVENANCE not in cells.columns:
        account.settle(Invented(marked=False, others=bool(account.open.any())))
        return False
    marked = cells[PROVENANCE].str.casefold() == INVENTED
    said = Invented(marked=bool(marked.any()), others=not marked[account.open].all())
    account.settle(said)
    return said.marked


@dataclass(frozen=True)
class Invented:
    """Whether rows are marked as invented, and whether others, which are used, are not."""

    marked: bool
    others: bool

    @property
    def about(self) -> str:
        """Which question."""
        return PROVENANCE

    def plus(self, other: Fact) -> "Invented":
        """Add those of rows further on."""
        assert isinstance(other, Invented)
        return replace(self, marked=self.marked or other.marked, others=self.others or other.others)

    def judge(self, account: Teller) -> None:
        """Remark if only part of the rows is invented."""
        if self.marked and self.others:
            account.find(
                "some rows are marked as invented and others are not; the whole table counts as invented",
                do="Never mix invented and real rows.",
                column=PROVENANCE,
            )
