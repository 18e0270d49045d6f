"""What the role that a server runs as may do with records in PostgreSQL: read and add. Not change, remove, or make anything."""

from sqlalchemy import Connection, text

from disclosure.records_schema import VERSION


def has_role(connection: Connection, role: str) -> bool:
    """Whether there is a role of that name."""
    return bool(connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).scalar())


def grant(connection: Connection, *, schema: str, role: str) -> None:
    """Give a role its rights to a schema's tables, those that are made later too, and take all others from it."""
    name = connection.dialect.identifier_preparer.quote_identifier(role)
    for statement in (
        f"REVOKE ALL ON SCHEMA {schema} FROM {name}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}",
        f"GRANT USAGE ON SCHEMA {schema} TO {name}",
        f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {schema} TO {name}",
        f"REVOKE INSERT ON {VERSION.name} FROM {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT ON TABLES TO {name}",
    ):
        connection.exec_driver_sql(statement)
