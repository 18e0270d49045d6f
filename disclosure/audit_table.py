"""The audit trail for reading: a line for the command line, a table for the screen, a marked file to hand over."""

import json
from collections.abc import Mapping, Sequence

import pandas as pd

from disclosure.audit_chain import Row
from disclosure.export import table_csv

COLUMNS = {
    "number": "Row",
    "made_at": "When (UTC)",
    "who": "Who",
    "action": "Did",
    "what": "What",
    "audience": "View for",
    "snapshot": "Snapshot",
    "detail": "Choices",
    "settings": "Settings",
    "software": "Software",
    "row_hash": "Hash",
}
"""Column of the table: its heading, in the order they are shown."""
_NAMES = {"ward": "ward", "window_to": "window to", "quarters": "quarters", "reason": "reason"}
"""What is told first of the choices, and by which name."""
_SECONDS = len("2026-03-31T12:00:00")


def entry_line(row: Row) -> str:
    """Write a row as one line of text."""
    parts = [str(row.number), _when(row), row.who, row.action, row.what]
    if row.audience:
        parts.append(f"for {row.audience}")
    parts += [one for one in (row.snapshot, _choices(row.detail), f"settings {row.settings}") if one]
    return "  ".join(parts)


def entry_table(rows: Sequence[Row]) -> pd.DataFrame:
    """Arrange rows as a table with the columns of `COLUMNS`, all text but the number."""
    content = [{**row.__dict__, "made_at": _when(row), "detail": _choices(row.detail)} for row in rows]
    table = pd.DataFrame(content, columns=list(COLUMNS))
    return table.astype({column: "int64" if column == "number" else "str" for column in COLUMNS})


def entry_csv(rows: Sequence[Row], *, marking: Sequence[str]) -> str:
    """Write rows as CSV, the marking in a column of its own; what a spreadsheet would run as a formula is made text."""
    return table_csv(entry_table(rows).assign(marking=" ".join(marking)))


def _when(row: Row) -> str:
    return row.made_at[:_SECONDS].replace("T", " ")


def _choices(detail: str) -> str:
    """Say the details in words. What is no such text is shown as it stands: it is for `verify` to object."""
    try:
        said = json.loads(detail)
    except ValueError:
        return detail
    if not isinstance(said, Mapping):
        return detail
    keys = [*(key for key in _NAMES if key in said), *(key for key in said if key not in _NAMES)]
    return "; ".join(f"{_NAMES.get(key, key)} {said[key]}" for key in keys)
