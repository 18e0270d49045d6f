"""Records in a file: SQLite with a write-ahead log, in which what is written counts once it outlives a loss of power.

Whoever writes holds the database's write lock from the first look to the last row (`BEGIN IMMEDIATE`).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import URL, Connection, Engine, create_engine, event

from disclosure.audit_entries import DamagedError, UnrecordedError

PATIENCE = 10.0
"""Seconds to wait for others who are writing."""
_DAMAGED = ("not a database", "malformed", "no such", "has no column")
_REASONS = {
    "full": "the disk is full. Make room, then try again.",
    "no space": "the disk is full. Make room, then try again.",
    "locked": "another program holds it. Try again; if that does not help, see which program it is.",
    "readonly": "it is read-only. Check its permissions and those of its folder.",
    "read-only": "it is read-only. Check its permissions and those of its folder.",
    "unable to open": "it cannot be opened. Check its permissions and those of its folder.",
    "permission": "it cannot be opened. Check its permissions and those of its folder.",
}
_OTHERWISE = "check the disk, the permissions and the space left, then try again."
_WRITES = "ward_overlap_writes"


class SqliteRecords:
    """One database file."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        self._path = path
        self.engine = _open(path)
        self._connected_to, self._changing = (0, 0, 0), Lock()

    def is_there(self) -> bool:
        """Whether there is a file to read."""
        return self._path.is_file()

    def files(self) -> list[Path]:
        """Give the database and what belongs to it while it is open."""
        return [self._path, *(self._path.with_name(f"{self._path.name}-{part}") for part in ("wal", "shm"))]

    def make(self) -> None:
        """Make the file before the database does, which would let others read it."""
        if self._path.exists():
            return
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600))

    def make_schema(self, connection: Connection) -> None:
        """Do nothing: a file has its one schema."""

    @contextmanager
    def locked(self) -> Iterator[Connection]:
        """Hold the write lock; what was done is kept when the block has ended without an error."""
        with self.reading() as connection, connection.execution_options(**{_WRITES: True}).begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Connect to the file that has the name now: an open connection would go on writing to one that was replaced."""
        here = (os.getpid(), self._path.stat().st_dev, self._path.stat().st_ino)
        with self._changing:
            if here != self._connected_to:
                # What a fork inherited is left open: closing it here would end its locks over there.
                self.engine.dispose(close=here[0] == self._connected_to[0])
                self._connected_to = here
        with self.engine.connect() as connection:
            yield connection

    def said(self, error: BaseException) -> UnrecordedError:
        """Say in a sentence what went wrong."""
        text = str(getattr(error, "orig", error)).lower()
        for sign in _DAMAGED:
            if sign in text:
                return DamagedError(
                    f"The record {self._path} is damaged or was changed by something else: it cannot be read. Restore it, with "
                    "its anchor, from a backup.",
                    why="the record is damaged.",
                )
        why = next((sentence for sign, sentence in _REASONS.items() if sign in text), _OTHERWISE)
        return UnrecordedError(
            f"What is done here must be recorded first, and the record {self._path} cannot be written: {why}",
            why=f"the record cannot be written: {why}",
        )


def _open(path: Path) -> Engine:
    url = URL.create("sqlite", database=str(path))
    # Errors would repeat what was to be stored.
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: object, _: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # transactions are begun in _begin, not by the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}").close()  # type: ignore[attr-defined]


def _begin(connection: Connection) -> None:
    # The lock is taken before the end of the chain is read: taken later, another could have added to it meanwhile.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")
