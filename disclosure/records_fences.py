"""Fences of tables that only grow: the database itself refuses that a row is changed, removed or replaced.

A first fence against mistakes, not against whoever may write the database: that is what the audit trail's chain is for.
"""

from sqlalchemy import DDL, Table, event

_REFUSE = """CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $$"""
_AT_ITS_END = """CREATE OR REPLACE FUNCTION refuse_elsewhere() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE following bigint; BEGIN
EXECUTE format('SELECT COALESCE(MAX(number), 0) + 1 FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO following;
IF NEW.number IS DISTINCT FROM following THEN
RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END IF;
RETURN NEW; END $$"""


def fence(table: Table, *, name: str, when: str, sentence: str) -> None:
    """Have SQLite refuse something.

    Parameters
    ----------
    when
        Moment and condition of the trigger, e.g. `BEFORE UPDATE ON audit`.
    sentence
        What is said to the program that tried.
    """
    _after_making(
        table,
        f"CREATE TRIGGER {table.name}_not_{name} {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
        dialect="sqlite",
    )


def fence_in_postgres(table: Table, *, sentence: str, at_its_end: str = "") -> None:
    """Have PostgreSQL refuse that rows are changed, removed, replaced (`ON CONFLICT`) or all taken out (`TRUNCATE`).

    Parameters
    ----------
    at_its_end
        What is said, if anything, to a program that adds a row whose `number` is not the next.
    """
    _after_making(table, _REFUSE, dialect="postgresql")
    _after_making(
        table,
        f"CREATE TRIGGER {table.name}_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse('{sentence}')",
        dialect="postgresql",
    )
    if at_its_end:
        _after_making(table, _AT_ITS_END, dialect="postgresql")
        _after_making(
            table,
            f"CREATE TRIGGER {table.name}_not_put_in BEFORE INSERT ON {table.name} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_elsewhere('{at_its_end}')",
            dialect="postgresql",
        )


def _after_making(table: Table, statement: str, *, dialect: str) -> None:
    body = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    event.listen(table, "after_create", body.execute_if(dialect=dialect))
