"""Columns that have changed places, told by the form of what stands in them, never by a value.

Only what has a form of its own can be told so. Categories and sectors are whatever the data say, so that a file that has these
two the wrong way round reads like any other.
"""

from collections.abc import Mapping

import pandas as pd

from data.accounts import RowAccount
from data.errors import RefusedInputError
from data.numbers import parse_numbers
from data.quarter_texts import parse_quarters

_MOST = 0.5


def refuse_quarters_as_counts(
    account: RowAccount, cells: pd.DataFrame, *, labels: "pd.Series[str]", names: Mapping[str, str]
) -> None:
    """Refuse a table of which no row has a quarter, saying what one looks like, and where quarters stand instead.

    Parameters
    ----------
    cells
        With `quarter`, `count` and `source_file`.
    labels
        The quarters as read.
    names
        Headings of `quarter`, and of `count` if there is one.

    Raises
    ------
    RefusedInputError
        If no open row that says anything in the quarter column has a quarter.
    """
    said = cells["quarter"].notna() & account.open
    if not said.any() or labels[said].notna().any():
        return
    place = f"{cells['source_file'].iloc[0]}, column '{names['quarter']}'"
    raise RefusedInputError(
        f"{place}: not one of its {int(said.sum()):,} rows is a quarter. A quarter looks like 2025/26 Q2, or is a date or month "
        f"inside it, such as 2025-07. {_what_is_mixed_up(cells[said], names=names)}"
    )


def _what_is_mixed_up(cells: pd.DataFrame, *, names: Mapping[str, str]) -> str:
    counts = cells["count"] if "count" in names else pd.Series(pd.NA, index=cells.index, dtype="str")
    # A large count has the form of one of Excel's days, and of a year and month.
    are_quarters = parse_quarters(counts.where(parse_numbers(counts).isna())).labels.notna()
    if are_quarters.mean() <= _MOST:
        return "Check which column the settings name as quarter, and correct that or the file."
    numbers = " and the quarter column holds numbers" if parse_numbers(cells["quarter"]).notna().mean() > _MOST else ""
    mixed_up = f"the count column ('{names['count']}') holds quarters{numbers}"
    return f"Columns are mixed up: {mixed_up}. Correct the file or the settings."
