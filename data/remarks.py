"""What is found in many rows, as facts that add up: of a table as a whole, or of one block of it after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

from data.report import Finding

SHOWN_PER_KIND = 200
"""Findings of one kind that name their row; a last one says how many there are in all."""


class Teller(Protocol):
    """Who is told of a table as a whole."""

    def find(self, what: str, *, do: str, column: str | None = None) -> None:
        """Take in a fault."""

    def note(self, sentence: str) -> None:
        """Take in a fact that is not a fault."""


class Fact(Protocol):
    """What some rows tell of a question that only all rows of an input answer. Those of two parts of the rows add up."""

    @property
    def about(self) -> str:
        """Which question: facts of the same one are added."""

    def plus(self, other: "Fact") -> "Fact":
        """Add those of rows further on."""

    def judge(self, account: Teller) -> None:
        """Say what follows from the facts of all rows, or refuse the input."""


@dataclass(frozen=True)
class RowsWith:
    """How many rows have something that is no fault, for a note."""

    what: str
    rows: int

    @property
    def about(self) -> str:
        """Which question."""
        return f"rows with {self.what}"

    def plus(self, other: Fact) -> "RowsWith":
        """Add those of rows further on."""
        assert isinstance(other, RowsWith)
        return replace(self, rows=self.rows + other.rows)

    def judge(self, account: Teller) -> None:
        """Note them."""
        if self.rows:
            account.note(f"Rows with {self.what}: {self.rows:,}.")


@dataclass(frozen=True)
class Remark:
    """One kind of fault: in how many rows, and where the first of them are."""

    what: str
    do: str
    column: str | None
    rows: int
    first: tuple[tuple[str, int], ...]
    """File and row, at most `SHOWN_PER_KIND`."""
    files: tuple[str, ...]
    reason: str | None = None
    """Why these rows were not used; none if they were."""
    each: tuple[str, ...] = ()
    """What is said of each of the first, where that differs from row to row."""

    @classmethod
    def of(
        cls,
        places: pd.DataFrame,
        *,
        what: str,
        do: str,
        column: str | None,
        reason: str | None = None,
        each: "pd.Series[str] | None" = None,
    ) -> "Remark":
        """Make one of rows with `source_file` and `source_row`; `each`, on their index, says more of each of them."""
        shown = places.head(SHOWN_PER_KIND)
        first = zip(shown["source_file"].astype(str).tolist(), shown["source_row"].tolist(), strict=True)
        files = tuple(str(file) for file in places["source_file"].unique())
        said = () if each is None else tuple(each.loc[shown.index].tolist())
        return cls(what, do, column, rows=len(places), first=tuple(first), files=files, reason=reason, each=said)

    def plus(self, other: "Remark") -> "Remark":
        """Add the same fault in rows further on."""
        return replace(
            self,
            rows=self.rows + other.rows,
            first=(self.first + other.first)[:SHOWN_PER_KIND],
            each=(self.each + other.each)[:SHOWN_PER_KIND],
            files=tuple(dict.fromkeys(self.files + other.files)),
        )

    def findings(self) -> list[Finding]:
        """Name the first rows, then how many there are."""
        said = self.each or (self.what,) * len(self.first)
        named = [
            Finding(file, what, self.do, row=row, column=self.column, reason=self.reason)
            for what, (file, row) in zip(said, self.first, strict=True)
        ]
        if self.rows <= SHOWN_PER_KIND:
            return named
        what = f"{self.what} (in {self.rows:,} rows altogether)"
        return [*named, Finding(name_files(self.files), what, self.do, column=self.column)]


def name_files(files: Sequence[str]) -> str:
    """Name the files that something is in: the one, or how many."""
    return str(files[0]) if len(files) == 1 else f"{len(files)} files"
