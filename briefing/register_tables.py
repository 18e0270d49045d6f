"""The tables of the register of briefings, in the database of what people do: rows are added, never changed, never removed.

What becomes of a briefing is told by further rows: its steps, its issue, the outcomes of its actions.
"""

from sqlalchemy import (
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
)

from disclosure.records_database import fence

REGISTER = MetaData()
_SHORT = String(300)


def _key(name: str, *references: str) -> "Column[int]":
    return Column(name, Integer, *map(ForeignKey, references), primary_key=True, autoincrement=False)


def _texts(*names: str) -> "list[Column[str]]":
    return [Column(name, _SHORT, nullable=False) for name in names]


_WHO = ("at", "who", "name")
"""UTC, ISO 8601; the stable id of a person; the name that was shown."""
_WARD = ("ward_code", "ward_name", "district")

BRIEFINGS = Table(
    "briefings",
    REGISTER,
    _key("id"),
    *_texts(*_WARD, "snapshot", "last_quarter", "change"),
    Column("flagged", Boolean, nullable=False),
)
"""What each was begun from."""
VERSIONS = Table(
    "briefing_versions",
    REGISTER,
    _key("briefing", "briefings.id"),
    _key("version"),
    *_texts(*_WHO),
    Column("words", Text, nullable=False),
    Column("based_on", Integer),
    Column("conflict", Boolean, nullable=False),
)
"""Every text that was saved, whole, as JSON."""
STEPS = Table(
    "briefing_steps",
    REGISTER,
    _key("briefing", "briefings.id"),
    _key("position"),
    *_texts("state", *_WHO),
    Column("version", Integer, nullable=False),
    Column("note", Text, nullable=False),
)
ISSUES = Table(
    "briefing_issues",
    REGISTER,
    _key("briefing", "briefings.id"),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    *_texts("number", "for_whom"),
    Column("version", Integer, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("expires", Date, nullable=False),
    UniqueConstraint("year", "serial"),
    UniqueConstraint("number"),
)
DOCUMENTS = Table(
    "briefing_documents",
    REGISTER,
    _key("briefing", "briefings.id"),
    Column("kind", String(10), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
)
REPLACEMENTS = Table(
    "briefing_replacements",
    REGISTER,
    _key("briefing", "briefings.id"),
    Column("replaced", Integer, ForeignKey("briefings.id"), nullable=False),
    *_texts(*_WHO),
)
"""Which briefing is to take the place of which."""
ACTIONS = Table(
    "briefing_actions",
    REGISTER,
    _key("briefing", "briefings.id"),
    _key("position"),
    *_texts("what", "owner"),
    Column("due", Date, nullable=False),
)
OUTCOMES = Table(
    "briefing_outcomes",
    REGISTER,
    _key("briefing"),
    _key("position"),
    *_texts(*_WHO),
    Column("done_on", Date, nullable=False),
    Column("outcome", Text, nullable=False),
    ForeignKeyConstraint(["briefing", "position"], ["briefing_actions.briefing", "briefing_actions.position"]),
)
REQUESTS = Table(
    "briefing_requests", REGISTER, _key("id"), *_texts(*_WARD, *_WHO), Column("reason", Text, nullable=False)
)
ANSWERS = Table(
    "briefing_answers",
    REGISTER,
    _key("request", "briefing_requests.id"),
    *_texts(*_WHO),
    Column("answer", Text, nullable=False),
)


def _fence_in(table: Table) -> None:
    fence(table, name="changed", when=f"BEFORE UPDATE ON {table.name}", sentence="the register is never changed")
    fence(table, name="removed", when=f"BEFORE DELETE ON {table.name}", sentence="nothing is removed from the register")
    unique = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    for number, columns in enumerate((table.primary_key.columns, *unique)):
        same = " AND ".join(f"{column.name} = NEW.{column.name}" for column in columns)
        there = f"EXISTS (SELECT 1 FROM {table.name} WHERE {same})"  # noqa: S608  # names of our own
        # SQLite's REPLACE removes the row before without firing the fence against that.
        fence(
            table,
            name=f"replaced_{number}",
            when=f"BEFORE INSERT ON {table.name} WHEN {there}",
            sentence="nothing in the register is replaced",
        )


for _table in REGISTER.sorted_tables:
    _fence_in(_table)
