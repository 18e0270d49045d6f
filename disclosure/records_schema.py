"""Which tables the records have: the revision that stands in the database must be the one that this program knows.

The revisions themselves are Alembic's, in `disclosure/migrations/versions/`; nothing here loads it, since it is needed only when
a database is made or changed. Tables that carry no number are from before there were numbers: they are of the first revision.
"""

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, text

from disclosure.audit_entries import DamagedError, UnrecordedError

REVISIONS = ("0001",)
"""The oldest first. The last is what this program reads and writes; a test holds the list to the revisions that there are."""
CURRENT = REVISIONS[-1]
VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
_IN_FILE = text("SELECT name FROM sqlite_master WHERE type = 'table'")
_IN_SCHEMA = text("SELECT tablename FROM pg_tables WHERE schemaname = current_setting('search_path')")
MIGRATE = "`python cli.py migrate --settings S`"


def is_file(connection: Connection) -> bool:
    """Whether this is a database in a file, which makes its tables by itself; any other has them from `migrate`."""
    return connection.dialect.name == "sqlite"


def table_names(connection: Connection) -> frozenset[str]:
    """Give the tables that there are."""
    return frozenset(connection.execute(_IN_FILE if is_file(connection) else _IN_SCHEMA).scalars())


def revision_of(connection: Connection, names: frozenset[str]) -> str:
    """Give the revision of the tables; nothing where there are none.

    Raises
    ------
    DamagedError
        If the database does not say one.
    """
    if VERSION.name not in names:
        return REVISIONS[0] if names else ""
    # With its schema: where the role may not use that, PostgreSQL says so instead of finding nothing.
    schema = "main" if is_file(connection) else connection.exec_driver_sql("SHOW search_path").scalar_one()
    found = connection.execute(text(f"SELECT version_num FROM {schema}.{VERSION.name}")).scalars().all()  # noqa: S608
    if len(found) != 1:
        raise DamagedError("The records do not say which revision they have: restore them from a backup.")
    return str(found[0])


def check_revision(connection: Connection) -> frozenset[str]:
    """Hold the tables to what this program knows; gives their names.

    Raises
    ------
    UnrecordedError
        If the program is older or newer than the tables, or there are none where the program may make none.
    """
    names = table_names(connection)
    revision = revision_of(connection, names)
    if not revision and not is_file(connection):
        raise UnrecordedError(
            "The database has no tables for the records of this partnership yet. Somebody who may make them runs "
            f"{MIGRATE} (docs/postgresql.md), or `restore` where there is a backup."
        )
    if revision in ("", CURRENT):
        return names
    if revision in REVISIONS:
        raise UnrecordedError(
            f"The records are of an earlier version of the program (revision {revision}; this one writes {CURRENT}), so nothing "
            f"is written. Make a backup with that version, then run {MIGRATE}."
        )
    raise UnrecordedError(
        f"The records were made by a later version of the program than this one, which knows revision {CURRENT}, so nothing is "
        "read or written. Run the version that is on the other servers."
    )


def make_tables(connection: Connection, tables: MetaData) -> None:
    """Make those tables of a file that are not there yet, having looked at the revision of those that are."""
    names = check_revision(connection)
    if not is_file(connection) or set(tables.tables) <= names:
        return
    if not names:
        VERSION.create(connection)
        connection.execute(insert(VERSION).values(version_num=CURRENT))
    tables.create_all(connection)
