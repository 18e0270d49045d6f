"""Keeping account while a table is read: every row ends as used or under one reason, and each fault is said in words."""

from collections.abc import Sequence

import pandas as pd

from data.errors import RefusedInputError
from data.report import USED, Finding, TableReport

BLANK_ROW = "blank row"
NOTE_ROW = "note row"
TOTALS_ROW = "totals row"
REPEATED = "repeated"
NO_DATE = "no date"
NO_QUARTER = "no quarter"
NOT_KEPT = "not a kept category"
BAD_COUNT = "bad count"
MISSHAPEN = "misshapen row"

SHOWN_PER_KIND = 5
"""Findings of one kind that name their row; a last one says how many there are in all."""


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
        self._findings: list[Finding] = []
        self._notes = list(notes)

    @property
    def open(self) -> "pd.Series[bool]":
        """Rows that are still to be used."""
        return self._outcome == USED

    def set_aside(
        self, rows: "pd.Series[bool]", reason: str, *, what: str | None = None, do: str = "", column: str | None = None
    ) -> None:
        """Put rows that are still open under a reason; with `what`, say so row by row."""
        chosen = rows.fillna(False).astype(bool) & self.open
        if not chosen.any():
            return  # as most checks of most tables end
        if what:
            self.remark(chosen, what, do=do, column=column)
        self._outcome = self._outcome.mask(chosen, reason)

    def remark(self, rows: "pd.Series[bool]", what: str, *, do: str, column: str | None = None) -> None:
        """Add findings for rows, the first few by name, then how many there are; their outcome stays as it is."""
        chosen = rows.fillna(False).astype(bool)
        if not chosen.any():
            return
        places = self._places[chosen]
        for place in places.head(SHOWN_PER_KIND).itertuples():
            self._findings.append(
                Finding(str(place.source_file), what, do, row=int(str(place.source_row)), column=column)
            )
        if len(places) > SHOWN_PER_KIND:
            self._findings.append(
                Finding(self._where(places), f"{what} (in {len(places):,} rows altogether)", do, column=column)
            )

    def find(self, what: str, *, do: str, column: str | None = None) -> None:
        """Add one finding about the table as a whole."""
        self._findings.append(Finding(self._where(self._places), what, do, column=column))

    def note(self, sentence: str) -> None:
        """Add a fact that is not a fault."""
        self._notes.append(sentence)

    def require_some(self, *, do: str) -> None:
        """Refuse a table of which no row could be used.

        Raises
        ------
        RefusedInputError
            With the reasons and how many rows fell to each.
        """
        if self.open.any():
            return
        reasons = ", ".join(f"{reason} ({n:,})" for reason, n in self._outcome.value_counts().items())
        raise RefusedInputError(
            f"{self._where(self._places)}: "
            + (f"no row could be used: {reasons}" if reasons else "there are no rows under the headings")
            + f". {do}"
        )

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
            findings=tuple(self._findings),
            columns_not_read=tuple(columns_not_read),
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def _where(self, places: pd.DataFrame) -> str:
        files = list(places["source_file"].unique()) or list(self._files)
        return str(files[0]) if len(files) == 1 else f"{len(files)} files"
