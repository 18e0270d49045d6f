"""The account of a load: what was read, what was used, and why the rest was not. It never holds a value."""

from dataclasses import dataclass, field

from data.errors import RefusedInputError

USED = "used"


@dataclass(frozen=True)
class Finding:
    """One thing worth a person's attention: where it is, what it is, what to do about it."""

    file: str
    what: str
    do: str
    row: int | None = None
    """Row as a spreadsheet numbers it: the heading is row 1 (or stands where the settings say)."""
    column: str | None = None
    reason: str | None = None
    """Why the row was not used, as `TableReport.rows` calls it; none if it was used all the same, or this is of no single row."""

    def findings(self) -> list["Finding"]:
        """Give itself, as what is found in many rows gives one for each."""
        return [self]

    def sentence(self) -> str:
        """Say it in one line."""
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        return f"{place}: {self.what}. {self.do}"


@dataclass(frozen=True)
class TableReport:
    """What became of every row of one input table.

    `rows` counts rows by outcome: `used`, and one entry for each reason that a row was not used (`totals row`,
    `repeated`, `no location`, `outside`, `unmatched ward`, `no date`, `not a kept category`, `rejected`, ...).
    """

    table: str
    files: tuple[str, ...]
    rows_read: int
    rows: dict[str, int]
    findings: tuple[Finding, ...] = ()
    columns_not_read: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """Facts that are not faults, one sentence each."""

    def __post_init__(self) -> None:
        """Refuse an account that does not add up: that would be a row lost silently."""
        if sum(self.rows.values()) != self.rows_read:
            raise ValueError(f"{self.table}: {self.rows_read} rows read but {sum(self.rows.values())} accounted for")

    def by_row(self) -> list[Finding]:
        """Give the findings in the order of the files and their rows, then those that are of no single row."""
        order = {file: at for at, file in enumerate(self.files)}
        return sorted(self.findings, key=lambda one: (one.row is None, order.get(one.file, len(order)), one.row or 0))

    @property
    def used(self) -> int:
        """Rows that went on into the snapshot."""
        return self.rows.get(USED, 0)

    @property
    def not_used(self) -> dict[str, int]:
        """Rows that did not, by reason."""
        return {reason: n for reason, n in self.rows.items() if reason != USED and n}


class NothingUsedError(RefusedInputError):
    """An input of which no row could be used. What was found in it is told all the same."""

    def __init__(self, sentence: object, *, report: TableReport) -> None:
        """Say it, with the account of every row."""
        super().__init__(sentence)
        self.report = report
