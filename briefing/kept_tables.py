"""Tables that only grow, beside the audit in the database of what people do: of the briefings, of the decisions.

Rows are added, never changed, never removed: the database itself refuses it (`disclosure.records_fences`).
"""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, UniqueConstraint

from disclosure.records_columns import short_text
from disclosure.records_fences import fence, fence_in_postgres

WHO = ("at", "who", "name")
"""UTC, ISO 8601; the stable id of a person; the name that was shown."""
WARD = ("ward_code", "ward_name", "district")
_SHORT = short_text(300)


def key(name: str, *references: str) -> "Column[int]":
    """Make a column of a primary key."""
    return Column(name, Integer, *map(ForeignKey, references), primary_key=True, autoincrement=False)


def texts(*names: str) -> "list[Column[str]]":
    """Make columns of short texts."""
    return [Column(name, _SHORT, nullable=False) for name in names]


def fence_all(tables: MetaData) -> None:
    """Have the database refuse that a row of any of these tables is changed, removed or replaced."""
    for table in tables.sorted_tables:
        _fence_in(table)


def _fence_in(table: Table) -> None:
    fence_in_postgres(table, sentence="nothing in the register is changed or removed")
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
