"""The audit trail for reading: a table for the screen, a marked file to hand over."""

from collections.abc import Sequence

import pandas as pd

from disclosure.audit_chain import Row
from disclosure.audit_lines import said_choices, said_time
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


def entry_table(rows: Sequence[Row]) -> pd.DataFrame:
    """Arrange rows as a table with the columns of `COLUMNS`, all text but the number."""
    content = [{**row.__dict__, "made_at": said_time(row), "detail": said_choices(row.detail)} for row in rows]
    table = pd.DataFrame(content, columns=list(COLUMNS))
    return table.astype({column: "int64" if column == "number" else "str" for column in COLUMNS})


def entry_csv(rows: Sequence[Row], *, marking: Sequence[str]) -> str:
    """Write rows as CSV, the marking in a column of its own; what a spreadsheet would run as a formula is made text."""
    return table_csv(entry_table(rows).assign(marking=" ".join(marking)))
