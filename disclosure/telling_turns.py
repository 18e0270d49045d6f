"""Whose turn it is to work out what may be told: two that do not know of each other's could be subtracted from one another.

A lock of a file where one machine serves the store; one of the database where several do, whose shared disk need not have locks.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from data.errors import UsageError
from data.settings import Settings
from disclosure.audit_entries import UnrecordedError
from disclosure.records_place import PostgresPlace, records_place
from disclosure.records_postgres import PostgresRecords

PATIENCE = 900.0
"""Seconds: telling a country takes a minute or two."""
_TOO_LONG = "Somebody else has been working out for very long what may be shown of another snapshot. Try again later."


class Turn(Protocol):
    """Something that one process holds at a time."""

    def taken(self) -> AbstractContextManager[None]:
        """Give a block in which it is held. Raises UsageError if it cannot be had, OSError if it cannot be made."""

    def check(self) -> None:
        """Raise UsageError if it was lost since it was taken."""


class FileTurn:
    """A file that is locked."""

    def __init__(self, path: Path) -> None:
        """Name it."""
        self._path = path

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._path, timeout=PATIENCE, mode=0o600)
        try:
            lock.acquire()
        except Timeout as error:
            raise UsageError(_TOO_LONG) from error
        try:
            yield
        finally:
            lock.release()

    def check(self) -> None:
        """Do nothing: the system keeps it as long as the process lives."""


class DatabaseTurn:
    """An advisory lock of a partnership's schema."""

    def __init__(self, place: PostgresPlace) -> None:
        """Name the schema."""
        self._records, self._place = PostgresRecords(place), place
        self._held: Connection | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold it, in a transaction that does nothing else."""
        with (
            _first_in_this_process(self._place),
            self._said_plainly(),
            self._records.telling(patience=PATIENCE) as connection,
        ):
            self._held = connection
            try:
                yield
            finally:
                self._held = None

    def check(self) -> None:
        """Ask the server: with the connection, the lock is lost too."""
        if self._held is None:
            return
        with self._said_plainly():
            self._held.exec_driver_sql("SELECT 1")

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            if getattr(getattr(error, "orig", None), "sqlstate", "") == "55P03":
                raise UsageError(_TOO_LONG) from error
            said = self._records.said(error)
            first = "What is shown of this snapshot must be written down first, one after the other."
            raise UnrecordedError(
                f"{first} {said}", for_operator=f"{first} {said.for_operator}", why=said.why
            ) from error


_queues: dict[PostgresPlace, Lock] = {}


@contextmanager
def _first_in_this_process(place: PostgresPlace) -> Iterator[None]:
    """Wait without a connection: everybody who opens a new snapshot would otherwise hold one for as long as telling takes."""
    queue = _queues.setdefault(place, Lock())
    if not queue.acquire(timeout=PATIENCE):
        raise UsageError(_TOO_LONG)
    try:
        yield
    finally:
        queue.release()


def turn_of(settings: Settings) -> Turn | None:
    """Give the turn that all servers of a partnership's database take; `None` where its records are files of one machine."""
    place = records_place(settings)
    return DatabaseTurn(place) if isinstance(place, PostgresPlace) else None
