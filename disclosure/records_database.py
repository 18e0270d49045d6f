"""The database of what people do: one file that several tables share, and how it is opened, locked and written.

SQLite with a write-ahead log; what is written counts once it outlives a loss of power (`synchronous=FULL`). Whoever writes holds
the database's write lock from the first look to the last row, so that processes and threads that write at once come one after
the other.

Nothing here but the pragmas, the lock and the triggers is SQLite's own.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import DDL, URL, Connection, Engine, MetaData, Table, create_engine, event, inspect
from sqlalchemy.exc import SQLAlchemyError

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


class RecordsDatabase:
    """Some tables in one database file."""

    def __init__(self, path: Path, *, tables: MetaData) -> None:
        """Name the file and the tables. Both are made, the file for its owner alone, when the first row is written."""
        self.path = path
        self._tables = tables
        self._engine = _open(path)
        self._connected_to, self._changing = (0, 0, 0), Lock()

    def files(self) -> list[Path]:
        """Give the database and what belongs to it while it is open."""
        return [self.path, *(self.path.with_name(f"{self.path.name}-{part}") for part in ("wal", "shm"))]

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the write lock; what was added is on disk when the block has ended without an error.

        Raises
        ------
        UnrecordedError
            If the database cannot be written, saying why.
        """
        with self._said_plainly():
            self._make_file()
            with self._lock() as connection:
                make_tables(connection, self._tables)
                yield connection

    @contextmanager
    def locked(self) -> Iterator[Connection | None]:
        """Hold the write lock without making anything; gives `None` where there is no table yet."""
        if not self.path.is_file():
            yield None
            return
        with self._said_plainly(), self._lock() as connection:
            yield connection if self._has_tables(connection) else None

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """Read without a lock; gives `None` where there is no table yet."""
        if not self.path.is_file():
            yield None
            return
        with self._said_plainly(), self._connected() as connection:
            yield connection if self._has_tables(connection) else None

    def _has_tables(self, connection: Connection) -> bool:
        """Whether any is there: one that is missing beside others is damage, and reading it says so."""
        return not set(self._tables.tables).isdisjoint(inspect(connection).get_table_names())

    @contextmanager
    def _lock(self) -> Iterator[Connection]:
        with self._connected() as connection, connection.execution_options(**{_WRITES: True}).begin():
            yield connection

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """Connect to the file that has the name now: an open connection would go on writing to one that was replaced."""
        here = (os.getpid(), self.path.stat().st_dev, self.path.stat().st_ino)
        with self._changing:
            if here != self._connected_to:
                # What a fork inherited is left open: closing it here would end its locks over there.
                self._engine.dispose(close=here[0] == self._connected_to[0])
                self._connected_to = here
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            raise _said(error, path=self.path) from error

    def _make_file(self) -> None:
        """Make the file before the database does, which would let others read it."""
        if self.path.exists():
            return
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))


def make_tables(connection: Connection, tables: MetaData) -> None:
    """Make those tables that are not there yet: one look where all of them are."""
    if not set(tables.tables) <= set(inspect(connection).get_table_names()):
        tables.create_all(connection)


def fence(table: Table, *, name: str, when: str, sentence: str) -> None:
    """Have the database itself refuse something: a first fence against mistakes, not against whoever may write the file.

    Parameters
    ----------
    when
        Moment and condition of the trigger, e.g. `BEFORE UPDATE ON audit`.
    sentence
        What is said to the program that tried.
    """
    body = f"CREATE TRIGGER {table.name}_not_{name} {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    event.listen(table, "after_create", DDL(body).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]


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


def _said(error: BaseException, *, path: Path) -> UnrecordedError:
    text = str(getattr(error, "orig", error)).lower()
    for sign in _DAMAGED:
        if sign in text:
            return DamagedError(
                f"The record {path} is damaged or was changed by something else: it cannot be read. Restore it, with its "
                "anchor, from a backup."
            )
    why = next((sentence for sign, sentence in _REASONS.items() if sign in text), _OTHERWISE)
    return UnrecordedError(f"What is done here must be recorded first, and the record {path} cannot be written: {why}")
