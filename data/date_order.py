"""What is said of a column whose dates could be day first or month first, and when such a column is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data.accounts import RowAccount
from data.dates import ParsedDates
from data.errors import RefusedInputError
from data.remarks import Fact, Teller

_SLIPS = 0.05
"""So small a share of dates that are possible only month first, among those of a file that tell, are slips of the hand."""


def check_date_order(account: RowAccount, parsed: ParsedDates, cells: pd.DataFrame, *, column: str) -> None:
    """Say how a column's dates were read: `03/04/2025` is 3 April or 4 March.

    Parameters
    ----------
    parsed
        The dates of one column, of all files together, or of a block of their rows.
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
    account.settle(
        DateOrder(
            column,
            _telling(parsed, cells),
            ambiguous=int(parsed.is_ambiguous.sum()),
            ambiguous_open=int((parsed.is_ambiguous & account.open).sum()),
            telling_open=int((parsed.is_day_first & account.open).sum()),
        )
    )


@dataclass(frozen=True)
class Telling:
    """Dates of one file that can be read in one way only."""

    month_first: int
    day_first: int
    row: int | None
    """The first that is possible only month first."""

    def plus(self, other: "Telling") -> "Telling":
        """Add those of rows further on."""
        row = other.row if self.row is None else self.row
        return Telling(self.month_first + other.month_first, self.day_first + other.day_first, row)


@dataclass(frozen=True)
class DateOrder:
    """What a column tells of which comes first in it, day or month."""

    column: str
    files: Mapping[str, Telling]
    ambiguous: int
    ambiguous_open: int
    telling_open: int

    @property
    def about(self) -> str:
        """Which question."""
        return f"date order of {self.column}"

    @property
    def month_first(self) -> int:
        """Dates that can be read only month first."""
        return sum(one.month_first for one in self.files.values())

    @property
    def day_first(self) -> int:
        """Dates that can be read only day first."""
        return sum(one.day_first for one in self.files.values())

    @property
    def read_month_first(self) -> bool:
        """Whether what is ambiguous is read month first, as all that tells is."""
        return self.month_first > 0 and not self.day_first

    def plus(self, other: Fact) -> "DateOrder":
        """Add those of rows further on."""
        assert isinstance(other, DateOrder)
        none = Telling(0, 0, None)
        names = dict.fromkeys([*self.files, *other.files])
        return replace(
            self,
            files={name: self.files.get(name, none).plus(other.files.get(name, none)) for name in names},
            ambiguous=self.ambiguous + other.ambiguous,
            ambiguous_open=self.ambiguous_open + other.ambiguous_open,
            telling_open=self.telling_open + other.telling_open,
        )

    def judge(self, account: Teller) -> None:
        """Say how the dates were read, or refuse the column."""
        if self.read_month_first:
            self._tell_month_first(account)
            return
        self._refuse_both()
        if not self.ambiguous_open:
            return
        ambiguous, telling = self.ambiguous_open, self.telling_open
        could_be = f"In the column '{self.column}' {ambiguous:,} {_dates(ambiguous)} could be read month first as well"
        if telling:
            account.note(
                f"{could_be}; they were read day first, as {telling:,} {_dates(telling, others=True)} must be."
            )
        else:
            account.note(f"{could_be}, and no other date shows which comes first; they were read day first.")

    def _tell_month_first(self, account: Teller) -> None:
        account.find(
            f"the dates were read month first: {self.month_first:,} {_dates(self.month_first)} can be read only so, none only "
            f"day first, and {self.ambiguous:,} could be read either way",
            do="If that is wrong, write the column's dates as 2025-03-31 at the source and load it again.",
            column=self.column,
        )

    def _refuse_both(self) -> None:
        for file, telling in self.files.items():
            n, others = telling.month_first, telling.day_first
            if n <= _SLIPS * (n + others):
                continue
            elsewhere = "" if others else " of the other files"
            raise RefusedInputError(
                f"{file}, column '{self.column}': {n:,} {_dates(n)} can be read only month first (the first in row "
                f"{telling.row}), and {self.day_first:,}{elsewhere} only day first, so the rest cannot be told. "
                "Write all dates as 2025-03-31 at the source."
            )


def _telling(parsed: ParsedDates, cells: pd.DataFrame) -> dict[str, Telling]:
    telling = cells.loc[parsed.is_month_first | parsed.is_day_first, ["source_file", "source_row"]]
    files = {}
    for file, rows in telling.groupby("source_file", sort=False):
        month_first = parsed.is_month_first.loc[rows.index]
        first = rows.loc[month_first, "source_row"].tolist()
        files[str(file)] = Telling(len(first), len(rows) - len(first), first[0] if first else None)
    return files


def _dates(n: int, *, others: bool = False) -> str:
    return ("other" if others else "date") if n == 1 else ("others" if others else "dates")
