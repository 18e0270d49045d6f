"""The tables of the steering group's decisions, in the database of what people do: rows are added, never changed, never removed.

What becomes of a decision is told by further rows.
"""

from sqlalchemy import Column, Date, MetaData, Table, Text

from briefing.kept_tables import WARD, WHO, fence_all, key, texts

DECISION_TABLES = MetaData()

DECISIONS = Table(
    "decisions",
    DECISION_TABLES,
    key("id"),
    Column("meeting", Date, nullable=False),
    *texts(*WARD, "owner"),
    Column("finding", Text, nullable=False),
    Column("recommendation", Text, nullable=False),
    Column("due", Date, nullable=False),
    *texts(*WHO),
)
"""The texts of a ward are empty where a decision is about the whole partnership."""
DECISION_STEPS = Table(
    "decision_steps",
    DECISION_TABLES,
    key("decision", "decisions.id"),
    key("position"),
    *texts("outcome", *WHO),
    Column("day", Date, nullable=False),
    Column("note", Text, nullable=False),
)

fence_all(DECISION_TABLES)
