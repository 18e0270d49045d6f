"""Records in PostgreSQL: a schema of a database that several servers share.

Whoever writes holds an advisory lock of the schema until its transaction ends, so that of writers on any number of machines one
comes after the other: no row is added by somebody who has not seen the one before. The lock ends with the connection: a server
that is killed holds nobody up. Whoever reads sees one moment (`REPEATABLE READ`) and waits for nobody.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from disclosure.audit_entries import UnrecordedError
from disclosure.postgres_faults import say_fault
from disclosure.records_place import PostgresPlace

PATIENCE = 10.0
"""Seconds to wait for others who are writing, and for the server to answer."""
OLDEST = 15
"""The oldest version of PostgreSQL that this was tried with."""
_TOLD, _WRITES = "told", "records"
_SET_UP = text(
    "SELECT set_config('search_path', :schema, true), set_config('lock_timeout', :patience, true),"
    # What is recorded outlives a loss of power, also where the server is set not to wait for the disk.
    " set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
    " ELSE current_setting('synchronous_commit') END, true)"
)
_LOCK = text("SELECT pg_advisory_xact_lock(:key)")


class PostgresRecords:
    """One schema."""

    def __init__(self, place: PostgresPlace) -> None:
        """Name the schema."""
        self._place = place

    @property
    def engine(self) -> Engine:
        """The connections of this process to the database."""
        return _engine(self._place)

    def is_there(self) -> bool:
        """Whether there is something to read: the server says what is missing."""
        return True

    def files(self) -> list[Path]:
        """Nothing of it is a file here."""
        return []

    def make(self) -> None:
        """Do nothing: a database is made by whoever runs the server."""

    def make_schema(self, connection: Connection) -> None:
        """Make the schema if it is not there."""
        connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{self._place.schema}"')

    @contextmanager
    def locked(self) -> Iterator[Connection]:
        """Hold the write lock; what was done is kept when the block has ended without an error."""
        with self._begun(_WRITES, patience=PATIENCE) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See one moment."""
        connected = self.engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connected as connection, connection.begin():
            self._set_up(connection, patience=PATIENCE)
            yield connection

    @contextmanager
    def telling(self, *, patience: float) -> Iterator[Connection]:
        """Hold another lock, that of who works out what may be told; others record meanwhile."""
        with self._begun(_TOLD, patience=patience) as connection:
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield connection

    def said(self, error: BaseException) -> UnrecordedError:
        """Say in a sentence what went wrong."""
        return say_fault(error, place=self._place)

    @contextmanager
    def _begun(self, lock: str, *, patience: float) -> Iterator[Connection]:
        # Not REPEATABLE READ: that would see the moment before the lock was had.
        connected = self.engine.connect().execution_options(isolation_level="READ COMMITTED")
        with connected as connection, connection.begin():
            self._set_up(connection, patience=patience)
            connection.execute(_LOCK, {"key": _key(f"{self._place.schema} {lock}")})
            yield connection

    def _set_up(self, connection: Connection, *, patience: float) -> None:
        """Set what holds for one transaction: so it also does behind a pool that hands a connection on after each."""
        connection.execute(_SET_UP, {"schema": self._place.schema, "patience": f"{int(patience * 1000)}ms"})


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"ward-overlap {name}".encode()).digest()[:8], signed=True)


_engines: dict[tuple[URL, int], Engine] = {}
_making = Lock()


def let_go() -> None:
    """Close the connections of this process that nobody is using."""
    with _making:
        for (_, process), engine in _engines.items():
            engine.dispose(close=process == os.getpid())
        _engines.clear()


def _engine(place: PostgresPlace) -> Engine:
    """Give the connections of this process to a database: a fork must not talk through those of another."""
    with _making:
        key = (place.url, os.getpid())
        if key not in _engines:
            _engines[key] = _opened(place.url, is_local=place.is_local)
        return _engines[key]


def _opened(url: URL, *, is_local: bool) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,  # errors would repeat what was to be stored
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=25,
        pool_timeout=PATIENCE,
        connect_args={name: value for name, value in _asked(is_local).items() if name not in url.query},
    )
    event.listen(engine, "connect", _look_at)
    return engine


def _asked(is_local: bool) -> dict[str, Any]:
    """Give what is asked of a connection where the URL does not say otherwise."""
    asked: dict[str, Any] = {
        "application_name": "ward-overlap",
        "connect_timeout": int(PATIENCE),
        # A firewall that forgets a connection without a word must not hold anybody up for long.
        **{"keepalives_idle": 60, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000},
        "prepare_threshold": None,  # a pool between here and there may hand the next statement to another connection
    }
    if not is_local and "PGSSLMODE" not in os.environ:
        asked["sslmode"] = "require"
    return asked


def _look_at(connection: Any, _: object) -> None:
    """Refuse a server that the records cannot be kept in.

    Raises
    ------
    UnrecordedError
        If it is too old, or its database cannot hold every letter.
    """
    version, encoding = connection.info.server_version // 10_000, connection.info.parameter_status("server_encoding")
    if version >= OLDEST and encoding == "UTF8":
        return
    connection.close()
    if version < OLDEST:
        raise UnrecordedError(
            f"The records need PostgreSQL {OLDEST} or later, and the server has {version}. Use a newer server."
        )
    raise UnrecordedError(
        f"The database of the records has the encoding {encoding}, which cannot hold every name. Make one with ENCODING 'UTF8'."
    )
