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

from briefing.kept_tables import WARD, WHO, fence_all, key, texts

REGISTER = MetaData()

BRIEFINGS = Table(
    "briefings",
    REGISTER,
    key("id"),
    *texts(*WARD, "snapshot", "last_quarter", "change"),
    Column("flagged", Boolean, nullable=False),
)
"""What each was begun from."""
VERSIONS = Table(
    "briefing_versions",
    REGISTER,
    key("briefing", "briefings.id"),
    key("version"),
    *texts(*WHO),
    Column("words", Text, nullable=False),
    Column("based_on", Integer),
    Column("conflict", Boolean, nullable=False),
)
"""Every text that was saved, whole, as JSON."""
STEPS = Table(
    "briefing_steps",
    REGISTER,
    key("briefing", "briefings.id"),
    key("position"),
    *texts("state", *WHO),
    Column("version", Integer, nullable=False),
    Column("note", Text, nullable=False),
)
ISSUES = Table(
    "briefing_issues",
    REGISTER,
    key("briefing", "briefings.id"),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    *texts("number", "for_whom"),
    Column("version", Integer, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("expires", Date, nullable=False),
    UniqueConstraint("year", "serial"),
    UniqueConstraint("number"),
)
DOCUMENTS = Table(
    "briefing_documents",
    REGISTER,
    key("briefing", "briefings.id"),
    Column("kind", String(10), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
)
REPLACEMENTS = Table(
    "briefing_replacements",
    REGISTER,
    key("briefing", "briefings.id"),
    Column("replaced", Integer, ForeignKey("briefings.id"), nullable=False),
    *texts(*WHO),
)
"""Which briefing is to take the place of which."""
ACTIONS = Table(
    "briefing_actions",
    REGISTER,
    key("briefing", "briefings.id"),
    key("position"),
    *texts("what", "owner"),
    Column("due", Date, nullable=False),
)
OUTCOMES = Table(
    "briefing_outcomes",
    REGISTER,
    key("briefing"),
    key("position"),
    *texts(*WHO),
    Column("done_on", Date, nullable=False),
    Column("outcome", Text, nullable=False),
    ForeignKeyConstraint(["briefing", "position"], ["briefing_actions.briefing", "briefing_actions.position"]),
)
REQUESTS = Table("briefing_requests", REGISTER, key("id"), *texts(*WARD, *WHO), Column("reason", Text, nullable=False))
ANSWERS = Table(
    "briefing_answers",
    REGISTER,
    key("request", "briefing_requests.id"),
    *texts(*WHO),
    Column("answer", Text, nullable=False),
)

fence_all(REGISTER)
