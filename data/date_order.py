"""What is said of a column whose dates could be day first or month first, and when such a column is refused."""

import pandas as pd

from data.accounts import RowAccount
from data.dates import ParsedDates
from data.errors import RefusedInputError

_SLIPS = 0.05
"""So small a share of dates that are possible only month first, among those of a file that tell, are slips of the hand."""


def check_date_order(account: RowAccount, parsed: ParsedDates, cells: pd.DataFrame, *, column: str) -> None:
    """Say how a column's dates were read: `03/04/2025` is 3 April or 4 March.

    Parameters
    ----------
    parsed
        The dates of one column, of all files together.
    cells
        With `source_file` and `source_row`.
    column
        The column's heading.

    Raises
    ------
    RefusedInputError
        If dates that are possible only day first and others that are possible only month first stand in one column, and the
        fewer are too many for slips: which way round the others are cannot be told.
    """
    if parsed.read_month_first:
        _tell_month_first(account, parsed, column=column)
        return
    if parsed.is_month_first.any():
        _refuse_both(parsed, cells, column=column)
    ambiguous, telling = (int((rows & account.open).sum()) for rows in (parsed.is_ambiguous, parsed.is_day_first))
    if not ambiguous:
        return
    could_be = f"In the column '{column}' {ambiguous:,} {_dates(ambiguous)} could be read month first as well"
    if telling:
        account.note(f"{could_be}; they were read day first, as {telling:,} {_dates(telling, others=True)} must be.")
    else:
        account.note(f"{could_be}, and no other date shows which comes first; they were read day first.")


def _tell_month_first(account: RowAccount, parsed: ParsedDates, *, column: str) -> None:
    telling, ambiguous = (int(rows.sum()) for rows in (parsed.is_month_first, parsed.is_ambiguous))
    account.find(
        f"the dates were read month first: {telling:,} {_dates(telling)} can be read only so, none only day first, and "
        f"{ambiguous:,} could be read either way",
        do="If that is wrong, write the column's dates as 2025-03-31 at the source and load it again.",
        column=column,
    )


def _refuse_both(parsed: ParsedDates, cells: pd.DataFrame, *, column: str) -> None:
    for file, rows in cells.groupby("source_file", sort=False):
        month_first = parsed.is_month_first.loc[rows.index]
        n, others = int(month_first.sum()), int(parsed.is_day_first.loc[rows.index].sum())
        if n <= _SLIPS * (n + others):
            continue
        first = rows.loc[month_first, "source_row"].iloc[0]
        elsewhere = "" if others else " of the other files"
        raise RefusedInputError(
            f"{file}, column '{column}': {n:,} {_dates(n)} can be read only month first (the first in row {first}), and "
            f"{int(parsed.is_day_first.sum()):,}{elsewhere} only day first, so the rest cannot be told. "
            "Write all dates as 2025-03-31 at the source."
        )


def _dates(n: int, *, others: bool = False) -> str:
    return ("other" if others else "date") if n == 1 else ("others" if others else "dates")
