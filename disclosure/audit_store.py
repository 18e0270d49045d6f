"""Where the rows of the audit trail are kept: one table of the records database that only grows.

Whoever appends holds the write lock while reading the end of the chain and adding to it, so that processes and threads that
append at once make one chain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, Select, Table, Text, insert, select

from disclosure.audit_chain import EMPTY, Head, Row
from disclosure.records_columns import short_text
from disclosure.records_database import RecordsDatabase
from disclosure.records_fences import fence, fence_in_postgres
from disclosure.records_place import Place

TABLES = MetaData()
AUDIT = Table(
    "audit",
    TABLES,
    Column("number", Integer, primary_key=True, autoincrement=False),
    *(Column(name, short_text(200), nullable=False) for name in ("made_at", "action", "who", "what", "audience")),
    *(Column(name, short_text(200), nullable=False) for name in ("snapshot", "settings")),
    Column("detail", Text, nullable=False),
    *(Column(name, short_text(200), nullable=False) for name in ("software", "previous_hash", "row_hash")),
)
fence(AUDIT, name="changed", when="BEFORE UPDATE ON audit", sentence="the audit trail is never changed")
fence(AUDIT, name="removed", when="BEFORE DELETE ON audit", sentence="nothing is removed from the audit trail")
fence(
    AUDIT,
    name="put_in",
    when="BEFORE INSERT ON audit WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM audit)",
    sentence="the audit trail grows at its end only",
)
fence_in_postgres(
    AUDIT,
    sentence="nothing in the audit trail is changed or removed",
    at_its_end="the audit trail grows at its end only",
)
# Whoever may write the database may take these fences away: that the chain is there for.


@dataclass(frozen=True)
class Wanted:
    """Which entries are asked for; everything if nothing is said."""

    who: str = ""
    actions: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    """The last day, UTC."""


class AuditStore(RecordsDatabase):
    """The table in one database."""

    def __init__(self, path: Place) -> None:
        """Name the place."""
        super().__init__(path, tables=TABLES)


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
    yield from _few_at_a_time(connection, query)


def all_rows(connection: Connection) -> Iterator[Row]:
    """Give all rows, in no order, a few at a time."""
    yield from _few_at_a_time(connection, select(AUDIT))


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


def _few_at_a_time(connection: Connection, query: Select[Any]) -> Iterator[Row]:
    with connection.execution_options(yield_per=1000).execute(query) as rows:  # closed too where reading ends half-way
        for found in rows:
            yield Row(**found._mapping)
