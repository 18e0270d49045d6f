"""Settings of databases that inputs are asked from, and the queries that ask for them. No password ever stands here."""

from typing import Annotated

from pydantic import Field

from data.settings_section import Section

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$")]
"""What a database or a query is called: it stands on the command line and in messages."""


class Database(Section):
    """One database."""

    url_variable: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,99}$")]
    """Environment variable that holds its address with account and password, as SQLAlchemy writes it."""


class Query(Section):
    """One question to a database, whose answer stands for a file."""

    database: Name
    """Which of the databases is asked."""
    sql: Annotated[str, Field(min_length=1, max_length=50_000)]
    """A single SELECT. Its columns are called as the settings say of a file's headings."""


Databases = Annotated[dict[Name, Database], Field(max_length=100)]
Queries = Annotated[dict[Name, Query], Field(max_length=1_000)]
