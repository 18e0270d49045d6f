"""The tables as they were when revisions began: the audit trail, the register of briefings, decisions, saved selections.

Written out here, and never changed: what the program's own tables are later is told by later revisions. A file of before that has
any of these tables, made as the program needed them: the others are added.
"""

from alembic import op
from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

revision = "0001"
down_revision = None

TABLES = MetaData()
WHO = ("at", "who", "name")
WARD = ("ward_code", "ward_name", "district")


def short(*names: str, length: int = 300) -> "list[Column[str]]":
    """Make columns of short texts."""
    kind = String(length).with_variant(Text(collation="C"), "postgresql")
    return [Column(name, kind, nullable=False) for name in names]


def key(name: str, *references: str) -> "Column[int]":
    """Make a column of a primary key."""
    return Column(name, Integer, *map(ForeignKey, references), primary_key=True, autoincrement=False)


def told(name: str, kind: "type[Text | Date | Integer | Boolean]") -> "Column[object]":
    """Make a column that is never empty."""
    return Column(name, kind, nullable=False)


Table(
    "audit",
    TABLES,
    key("number"),
    *short("made_at", "action", "who", "what", "audience", "snapshot", "settings", length=200),
    told("detail", Text),
    *short("software", "previous_hash", "row_hash", length=200),
)
Table(
    "briefings",
    TABLES,
    key("id"),
    *short(*WARD, "snapshot", "last_quarter", "change"),
    told("flagged", Boolean),
)
Table(
    "briefing_versions",
    TABLES,
    key("briefing", "briefings.id"),
    key("version"),
    *short(*WHO),
    told("words", Text),
    Column("based_on", Integer),
    told("conflict", Boolean),
)
Table(
    "briefing_steps",
    TABLES,
    key("briefing", "briefings.id"),
    key("position"),
    *short("state", *WHO),
    told("version", Integer),
    told("note", Text),
)
Table(
    "briefing_issues",
    TABLES,
    key("briefing", "briefings.id"),
    told("year", Integer),
    told("serial", Integer),
    *short("number", "for_whom"),
    told("version", Integer),
    told("issued_on", Date),
    told("expires", Date),
    UniqueConstraint("year", "serial"),
    UniqueConstraint("number"),
)
Table(
    "briefing_documents",
    TABLES,
    key("briefing", "briefings.id"),
    Column("kind", String(10), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
)
Table(
    "briefing_replacements",
    TABLES,
    key("briefing", "briefings.id"),
    Column("replaced", Integer, ForeignKey("briefings.id"), nullable=False),
    *short(*WHO),
)
Table(
    "briefing_actions",
    TABLES,
    key("briefing", "briefings.id"),
    key("position"),
    *short("what", "owner"),
    told("due", Date),
)
Table(
    "briefing_outcomes",
    TABLES,
    key("briefing"),
    key("position"),
    *short(*WHO),
    told("done_on", Date),
    told("outcome", Text),
    ForeignKeyConstraint(["briefing", "position"], ["briefing_actions.briefing", "briefing_actions.position"]),
)
Table("briefing_requests", TABLES, key("id"), *short(*WARD, *WHO), told("reason", Text))
Table("briefing_answers", TABLES, key("request", "briefing_requests.id"), *short(*WHO), told("answer", Text))
Table(
    "decisions",
    TABLES,
    key("id"),
    told("meeting", Date),
    *short(*WARD, "owner"),
    told("finding", Text),
    told("recommendation", Text),
    told("due", Date),
    *short(*WHO),
)
Table(
    "decision_steps",
    TABLES,
    key("decision", "decisions.id"),
    key("position"),
    *short("outcome", *WHO),
    told("day", Date),
    told("note", Text),
)
Table(
    "selections",
    TABLES,
    key("id"),
    *short("title", "snapshot", "audience"),
    told("choices", Text),
    *short(*WHO),
)
Table("selection_removals", TABLES, key("selection", "selections.id"), *short(*WHO))

AUDIT_IN_FILE = {
    "changed": "BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END",
    "removed": "BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'nothing is removed from the audit trail'); END",
    "put_in": "BEFORE INSERT ON audit WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM audit) "
    "BEGIN SELECT RAISE(ABORT, 'the audit trail grows at its end only'); END",
}
FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE OR REPLACE FUNCTION refuse_elsewhere() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE following bigint; BEGIN
EXECUTE format('SELECT COALESCE(MAX(number), 0) + 1 FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO following;
IF NEW.number IS DISTINCT FROM following THEN
RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END IF;
RETURN NEW; END $$""",
)
AT_ITS_END = (
    "CREATE TRIGGER audit_not_put_in BEFORE INSERT ON audit FOR EACH ROW "
    "EXECUTE FUNCTION refuse_elsewhere('the audit trail grows at its end only')"
)


def in_file(table: Table) -> dict[str, str]:
    """Give the fences of a table in SQLite, by the ends of their names."""
    if table.name == "audit":
        return AUDIT_IN_FILE
    name = table.name
    fences = {
        "changed": f"BEFORE UPDATE ON {name} BEGIN SELECT RAISE(ABORT, 'the register is never changed'); END",
        "removed": f"BEFORE DELETE ON {name} BEGIN SELECT RAISE(ABORT, 'nothing is removed from the register'); END",  # noqa: S608
    }
    unique = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    for number, columns in enumerate((table.primary_key.columns, *unique)):
        same = " AND ".join(f"{column.name} = NEW.{column.name}" for column in columns)
        there = f"EXISTS (SELECT 1 FROM {name} WHERE {same})"  # noqa: S608  # names of our own
        refused = "BEGIN SELECT RAISE(ABORT, 'nothing in the register is replaced'); END"
        fences[f"replaced_{number}"] = f"BEFORE INSERT ON {name} WHEN {there} {refused}"
    return fences


def in_postgres(table: Table) -> str:
    """Give the fence of a table in PostgreSQL."""
    what = "the audit trail" if table.name == "audit" else "the register"
    return (
        f"CREATE TRIGGER {table.name}_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse('nothing in {what} is changed or removed')"
    )


def after_making(table: Table, statement: str, *, dialect: str) -> None:
    """Have something run when a table has been made."""
    body = DDL(statement)  # type: ignore[no-untyped-call]
    event.listen(table, "after_create", body.execute_if(dialect=dialect))


for _table in TABLES.sorted_tables:
    for _name, _body in in_file(_table).items():
        after_making(_table, f"CREATE TRIGGER {_table.name}_not_{_name} {_body}", dialect="sqlite")
    after_making(_table, in_postgres(_table), dialect="postgresql")
after_making(TABLES.tables["audit"], AT_ITS_END, dialect="postgresql")


def upgrade() -> None:
    """Make the tables that are not there."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        for body in FUNCTIONS:
            connection.exec_driver_sql(body.replace("%", "%%"))
    TABLES.create_all(connection)


def downgrade() -> None:
    """Refuse: nothing that was recorded is taken out again."""
    raise NotImplementedError("records are only ever added to")
