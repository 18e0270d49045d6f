"""Kinds of columns that records in a file and in PostgreSQL have alike."""

from sqlalchemy import String, Text
from sqlalchemy.types import TypeEngine


def short_text(length: int) -> "TypeEngine[str]":
    """Make the type of a short text.

    SQLite takes longer ones than it is told, so PostgreSQL has to as well; and there it is sorted and compared letter by letter
    (collation C) as SQLite does, whatever the language of the database.
    """
    return String(length).with_variant(Text(collation="C"), "postgresql")
