"""What every reader hands on: the rows in canonical columns, and the account of how they were read."""

from dataclasses import dataclass
from typing import Generic, TypeVar

import pandas as pd

from data.report import TableReport

Frame = TypeVar("Frame", bound=pd.DataFrame)


@dataclass(frozen=True)
class Table(Generic[Frame]):
    """One input table, read and checked.

    `rows` has the canonical columns of its kind (`docs/architecture.md`), then `source_row` and `source_file`.
    It holds only rows that were used; what became of the others stands in `report`.
    """

    rows: Frame
    report: TableReport
    invented: bool = False
    """True where the file carries the reserved column `provenance` with the value `invented`."""
