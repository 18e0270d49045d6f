"""The tables of saved selections of wards, in the database of what people do: rows are added, never changed, never removed.

That one was removed from its owner's list is told by a further row.
"""

from sqlalchemy import Column, MetaData, Table, Text

from briefing.kept_tables import WHO, fence_all, key, texts

SELECTION_TABLES = MetaData()

SELECTIONS = Table(
    "selections",
    SELECTION_TABLES,
    key("id"),
    *texts("title", "snapshot", "audience"),
    Column("choices", Text, nullable=False),
    *texts(*WHO),
)
"""`choices` is JSON: what was chosen on the screen, as its address has it."""
SELECTION_REMOVALS = Table("selection_removals", SELECTION_TABLES, key("selection", "selections.id"), *texts(*WHO))

fence_all(SELECTION_TABLES)
