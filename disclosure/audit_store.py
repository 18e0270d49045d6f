"""Where the rows of the audit trail are kept: one table of a relational database that only grows.

SQLite with a write-ahead log; a row counts as recorded once it outlives a loss of power (`synchronous=FULL`). Whoever appends
holds the database's write lock while reading the end of the chain and adding to it, so that processes and threads that append at
once make one chain.

Nothing here but the pragmas, the lock and the triggers is SQLite's own.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from threading import Lock

from sqlalchemy import (
    DDL,
    URL,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from disclosure.audit_chain import EMPTY, Head, Row
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
_FENCES = {
    "changed": "BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END",
    "removed": "BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'nothing is removed from the audit trail'); END",
    "put_in": "BEFORE INSERT ON audit WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM audit) "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail grows at its end only'); END",
}
"""A first fence against mistakes. Whoever may write the file may take it away: that the chain is there for."""

TABLES = MetaData()
AUDIT = Table(
    "audit",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=False),
    *(Column(name, String(200), nullable=False) for name in ("made_at", "action", "who", "what", "audience")),
    *(Column(name, String(200), nullable=False) for name in ("snapshot", "settings")),
    Column("detail", Text, nullable=False),
    *(Column(name, String(200), nullable=False) for name in ("software", "previous_hash", "row_hash")),
)
for _name, _fence in _FENCES.items():
    _trigger = DDL(f"CREATE TRIGGER audit_not_{_name} {_fence}")  # type: ignore[no-untyped-call]
    event.listen(AUDIT, "after_create", _trigger.execute_if(dialect="sqlite"))


@dataclass(frozen=True)
class Wanted:
    """Which entries are asked for; everything if nothing is said."""

    who: str = ""
    actions: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    """The last day, UTC."""


class AuditStore:
    """The table in one database file."""

    def __init__(self, path: Path) -> None:
        """Name the file. It is made, for its owner alone, when the first row is written."""
        self.path = path
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
                TABLES.create_all(connection)
                yield connection

    @contextmanager
    def locked(self) -> Iterator[Connection | None]:
        """Hold the write lock without making anything; gives `None` where there is no table yet."""
        if not self.path.is_file():
            yield None
            return
        with self._said_plainly(), self._lock() as connection:
            yield connection if inspect(connection).has_table(AUDIT.name) else None

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """Read without a lock; gives `None` where there is no table yet."""
        if not self.path.is_file():
            yield None
            return
        with self._said_plainly(), self._connected() as connection:
            yield connection if inspect(connection).has_table(AUDIT.name) else None

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


def last_row(connection: Connection) -> Row | None:
    """Give the row at the end of the chain."""
    found = connection.execute(select(AUDIT).order_by(AUDIT.c.number.desc()).limit(1)).one_or_none()
    return None if found is None else Row(**found._mapping)


def head_of(row: Row | None) -> Head:
    """Give the head of a chain that ends with a row."""
    return EMPTY if row is None else Head(row.number, row.row_hash)


def add_row(connection: Connection, row: Row) -> None:
    """Add a row at the end."""
    connection.execute(insert(AUDIT).values(asdict(row)))


def rows_to(connection: Connection, number: int) -> Iterator[Row]:
    """Give all rows up to a number, in their order, a few at a time."""
    query = select(AUDIT).where(AUDIT.c.number <= number).order_by(AUDIT.c.number)
    for found in connection.execution_options(yield_per=1000).execute(query):
        yield Row(**found._mapping)


def wanted_rows(connection: Connection, wanted: Wanted, *, size: int, page: int) -> list[Row]:
    """Give one page of the rows that are asked for, the newest first."""
    query = select(AUDIT)
    if wanted.who:
        query = query.where(AUDIT.c.who == wanted.who)
    if wanted.actions:
        query = query.where(AUDIT.c.action.in_(wanted.actions))
    if wanted.since:
        query = query.where(AUDIT.c.made_at >= wanted.since.isoformat())
    if wanted.until:
        query = query.where(AUDIT.c.made_at < (wanted.until + timedelta(days=1)).isoformat())
    newest_first = query.order_by(AUDIT.c.number.desc()).limit(size).offset(page * size)
    return [Row(**found._mapping) for found in connection.execute(newest_first)]


def everybody(connection: Connection) -> list[str]:
    """Give everyone who is in the trail."""
    return list(connection.execute(select(AUDIT.c.who).distinct().order_by(AUDIT.c.who)).scalars())


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
