"""Records from PostgreSQL into a file and back: what a backup of them is, and how a partnership moves from one to the other.

A backup is the same either way: a file of SQLite with the same tables, and the anchor of the same moment.
"""

import shutil
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, insert, select

from data.durable import sync_file, sync_folder
from data.errors import UsageError
from disclosure.audit_anchor import Anchor
from disclosure.audit_chain import Head
from disclosure.audit_store import AuditStore, head_of, last_row
from disclosure.migrating import upgrade
from disclosure.records_place import PostgresPlace
from disclosure.records_schema import VERSION

_AT_A_TIME = 200
"""Rows: documents of briefings are among them, of some hundred kB each."""


def export_records(place: PostgresPlace, *, anchor: Path, database: Path, to_anchor: Path) -> Head:
    """Write the records as they are at one moment into a file, with their anchor; others wait only for that moment.

    Raises
    ------
    UnrecordedError
        If they cannot be read.
    """
    store = AuditStore(place)
    with ExitStack() as stack:
        with store.locked() as connection:
            head = head_of(None if connection is None else last_row(connection))
            source = stack.enter_context(store.reading())  # sees what is there now, however long copying takes
            shutil.copyfile(anchor, to_anchor)
        into = AuditStore(database)
        with into.remaking(upgrade) as target:
            if source is not None:
                _copy_rows(source, target)
        into.close()
    with closing(sqlite3.connect(database)) as one:
        one.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
    return head


def import_records(database: Path, *, from_anchor: Path, place: PostgresPlace, anchor: Path) -> None:
    """Put the records of a file, and their anchor, into a database that has none; its tables are made where they are missing.

    Stopped half-way, it can be called again. The file is brought to this program's revision: give a copy.

    Raises
    ------
    UsageError
        If there are records in the database, or the anchor of others is where this one belongs.
    UnrecordedError
        If they cannot be put there: nothing of them is.
    """
    _check_place_of_anchor(anchor, wanted=from_anchor)
    source_of, into = AuditStore(database), AuditStore(place)
    with source_of.remaking(upgrade) as source, into.remaking(upgrade) as target:
        if last_row(target) is not None:
            raise UsageError(f"There are records {place} already, and they are never replaced.")
        _copy_rows(source, target)
        place_file(from_anchor, anchor)  # before the rows count: only where they are, they count as restored
    source_of.close()


def place_file(source: Path, target: Path) -> None:
    """Copy a file to where it belongs, for its owner alone: whole and on disk, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = target.with_name(f"{target.name}.restoring")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600)
    shutil.copyfile(source, beside)
    sync_file(beside)
    beside.replace(target)
    sync_folder(target.parent)


def _check_place_of_anchor(anchor: Path, *, wanted: Path) -> None:
    there = Anchor(anchor).read()
    if there is not None and there != Anchor(wanted).read():
        raise UsageError(f"{anchor} is the anchor of other records than those in the backup. Move it away first.")


def _copy_rows(source: Connection, target: Connection) -> None:
    """Copy all tables, those first that others refer to. Both sides have the same revision."""
    for table in _tables(source if source.dialect.name == "sqlite" else target):
        query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_A_TIME)
        for rows in source.execute(query).mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])


def _tables(file: Connection) -> list[Table]:
    """Read from the file which tables there are: its kinds of columns are known to both."""
    found = MetaData()
    found.reflect(file)
    return [table for table in found.sorted_tables if table.name != VERSION.name]
