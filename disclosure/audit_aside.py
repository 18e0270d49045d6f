"""Putting a trail aside: its files get other names, and what else is in its database goes on without it.

In PostgreSQL its table goes to a schema of its own, which takes the rights of whoever made the tables.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from disclosure.audit_entries import DamagedError, UnrecordedError
from disclosure.audit_store import AUDIT, AuditStore
from disclosure.records_place import PostgresPlace
from disclosure.records_schema import VERSION, table_names


def put_aside(store: AuditStore, anchor: Path, *, until: str) -> list[Path | str]:
    """Rename database and anchor, and put a copy of the database without the trail in its place if anything else is in it.

    Stopped half-way, it can be called again. A database that is damaged is put aside as it is: nothing of it goes on.

    Parameters
    ----------
    until
        Goes into the new names.

    Returns
    -------
    list of Path or str
        The files under their new names; the name of the schema in PostgreSQL.

    Raises
    ------
    UnrecordedError
        If another program holds the database, or what else is in it cannot be copied. Nothing is put aside.
    """
    if isinstance(store.path, PostgresPlace):
        return _put_aside_in_postgres(store, anchor, schema=f"{store.path.schema}_aside_{until.lower()}")
    return [*_put_aside_in_file(store, store.path, anchor, until=until)]


def _put_aside_in_postgres(store: AuditStore, anchor: Path, *, schema: str) -> list[Path | str]:
    moved: list[Path | str] = []

    def remake(connection: Connection) -> None:
        if AUDIT.name in table_names(connection):
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
            connection.exec_driver_sql(f"ALTER TABLE {AUDIT.name} SET SCHEMA {schema}")
            moved.append(f"schema {schema}")
        AUDIT.create(connection)
        moved.extend(_rename_all([anchor], until=schema.rpartition("_")[2]))

    with store.remaking(remake):
        return moved


def _put_aside_in_file(store: AuditStore, path: Path, anchor: Path, *, until: str) -> list[Path]:
    carried = path.with_name(f"carried-{path.name}")
    if path.exists():
        carried.unlink(missing_ok=True)
    try:
        with store.locked():
            _copy_the_rest(path, carried)
            moved = _rename_all([*store.files(), anchor], until=until)
    except DamagedError:
        moved = _rename_all([*store.files(), anchor], until=until)
    if carried.exists():
        carried.rename(path)
    return moved


def _copy_the_rest(source: Path, target: Path) -> None:
    if not source.exists():
        return
    beside = target.with_name(f"{target.name}.tmp")
    beside.unlink(missing_ok=True)
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT, 0o600))
    try:
        left = _tables_copied(source, beside)
    except sqlite3.OperationalError as error:
        raise UnrecordedError(
            f"What else is in {source} cannot be copied, so nothing was set aside. Make room on the disk, then try again."
        ) from error
    except sqlite3.DatabaseError as error:
        raise DamagedError(f"{source} is damaged.") from error
    if left:
        beside.rename(target)
    else:
        beside.unlink()


def _tables_copied(source: Path, target: Path) -> int:
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute(f"DROP TABLE IF EXISTS {AUDIT.name}")
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
        count = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name <> ?"
        (left,) = copy.execute(count, [VERSION.name]).fetchone()
    return int(left)


def _rename_all(files: list[Path], *, until: str) -> list[Path]:
    return [path.rename(path.with_name(f"aside-{until}-{path.name}")) for path in files if path.exists()]
