"""Where the records of what people do are kept: in a file of the store, or in PostgreSQL where `DATABASE_URL` names one.

In PostgreSQL each partnership has a schema of its own, so that several may share a database. A URL may hold a password: it is
never shown, and no error repeats it.
"""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from data.database_hosts import stays_here
from data.errors import UsageError
from data.settings import Settings
from data.visible_text import visible_text
from disclosure.audit_entries import OUT_OF_REACH, UnrecordedError
from ingest.places import partnership_slug, records_anchor, records_file

DATABASE_VARIABLE = "DATABASE_URL"
"""Environment variable that names the PostgreSQL database of the records; a file of the store if it is not set."""
_DRIVER = "postgresql+psycopg"
_SCHEMES = ("postgres", "postgresql", _DRIVER)
_FORM = "Give it as postgresql://USER:PASSWORD@HOST:5432/DATABASE, or leave the variable out to keep the records in the store."
_SLUG = 28
"""Characters of a partnership's name in that of its schema: with a mark and a time behind it a name has at most 63."""


@dataclass(frozen=True)
class PostgresPlace:
    """A partnership's schema in a PostgreSQL database."""

    url: URL = field(repr=False)
    schema: str

    def __str__(self) -> str:
        """Say where, without who and with what password."""
        return f"in the PostgreSQL database {visible_text(self.url.database or '')} at {self.host or 'this machine'}"

    @property
    def host(self) -> str:
        """Host and port, as far as the URL says."""
        host = self.url.host or str(self.url.query.get("host", ""))
        return visible_text(f"{host}:{self.url.port}" if self.url.port else host)

    @property
    def is_local(self) -> bool:
        """Whether nothing of what is said leaves this machine."""
        return stays_here(self.url)


Place = Path | PostgresPlace


def records_place(settings: Settings) -> Place:
    """Say where a partnership's records are kept.

    Raises
    ------
    UsageError
        If `DATABASE_URL` is none of a PostgreSQL database.
    UnrecordedError
        If it is not set, and the records of this store are in PostgreSQL.
    """
    text = os.environ.get(DATABASE_VARIABLE, "").strip()
    if not text:
        _check_never_moved(settings)
        return records_file(settings)
    return PostgresPlace(read_database_url(text), schema=schema_of(settings))


def anchor_file(settings: Settings) -> Path:
    """Say where the anchor of these records lies: a file on a disk that all servers share, beside the store either way.

    Records in the store and records in PostgreSQL have one each, so that a partnership can move from one to the other.
    """
    if settings.storage.anchor or isinstance(records_place(settings), Path):
        return records_anchor(settings)
    return _postgres_anchor(settings)


def _postgres_anchor(settings: Settings) -> Path:
    return records_file(settings).with_name("postgresql.anchor")


def _check_never_moved(settings: Settings) -> None:
    """Refuse to begin, or to go on with, another trail beside the one that goes on in PostgreSQL."""
    anchor = _postgres_anchor(settings)
    if anchor.exists():
        raise UnrecordedError(
            OUT_OF_REACH,
            for_operator=f"The records are in PostgreSQL ({anchor} is their anchor), and {DATABASE_VARIABLE} is not set, "
            "so nothing is done. Set it; if they are to be in the store again, see docs/postgresql.md, Moving from a file.",
            why=f"the records are in PostgreSQL, and {DATABASE_VARIABLE} is not set.",
        )


def schema_of(settings: Settings) -> str:
    """Name a partnership's schema: small letters, figures and underlines, the same on every machine."""
    mark = hashlib.sha256(settings.partnership.name.encode()).hexdigest()[:6]
    return f"wo_{partnership_slug(settings).replace('-', '_')[:_SLUG]}_{mark}"


def read_database_url(text: str) -> URL:
    """Read the URL of a PostgreSQL database: postgresql://, postgres:// or postgresql+psycopg://.

    Raises
    ------
    UsageError
        If it is none. What was given is not repeated: it may hold a password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise UsageError(f"{DATABASE_VARIABLE} is no URL of a database. {_FORM}") from None
    if url.drivername not in _SCHEMES:
        raise UsageError(f"{DATABASE_VARIABLE} is of another kind of database than PostgreSQL. {_FORM}")
    if not url.database:
        raise UsageError(f"{DATABASE_VARIABLE} names no database. {_FORM}")
    return url.set(drivername=_DRIVER)
