"""Where tests keep records: a file of their folder, or, once a database is named, a schema of PostgreSQL for each folder."""

import hashlib
import shutil
from pathlib import Path

from sqlalchemy import Connection, MetaData, insert

from disclosure.records_database import RecordsDatabase
from disclosure.records_place import Place, PostgresPlace, read_database_url
from disclosure.records_schema import CURRENT, VERSION

_named: list[str] = []


def use_database(url: str) -> None:
    """From now on, keep them there."""
    _named[:] = [url] if url else []


def place_in(folder: Path) -> Place:
    """Give the place of a folder's records."""
    if not _named:
        return folder / "records.db"
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return PostgresPlace(read_database_url(_named[0]), schema=f"wo_test_{mark}")


def make_place(folder: Path, *groups: MetaData) -> None:
    """Make the tables where the program itself makes none: as `migrate` does, without its waiting for Alembic."""
    folder.mkdir(parents=True, exist_ok=True)
    place = place_in(folder)
    if isinstance(place, PostgresPlace):
        with RecordsDatabase(place, tables=groups[0]).remaking(lambda connection: _make(connection, groups)):
            pass


def copy_place(before: Path, after: Path, *groups: MetaData) -> None:
    """Copy a folder with its records."""
    shutil.copytree(before, after)
    source = place_in(before)
    if isinstance(source, PostgresPlace):
        make_place(after, *groups)
        with RecordsDatabase(place_in(after), tables=groups[0]).writing() as connection:
            for table in (table for group in groups for table in group.sorted_tables):
                connection.exec_driver_sql(f"INSERT INTO {table.name} SELECT * FROM {source.schema}.{table.name}")


def _make(connection: Connection, groups: tuple[MetaData, ...]) -> None:
    VERSION.create(connection)
    connection.execute(insert(VERSION).values(version_num=CURRENT))
    for group in groups:
        group.create_all(connection)
