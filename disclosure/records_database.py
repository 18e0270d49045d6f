"""The database of what people do: one place that several tables share, and how it is opened, locked and written.

A file of the store, or a schema in PostgreSQL (`disclosure/records_place.py`). Whoever writes holds a lock of the whole place
from the first look to the last row, so that processes and threads that write at once, on one machine or on several, come one
after the other.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.exc import SQLAlchemyError

from disclosure.records_place import Place
from disclosure.records_postgres import PostgresRecords
from disclosure.records_schema import check_revision, make_tables, table_names
from disclosure.records_sqlite import SqliteRecords


class RecordsDatabase:
    """Some tables in one database."""

    def __init__(self, path: Place, *, tables: MetaData) -> None:
        """Name the place and the tables. In a file both are made, for its owner alone, when the first row is written."""
        self.path = path
        self._tables = tables
        self._kept = SqliteRecords(path) if isinstance(path, Path) else PostgresRecords(path)

    @property
    def _engine(self) -> Engine:
        return self._kept.engine

    def files(self) -> list[Path]:
        """Give the database and what belongs to it while it is open: nothing of it is a file in PostgreSQL."""
        return self._kept.files()

    def close(self) -> None:
        """Let go of what is open; it can be used again."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the write lock; what was added is on disk when the block has ended without an error.

        Raises
        ------
        UnrecordedError
            If the database cannot be written, saying why.
        """
        with self._said_plainly():
            self._kept.make()
            with self._kept.locked() as connection:
                make_tables(connection, self._tables)
                yield connection

    @contextmanager
    def remaking(self, remake: Callable[[Connection], None]) -> Iterator[Connection]:
        """Hold the write lock, have the tables made or changed, then go on as in `writing`: all of it, or nothing.

        Raises
        ------
        UnrecordedError
            As of `writing`.
        """
        with self._said_plainly():
            self._kept.make()
            with self._kept.locked() as connection:
                self._kept.make_schema(connection)
                remake(connection)
                make_tables(connection, self._tables)
                yield connection

    @contextmanager
    def locked(self) -> Iterator[Connection | None]:
        """Hold the write lock without making anything; gives `None` where there is no table yet."""
        if not self._kept.is_there():
            yield None
            return
        with self._said_plainly(), self._kept.locked() as connection:
            yield connection if self._has_tables(connection) else None

    @contextmanager
    def reading(self) -> Iterator[Connection | None]:
        """Read without a lock, all of one moment; gives `None` where there is no table yet."""
        if not self._kept.is_there():
            yield None
            return
        with self._said_plainly(), self._kept.reading() as connection:
            yield connection if self._has_tables(connection) else None

    @contextmanager
    def glancing(self) -> Iterator[Connection | None]:
        """Read as `reading` does, whatever revision the tables have; gives `None` where there is none of these yet."""
        if not self._kept.is_there():
            yield None
            return
        with self._said_plainly(), self._kept.reading() as connection:
            yield None if set(self._tables.tables).isdisjoint(table_names(connection)) else connection

    def _has_tables(self, connection: Connection) -> bool:
        """Whether any is there: one that is missing beside others is damage, and reading it says so."""
        return not set(self._tables.tables).isdisjoint(check_revision(connection))

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            raise self._kept.said(error) from error
