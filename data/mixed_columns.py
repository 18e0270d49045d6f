"""Columns that have changed places, told by the form of what stands in them, never by a value.

Only what has a form of its own can be told so. Categories and sectors are whatever the data say, so that a file that has these
two the wrong way round reads like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data.accounts import RowAccount
from data.errors import RefusedInputError
from data.numbers import parse_numbers
from data.quarter_texts import parse_quarters
from data.remarks import Fact, Teller

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
    if not said.any():
        return
    known = bool(labels[said].notna().any())
    mixed_up = "" if known else _what_is_mixed_up(cells[said], names=names)
    account.settle(QuartersSaid(str(cells["source_file"].iloc[0]), names["quarter"], int(said.sum()), known, mixed_up))


@dataclass(frozen=True)
class QuartersSaid:
    """Whether anything in the quarter column is a quarter."""

    file: str
    column: str
    rows: int
    known: bool
    mixed_up: str

    @property
    def about(self) -> str:
        """Which question."""
        return "quarters"

    def plus(self, other: Fact) -> "QuartersSaid":
        """Add those of rows further on."""
        assert isinstance(other, QuartersSaid)
        return replace(self, rows=self.rows + other.rows, known=self.known or other.known)

    def judge(self, _account: Teller) -> None:
        """Refuse a table of which no row has a quarter."""
        if not self.known:
            raise RefusedInputError(
                f"{self.file}, column '{self.column}': not one of its {self.rows:,} rows is a quarter. A quarter looks like "
                f"2025/26 Q2, or is a date or month inside it, such as 2025-07. {self.mixed_up}"
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
