"""How anything is read from and written to tables that only grow: together with its entry in the audit trail, or not at all.

What the register of briefings and that of decisions have in common. Functions on a connection work under the caller's lock.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, MetaData, RowMapping, Table, func, insert, select

from data.codes import clean_text
from data.errors import UsageError
from disclosure.audit import AuditEntry, AuditTrail
from disclosure.people import Person
from disclosure.records_database import RecordsDatabase
from disclosure.records_place import Place
from disclosure.records_schema import make_tables

Clock = Callable[[], datetime]
"""Gives the time now, with its zone."""


def utc_now() -> datetime:
    """Give the time now."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Signed:
    """Who did something, and when."""

    at: datetime
    """UTC."""
    who: str
    """Id of a person, as in the audit trail."""
    name: str
    """As it was shown then."""


class KeptReader:
    """Some tables, for reading."""

    def __init__(self, path: Place, *, tables: MetaData) -> None:
        """Name the database. Where there is none yet, there is nothing in the tables."""
        self._database = RecordsDatabase(path, tables=tables)

    def _rows(self, query: Any) -> list[RowMapping]:
        with self._reading() as connection:
            return [] if connection is None else list(connection.execute(query).mappings())

    @contextmanager
    def _reading(self) -> Iterator[Connection | None]:
        with self._database.reading() as connection:
            yield connection


def carry_out(act: Callable[[Connection], AuditEntry], *, trail: AuditTrail, tables: MetaData) -> None:
    """Do something in tables and record it, in one transaction.

    Raises
    ------
    UnrecordedError
        If the database cannot be written, or the trail does not hold. Nothing has been done.
    """

    def with_tables(connection: Connection) -> AuditEntry:
        make_tables(connection, tables)
        return act(connection)

    trail.record_with(with_tables)


def sign(by: Person, *, now: Clock) -> Signed:
    """Say who does something, and when."""
    return Signed(now().astimezone(UTC), by.id, clean_text(by.name))


def stamp(by: Signed) -> dict[str, str]:
    """Give the columns that say who and when."""
    return {"at": by.at.astimezone(UTC).isoformat(timespec="microseconds"), "who": by.who, "name": by.name}


def signed(row: RowMapping, *, prefix: str = "") -> Signed:
    """Read the columns that say who and when."""
    at, who, name = (row[f"{prefix}{column}"] for column in ("at", "who", "name"))
    return Signed(datetime.fromisoformat(at), who, name)


def next_in(connection: Connection, column: "Column[int]", **where: int) -> int:
    """Give the next number of a column, from 1: of the rows that fit, under the write lock."""
    conditions = [column.table.c[name] == value for name, value in where.items()]
    return int(connection.execute(select(func.coalesce(func.max(column), 0)).where(*conditions)).scalar_one()) + 1


def add(connection: Connection, table: Table, **values: object) -> None:
    """Add a row."""
    connection.execute(insert(table).values(**values))


def said(text: str, *, what: str, most: int, least: int = 2) -> str:
    """Make a text that somebody gave one plain line.

    Raises
    ------
    UsageError
        If nothing is left of it, or too much.
    """
    plain = clean_text(text)
    if len(plain) < least:
        raise UsageError(f"Say {what}: {least} characters or more.")
    if len(plain) > most:
        raise UsageError(f"Say {what} more briefly: it has {len(plain):,} characters, and {most:,} is the most.")
    return plain
