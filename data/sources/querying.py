"""A named query of the settings, run: what it gives is kept like a file's table, within the limits of a file.

The rows come in pieces, and no more than one is in memory. Columns that the settings do
not declare are refused before a row is read.
"""

import hashlib
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy import Connection, CursorResult

from data.codes import clean_text
from data.database_settings import Query
from data.errors import RefusedInputError, UsageError
from data.headings import name_heading
from data.input_guard import MEGABYTE
from data.limits_settings import Limits, how_to_raise
from data.person_level import refuse_undeclared
from data.queried import QueriedTable, write_row
from data.settings import Settings
from data.sources.database_cells import NoCellError, cell_text
from data.sources.database_faults import Asked, said_plainly
from data.sources.databases import address_of, engine_of, name_of, reading
from data.text_files import too_many_rows
from data.visible_text import visible_text

_ROWS_AT_A_TIME = 1_000


@dataclass(frozen=True)
class Wanted:
    """What an input may hold."""

    section: str
    """Of the settings, for messages."""
    headings: tuple[str, ...] | None
    """That the columns may have; any, if none are said."""
    outline: bool = False
    """Whether one more column, whatever it is called, holds the outlines."""
    rows: int = 2_000_000
    """At most."""


@contextmanager
def queried(name: str, wanted: Wanted, *, settings: Settings, folder: Path) -> Iterator[QueriedTable]:
    """Run a query and keep what it gives until the end of the block.

    Parameters
    ----------
    name
        Of the query in the settings.
    wanted
        What it is for.
    folder
        Where the rows are kept meanwhile, in a file without a name: on the disk of the store, as they are as sensitive.

    Raises
    ------
    UsageError
        If there is no such query or database in the settings, no address in the environment, no driver, or no way there.
    RefusedInputError
        If the database refuses the query or takes too long, or what it gives is more than is read of a file, or no table.
    """
    query = _named(name, settings=settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryFile(dir=folder) as file:
        yield _run(name, query, wanted, settings=settings, file=file)


def _named(name: str, *, settings: Settings) -> Query:
    if name not in settings.queries:
        listed = ", ".join(sorted(settings.queries)) or "none"
        raise UsageError(
            f"The settings hold no query of this name under [queries]; they hold {listed}. Correct query:NAME."
        )
    query = settings.queries[name]
    if query.database not in settings.databases:
        raise UsageError(f"[queries] {name}: there is no database '{query.database}' under [databases]. Add it.")
    return query


def _run(name: str, query: Query, wanted: Wanted, *, settings: Settings, file: IO[bytes]) -> QueriedTable:
    database = settings.databases[query.database]
    url = address_of(query.database, database)
    asked = Asked(name, database.url_variable)
    until = time.monotonic() + settings.limits.query_seconds
    with engine_of(url) as engine, said_plainly(asked), reading(engine, sql=query.sql, until=until) as connection:
        asked.connected = True
        began = datetime.now(UTC)
        with _ask(connection, query.sql, name=name) as result:
            headings = _headings(result, file=f"query {name}", limits=settings.limits)
            outline = _outline(headings, wanted, file=f"query {name}")
            sink = _Sink(file, f"query {name}", headings, wanted, settings.limits, outline)
            sink.begin()
            while batch := result.fetchmany(_ROWS_AT_A_TIME):
                sink.take(batch)
                asked.rows = sink.rows
                if time.monotonic() > until:
                    raise TimeoutError("interrupted")
    file.flush()
    note = (
        f"query {name}: {sink.rows:,} rows of the database {visible_text(name_of(url))} ({url.get_backend_name()}), asked on "
        f"{began:%Y-%m-%d %H:%M} UTC. Its sql has the SHA-256 {hashlib.sha256(query.sql.encode()).hexdigest()}."
    )
    return QueriedTable(name, sink.headings, note, file, rows=sink.rows, size=sink.size, outline=sink.outline)


def _ask(connection: Connection, sql: str, *, name: str) -> CursorResult[Any]:
    # As it stands: neither % nor : has a meaning here.
    piecewise = connection.execution_options(stream_results=True, max_row_buffer=_ROWS_AT_A_TIME, no_parameters=True)
    result = piecewise.exec_driver_sql(sql)
    if not result.returns_rows:
        raise RefusedInputError(f"query {name}: it gives no table. Write one SELECT under [queries].")
    return result


def _headings(result: CursorResult[Any], *, file: str, limits: Limits) -> tuple[str, ...]:
    cursor = result.cursor
    headings = tuple(clean_text(str(column[0])) for column in (cursor.description if cursor else None) or ())
    if len(headings) > limits.columns:
        raise RefusedInputError(
            f"{file}: it has {len(headings):,} columns, more than are read. {how_to_raise('columns', to=limits.columns)}"
        )
    return headings


def _outline(headings: Sequence[str], wanted: Wanted, *, file: str) -> int | None:
    """Refuse columns that are not declared; of wards find the one that is none of theirs, which is the outline."""
    if wanted.headings is None:
        return None
    declared = _declared(headings, wanted.headings)
    others = [place for place in range(len(headings)) if place not in declared]
    if wanted.outline and len(others) == 1:
        return others[0]
    if wanted.outline and not others:
        raise RefusedInputError(
            f"{file}: it gives no outlines. Add the column of the outlines to the SELECT, such as geom or ST_AsBinary(geom)."
        )
    refuse_undeclared(headings, declared, filled=[True] * len(headings), file=file, section=wanted.section)
    return None


def _declared(headings: Sequence[str], wanted: Collection[str]) -> set[int]:
    known = {clean_text(heading).casefold() for heading in wanted}
    return {place for place, heading in enumerate(headings) if heading.casefold() in known}


@dataclass
class _Sink:
    """Where rows go, counted and bounded."""

    file: IO[bytes]
    name: str
    headings: tuple[str, ...]
    wanted: Wanted
    limits: Limits
    outline: int | None
    rows: int = 0
    size: int = 0

    def begin(self) -> None:
        """Write the headings."""
        self.size += self.file.write(write_row(self.headings))

    def take(self, batch: Sequence[Sequence[object]]) -> None:
        """Write some rows.

        Raises
        ------
        RefusedInputError
            If a cell is none, or there are more rows or bytes than are read.
        """
        for row in batch:
            self.rows += 1
            if self.rows > self.wanted.rows:
                raise too_many_rows(self.name, most=self.wanted.rows)
            written = write_row([self._cell(value, at=at) for at, value in enumerate(row)])
            self.size += self.file.write(written)
            if self.size > self.limits.file_megabytes * MEGABYTE:
                raise RefusedInputError(
                    f"{self.name}: what it gives has more than {self.limits.file_megabytes:,} megabytes. "
                    + how_to_raise("file_megabytes", to=self.limits.file_megabytes)
                )

    def _cell(self, value: object, *, at: int) -> str | None:
        try:
            text = cell_text(value, outline=at == self.outline)
        except NoCellError:
            raise RefusedInputError(
                f"{self._place(at)}: the cell is of a kind that no table holds (bytes, an array, JSON, an interval or the "
                "like). Write it as a number, a day or text in the SELECT."
            ) from None
        if text is not None and at != self.outline and len(text) > self.limits.cell_characters:
            raise RefusedInputError(
                f"{self._place(at)}: the cell has more characters than are read. "
                + how_to_raise("cell_characters", to=self.limits.cell_characters)
            )
        return text

    def _place(self, at: int) -> str:
        return f"{self.name}, row {self.rows}, column {name_heading(self.headings, at)}"
