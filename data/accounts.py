"""Keeping account while a table is read: every row ends as used or under one reason, and each fault is said in words."""

from collections.abc import Mapping, Sequence

import pandas as pd

from data.errors import RefusedInputError
from data.reasons import say_reason
from data.remarks import Fact, Remark, name_files
from data.report import USED, Finding, NothingUsedError, TableReport

BLANK_ROW = "blank row"
NOTE_ROW = "note row"
TOTALS_ROW = "totals row"
REPEATED = "repeated"
NO_DATE = "no date"
NO_QUARTER = "no quarter"
NOT_KEPT = "not a kept category"
BAD_COUNT = "bad count"
MISSHAPEN = "misshapen row"


class RowAccount:
    """The outcome of each row of one table, and what was found on the way.

    Parameters
    ----------
    table
        Name of the table, for the report.
    cells
        The rows, with `source_row` and `source_file`. Its index is the account's.
    files
        Names of the files read, in order.
    notes
        Facts about the files that were noted before.
    """

    def __init__(self, table: str, cells: pd.DataFrame, *, files: Sequence[str], notes: Sequence[str] = ()) -> None:
        self._table, self._files = table, tuple(files)
        self._places = cells[["source_file", "source_row"]]
        self._outcome = pd.Series(USED, index=cells.index, dtype="str")
        self._said: list[Finding | Remark] = []
        self._notes = list(notes)

    @property
    def open(self) -> "pd.Series[bool]":
        """Rows that are still to be used."""
        return self._outcome == USED

    def set_aside(
        self,
        rows: "pd.Series[bool]",
        reason: str,
        *,
        what: str | None = None,
        do: str = "",
        column: str | None = None,
        each: "pd.Series[str] | None" = None,
    ) -> None:
        """Put rows that are still open under a reason; with `what`, say so row by row, with `each` each in its own words."""
        chosen = rows.fillna(False).astype(bool) & self.open
        if not chosen.any():
            return  # as most checks of most tables end
        if what:
            self.remark(chosen, what, do=do, column=column, reason=reason, each=each)
        self._outcome = self._outcome.mask(chosen, reason)

    def remark(
        self,
        rows: "pd.Series[bool]",
        what: str,
        *,
        do: str,
        column: str | None = None,
        reason: str | None = None,
        each: "pd.Series[str] | None" = None,
    ) -> None:
        """Add findings for rows, the first of them by name, then how many there are; their outcome stays as it is.

        With a reason, the rows are on their way out under it.
        """
        chosen = rows.fillna(False).astype(bool)
        if not chosen.any():
            return
        places = self._places[chosen]
        self._said.append(Remark.of(places, what=what, do=do, column=column, reason=reason, each=each))

    def find(self, what: str, *, do: str, column: str | None = None) -> None:
        """Add one finding about the table as a whole."""
        self._said.append(Finding(self._where(self._places), what, do, column=column))

    def note(self, sentence: str) -> None:
        """Add a fact that is not a fault."""
        self._notes.append(sentence)

    def settle(self, fact: Fact) -> None:
        """Judge what only all rows together tell. Here are all of them, so it is judged at once."""
        fact.judge(self)

    def require_some(self, *, do: str) -> None:
        """Refuse a table of which no row could be used.

        Raises
        ------
        NothingUsedError
            With the reasons and how many rows fell to each.
        """
        rows = {str(reason): int(n) for reason, n in self._outcome.value_counts().items()}
        require_used(rows, self._where(self._places), do=do, report=self.report())

    def report(self, *, columns_not_read: Sequence[str] = ()) -> TableReport:
        """Close the account."""
        counts = {
            str(reason): int(n) for reason, n in self._outcome.value_counts().sort_index().items() if reason != USED
        }
        return TableReport(
            table=self._table,
            files=self._files,
            rows_read=len(self._outcome),
            rows={USED: int(self.open.sum()), **counts},
            findings=tuple(finding for one in self._said for finding in one.findings()),
            columns_not_read=tuple(columns_not_read),
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def _where(self, places: pd.DataFrame) -> str:
        return name_files(list(places["source_file"].unique()) or list(self._files))


def require_used(rows: Mapping[str, int], where: str, *, do: str, report: TableReport | None = None) -> None:
    """Refuse a table of which no row could be used.

    Raises
    ------
    RefusedInputError
        With the reasons and how many rows fell to each; a `NothingUsedError` if there is a report of the table.
    """
    if rows.get(USED):
        return
    reasons = "; ".join(f"{say_reason(reason)} ({n:,})" for reason, n in rows.items() if n)
    said = f"no row could be used: {reasons}" if reasons else "there are no rows under the headings"
    sentence = f"{where}: {said}. {do}"
    raise NothingUsedError(sentence, report=report) if report else RefusedInputError(sentence)
