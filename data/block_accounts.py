"""The account of an input that is read block by block: each block keeps its own, and what they say adds up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from data.accounts import RowAccount, require_used
from data.remarks import Fact, Remark, name_files
from data.report import USED, Finding, TableReport


class BlockAccount(RowAccount):
    """The account of one block of rows. What only all rows together tell is kept, to be judged at the end."""

    def __init__(self, table: str, cells: pd.DataFrame, *, notes: Sequence[str] = ()) -> None:
        super().__init__(table, cells, files=(), notes=notes)
        self._facts: dict[str, Fact] = {}

    def settle(self, fact: Fact) -> None:
        """Keep a fact."""
        before = self._facts.get(fact.about)
        self._facts[fact.about] = before.plus(fact) if before else fact

    def close(self) -> "BlockReport":
        """Say what became of the rows."""
        remarks: dict[tuple[str, str | None], Remark] = {}
        for said in self._said:
            assert isinstance(said, Remark)  # what is found in a table as a whole is a fact
            remarks = _added(remarks, {(said.what, said.column): said})
        rows = {str(reason): int(n) for reason, n in self._outcome.value_counts().items()}
        return BlockReport(rows, remarks, self._facts, tuple(dict.fromkeys(self._notes)))


@dataclass(frozen=True)
class BlockReport:
    """What became of the rows of some blocks."""

    rows: Mapping[str, int] = field(default_factory=dict)
    """By outcome."""
    remarks: Mapping[tuple[str, str | None], Remark] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def plus(self, other: "BlockReport") -> "BlockReport":
        """Add the account of blocks further on."""
        outcomes = dict.fromkeys([*self.rows, *other.rows])
        facts = dict(self.facts)
        for about, fact in other.facts.items():
            facts[about] = facts[about].plus(fact) if about in facts else fact
        return BlockReport(
            {reason: self.rows.get(reason, 0) + other.rows.get(reason, 0) for reason in outcomes},
            _added(self.remarks, other.remarks),
            facts,
            tuple(dict.fromkeys(self.notes + other.notes)),
        )

    def settled(self, table: str, *, files: Sequence[str], columns_not_read: Sequence[str]) -> TableReport:
        """Judge what all rows together tell, and close the account.

        Raises
        ------
        RefusedInputError
            If the input cannot be used as it stands.
        """
        whole = _Whole(name_files(files))
        for fact in self.facts.values():
            fact.judge(whole)
        require_used(self.rows, whole.where, do="Correct the file or the settings.")
        others = {reason: n for reason, n in sorted(self.rows.items()) if reason != USED}
        remarked = [finding for remark in self.remarks.values() for finding in remark.findings()]
        return TableReport(
            table=table,
            files=tuple(files),
            rows_read=sum(self.rows.values()),
            rows={USED: self.rows.get(USED, 0), **others},
            findings=(*whole.findings, *remarked),
            columns_not_read=tuple(columns_not_read),
            notes=tuple(dict.fromkeys([*self.notes, *whole.notes])),
        )


@dataclass
class _Whole:
    """Takes in what is said of all rows together."""

    where: str
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def find(self, what: str, *, do: str, column: str | None = None) -> None:
        self.findings.append(Finding(self.where, what, do, column=column))

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)


def _added(
    one: Mapping[tuple[str, str | None], Remark], other: Mapping[tuple[str, str | None], Remark]
) -> dict[tuple[str, str | None], Remark]:
    both = dict(one)
    for kind, remark in other.items():
        both[kind] = both[kind].plus(remark) if kind in both else remark
    return both
