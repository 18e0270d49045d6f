"""What to do about rows of a load that are not used, in the same words on the screen and on the command line."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.reasons import NEVER_TO_COUNT
from data.report import TableReport

TOO_MANY = 0.05
"""Share of the rows of a table lost from which a load should not be accepted as it is."""
_NO_FAULT = (*NEVER_TO_COUNT, "outside")
"""Reasons for which nothing has to be put right: a point outside the area is none of this area's."""
_ADVICE = (
    "That is more than one in twenty, so too much would be missing: have the file corrected first, and load it again. "
    "The list above can be sent to whoever keeps it."
)


@dataclass(frozen=True)
class UnusedRows:
    """Rows that are not used and should be: how many, and whether they are too many."""

    sentence: str
    advice: str
    """What to do, where they are too many; else empty."""


def unused_rows(reports: Sequence[TableReport]) -> UnusedRows | None:
    """Say how many rows of a load are not used that should be; `None` if all are. Tables that lost too many are named."""
    lost = [sum(rows for reason, rows in one.not_used.items() if reason not in _NO_FAULT) for one in reports]
    counted = list(zip(lost, reports, strict=True))
    over = [_say(rows, one.rows_read, of=one.table) for rows, one in counted if rows > TOO_MANY * one.rows_read]
    if over:
        return UnusedRows(" ".join(over), _ADVICE)
    if any(lost):
        return UnusedRows(_say(sum(lost), sum(one.rows_read for one in reports)), "")
    return None


def _say(lost: int, read: int, *, of: str = "") -> str:
    counted = f"{lost:,} of {read:,} rows {'is' if lost == 1 else 'are'} not used."
    return f"{of.capitalize()}: {counted}" if of else counted
