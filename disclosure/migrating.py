"""Bringing the tables of the records to the revision that this program writes: all of it, with its record, or nothing.

A file's tables are made by the program as it needs them; a database in PostgreSQL has them from here alone, so that the role
that the server runs as need not be one that may make or change tables.
"""

from pathlib import Path

from sqlalchemy import Connection

from data.errors import UsageError
from data.settings import Settings
from disclosure.audit import Action, AuditEntry, What, open_audit
from disclosure.postgres_rights import grant, has_role
from disclosure.records_place import PostgresPlace, records_place
from disclosure.records_schema import CURRENT
from ingest.places import records_file

SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(connection: Connection) -> None:
    """Run what revisions are missing, on a connection that holds the write lock. Tables without a number get one."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def migrate(settings: Settings, *, who: str, role: str = "") -> str:
    """Bring the tables of a partnership's records up to date, record it, and give a role what the server needs.

    Parameters
    ----------
    role
        The role in PostgreSQL that the server runs as: it may then read and add, nothing else.

    Returns
    -------
    str
        The revision that they have now.

    Raises
    ------
    UsageError
        If there is no such role, or records in the store would be left behind.
    UnrecordedError
        If it cannot be done or recorded. Nothing was changed.
    """
    place = records_place(settings)
    if role and not isinstance(place, PostgresPlace):
        raise UsageError("A role is given rights in PostgreSQL only, and DATABASE_URL names none.")
    if isinstance(place, PostgresPlace) and records_file(settings).exists():
        _check_nothing_is_left(settings)

    def remake(connection: Connection) -> None:
        if role and not has_role(connection, role):
            raise UsageError("There is no such role in the database. Make it first (docs/postgresql.md).")
        upgrade(connection)
        if role and isinstance(place, PostgresPlace):
            grant(connection, schema=place.schema, role=role)

    entry = AuditEntry(Action.CHANGED, who, What.RECORDS, detail={"version": CURRENT})
    open_audit(settings).record_with(lambda _: entry, remake=remake)
    return CURRENT


def _check_nothing_is_left(settings: Settings) -> None:
    if not open_audit(settings).is_begun():
        raise UsageError(
            f"There are records in {records_file(settings)}, which this database would begin without. Move them: `backup` "
            "without DATABASE_URL, then `restore` with it (docs/postgresql.md, Moving from a file). "
            "If they are to stay behind, move that file away first."
        )
