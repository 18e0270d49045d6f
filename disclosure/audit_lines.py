"""An entry of the audit trail as a line of text, and what its cells say in words."""

import json
from collections.abc import Mapping

from disclosure.audit_chain import Row

_NAMES = {"ward": "ward", "window_to": "window to", "quarters": "quarters", "reason": "reason"}
"""What is told first of the choices, and by which name."""
_SECONDS = len("2026-03-31T12:00:00")


def entry_line(row: Row) -> str:
    """Write a row as one line of text."""
    parts = [str(row.number), said_time(row), row.who, row.action, row.what]
    if row.audience:
        parts.append(f"for {row.audience}")
    parts += [one for one in (row.snapshot, said_choices(row.detail), f"settings {row.settings}") if one]
    return "  ".join(parts)


def said_time(row: Row) -> str:
    """Say when a row was made, to the second (UTC)."""
    return row.made_at[:_SECONDS].replace("T", " ")


def said_choices(detail: str) -> str:
    """Say the details in words. What is no such text is shown as it stands: it is for `verify` to object."""
    try:
        said = json.loads(detail)
    except ValueError:
        return detail
    if not isinstance(said, Mapping):
        return detail
    keys = [*(key for key in _NAMES if key in said), *(key for key in said if key not in _NAMES)]
    return "; ".join(f"{_NAMES.get(key, key)} {said[key]}" for key in keys)
