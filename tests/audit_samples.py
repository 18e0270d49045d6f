"""Trails for tests, and ways to tamper with them that need no more than the right to write the files."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from disclosure.audit import Action, AuditEntry, AuditTrail, UnrecordedError, What
from disclosure.audit_chain import BEGINNING, Row, Sealer, sealer_of
from tests.record_places import place_in

KEY = "a key for tests only"


def make_trail(folder: Path, *, rows: int = 0, key: str | None = None) -> AuditTrail:
    """A trail with some entries."""
    trail = AuditTrail(place_in(folder), anchor=folder / "records.anchor", sealer=sealer_of(key))
    for number in range(rows):
        trail.record(make_entry(number))
    return trail


def make_entry(number: int = 0) -> AuditEntry:
    return AuditEntry(
        [Action.SAW, Action.EXPORTED][number % 2],
        f"os:person{number % 3}",
        What.EXPLORE,
        audience="analyst",
        snapshot="2025-26-q2-0123456789ab",
        detail={"quarters": str(number)},
    )


def tamper(folder: Path, *statements: str) -> None:
    """Take the fences away and run statements on the table."""
    with closing(sqlite3.connect(folder / "records.db", isolation_level=None)) as connection:
        for fence in ("changed", "removed", "put_in"):
            connection.execute(f"DROP TRIGGER audit_not_{fence}")
        for statement in statements:
            connection.execute(statement)


def rechain(folder: Path, *, since: int = 1) -> None:
    """Write the hashes of the chain anew, as one could who knows this program but not the key."""
    with closing(sqlite3.connect(folder / "records.db", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        before = BEGINNING
        for found in connection.execute("SELECT * FROM audit ORDER BY number").fetchall():
            row = Row(**{**dict(found), "previous_hash": before})
            if row.number >= since:
                connection.execute(
                    "UPDATE audit SET previous_hash = ?, row_hash = ? WHERE number = ?",
                    (before, Sealer().hash_of(row), row.number),
                )
                before = Sealer().hash_of(row)
            else:
                before = found["row_hash"]


@contextmanager
def unrecorded(sentence: str) -> "Iterator[pytest.ExceptionInfo[UnrecordedError]]":
    """Hold what is refused inside to a pattern of the sentence for whoever looks after the server."""
    with pytest.raises(UnrecordedError) as refused:
        yield refused
    assert re.search(sentence, refused.value.for_operator), refused.value.for_operator
