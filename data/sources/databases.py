"""Connections to databases that inputs are asked from: to read, for a while, and no more.

PostgreSQL runs what it is asked in a READ ONLY transaction, as the declaration of a cursor, which takes one SELECT and nothing
else. SQLite opens the file read-only and refuses all but reading. Of any other database the transaction is taken back at its
end, and what it runs has to look like one SELECT: give it an account that may only read.
"""

import os
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from data.database_hosts import stays_here
from data.database_settings import Database
from data.errors import RefusedInputError, UsageError

_PATIENCE = 15
"""Seconds to wait for a connection."""
_DRIVERS = {
    "mysql": "mysql+pymysql (package PyMySQL)",
    "mariadb": "mariadb+pymysql (package PyMySQL)",
    "mssql": "mssql+pyodbc (package pyodbc)",
    "oracle": "oracle+oracledb (package oracledb)",
}
_USUAL = ("postgresql", "postgres")
_ONE_SELECT = re.compile(
    r"(?!.*\b(?:insert|update|delete|merge|into)\b)\s*(?:select|with|values)\b[^;]*;?\s*", re.IGNORECASE | re.DOTALL
)
"""Some write within a SELECT (INTO) or a WITH, and not every table of theirs takes that back."""
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_NO_FUNCTIONS = {"load_extension", "fts3_tokenizer", "writefile", "readfile", "edit"}
_LONGEST_VALUE = 50 * 10**6
"""Bytes of one value that SQLite makes: the outline of a ward has less."""
_STEPS = 10_000
"""Of SQLite's machine, between two looks at the clock."""


def address_of(name: str, database: Database, *, environment: Mapping[str, str] = os.environ) -> URL:
    """Read the address of a database from the environment.

    Raises
    ------
    UsageError
        If the variable is not set or holds no address, or one that sends passwords and data in the clear.
    """
    variable = database.url_variable
    text = environment.get(variable, "").strip()
    if not text:
        raise UsageError(
            f"[databases] {name}: the environment variable {variable} is not set. Set it to the database's address, such as "
            "postgresql://account:password@host/database?sslmode=verify-full."
        )
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise UsageError(
            f"[databases] {name}: the environment variable {variable} does not hold a database's address. Write it such as "
            "postgresql://account:password@host/database; signs such as @ and / in a password are written %40 and %2F."
        ) from None
    if url.drivername in _USUAL:
        url = url.set(drivername="postgresql+psycopg")
    _refuse_in_the_clear(url, variable=variable)
    return _for_reading(url, variable=variable) if url.get_backend_name() == "sqlite" else url


def _refuse_in_the_clear(url: URL, *, variable: str) -> None:
    """A PostgreSQL on another machine is spoken to in TLS unless somebody decided otherwise and wrote it down."""
    if url.get_backend_name() == "postgresql" and not stays_here(url) and "sslmode" not in url.query:
        raise UsageError(
            f"The environment variable {variable} names a database on another machine and does not say how the way there is "
            "protected. Add ?sslmode=verify-full (and &sslrootcert=FILE with the authority's certificate), or another sslmode "
            "if that is decided."
        )


def _for_reading(url: URL, *, variable: str) -> URL:
    """Open a file of SQLite's read-only, and do not make one that is not there."""
    path = Path(url.database or "")
    if not path.is_file():
        raise UsageError(
            f"The environment variable {variable} names no file that is there. "
            "Write sqlite:////folder/file.db with the whole path."
        )
    return url.set(database=f"{path.resolve().as_uri()}?mode=ro", query={"uri": "true"})


def name_of(url: URL) -> str:
    """Name a database for a report: without host, account and password, of a file without its folder."""
    if url.get_backend_name() == "sqlite":
        return unquote(Path((url.database or "").removesuffix("?mode=ro")).name)
    return url.database or url.get_backend_name()


@contextmanager
def engine_of(url: URL) -> Iterator[Engine]:
    """Make an engine whose connections are closed at its end.

    Raises
    ------
    UsageError
        If there is no driver for this kind of database.
    """
    kind = url.drivername.partition("+")[0]
    arguments = {"connect_timeout": _PATIENCE, "application_name": "ward-overlap"} if kind == "postgresql" else {}
    try:
        # Errors would repeat what was asked and given.
        engine = create_engine(url, hide_parameters=True, poolclass=NullPool, connect_args=arguments)
    except (NoSuchModuleError, ImportError):
        known = f" For example {_DRIVERS[kind]}." if kind in _DRIVERS else ""
        raise UsageError(
            f"There is no driver here for '{kind}' databases. Have one installed beside the program and name it in the "
            f"address.{known}"
        ) from None
    except (TypeError, ValueError, ArgumentError):
        raise UsageError(f"The address of the '{kind}' database has a part that its driver does not know.") from None
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def reading(engine: Engine, *, sql: str, until: float) -> Iterator[Connection]:
    """Connect to read with one statement, and take back at the end whatever it did.

    Parameters
    ----------
    sql
        What is to be run.
    until
        When the database is to stop, by `time.monotonic`.

    Raises
    ------
    RefusedInputError
        If the statement cannot be held to reading.
    """
    kind = engine.dialect.name
    if kind == "sqlite":
        event.listen(engine, "connect", lambda connection, _: _hold_to_reading(connection, until=until))
    elif kind != "postgresql" and not _ONE_SELECT.fullmatch(sql):
        raise RefusedInputError(
            "Of this kind of database only one SELECT is run, without a semicolon inside and without the words INSERT, UPDATE, "
            "DELETE, MERGE and INTO. Correct the sql under [queries], or make a view of it."
        )
    options = {"postgresql_readonly": True} if kind == "postgresql" else {}
    with engine.connect() as connection:
        connection = connection.execution_options(**options)
        try:
            if kind == "postgresql":
                _limit_postgres(connection, until=until)
            yield connection
        finally:
            if not connection.invalidated and not connection.closed:
                connection.rollback()


def _limit_postgres(connection: Connection, *, until: float) -> None:
    milliseconds = max(1, int((until - time.monotonic()) * 1000))
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        connection.exec_driver_sql(f"SET LOCAL {limit} = {milliseconds}")


def _hold_to_reading(connection: sqlite3.Connection, *, until: float) -> None:
    def allow(action: int, _first: str | None, second: str | None, *_: object) -> int:
        allowed = action in _READING and not (action == sqlite3.SQLITE_FUNCTION and second in _NO_FUNCTIONS)
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    connection.execute("PRAGMA trusted_schema = OFF").close()
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.set_authorizer(allow)
    connection.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS)
