"""The audit trail: who saw, exported, made, approved or changed what, when, under which snapshot and settings.

Callers record **before** they show or write: what cannot be recorded is not done. The trail holds choices, and identifiers of
people who use the program; it never holds anything about subjects, and no count.

What `verify` finds, and what it cannot:

- any row that was changed, put in, taken out or moved, as long as the chain was not written anew from there on;
- a chain that was written anew, shortened at its end, swapped for another or removed, as long as the anchor was left;
- with a key (`WARD_OVERLAP_AUDIT_KEY`), a chain and an anchor that were written anew by someone without it;
- with a head written down elsewhere (`audit head`, then `audit verify --head`), also a trail and anchor that were both put back
  to an older state, or both removed.

Without a key, someone who may write both files can therefore forge the trail; the anchor on another disk or machine, a key, and
heads that are written down are three ways to take that away. Whoever holds the key and both files can forge what came after the
last head that was written down.
"""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from data.account import account_name
from data.errors import UsageError
from data.settings import Settings
from data.version import software_version
from disclosure.audit_anchor import UNSET, Anchor, Anchored
from disclosure.audit_aside import put_aside
from disclosure.audit_chain import KEY_VARIABLE, Head, Row, Sealer, sealer_of
from disclosure.audit_entries import Action, AuditEntry, UnrecordedError, What
from disclosure.audit_store import AuditStore, Wanted, add_row, everybody, head_of, last_row, wanted_rows
from disclosure.audit_verification import SET_THE_KEY, Verification, fault_of_key_in, verify_trail
from disclosure.records_place import Place, anchor_file, records_place

__all__ = ["Action", "AuditEntry", "AuditTrail", "UnrecordedError", "Verification", "Wanted", "What", "open_audit"]

EVERYTHING = Wanted()
PAGE = 200
"""Rows on one page of the trail."""


class AuditTrail:
    """The trail of one partnership."""

    def __init__(self, path: Place, *, anchor: Path, sealer: Sealer, settings_mark: str = "") -> None:
        """Name its two places; files are made with the first entry."""
        self.path = path
        self._store, self._anchor = AuditStore(path), Anchor(anchor)
        self._sealer, self._mark = sealer, settings_mark

    def record(self, entry: AuditEntry) -> None:
        """Record one entry; when this returns, it is on disk.

        Raises
        ------
        UnrecordedError
            If it cannot be: the disk is full, the file is locked or read-only, or the trail does not fit its anchor. The caller
            must not go on.
        """
        self.record_with(lambda _: entry)

    def record_with(
        self, act: Callable[[Connection], AuditEntry], *, remake: Callable[[Connection], None] | None = None
    ) -> None:
        """Do something in other tables of the same database and record it: both are on disk when this returns, or neither.

        Parameters
        ----------
        act
            Does it, holding the write lock, and says what is to be recorded. If it raises, nothing has been done.
        remake
            Makes or changes the tables first.

        Raises
        ------
        UnrecordedError
            As of `record`.
        """
        with self._store.remaking(remake) if remake else self._store.writing() as connection:
            head = self._settled(last_row(connection))
            row = self._row(act(connection), head=head)
            add_row(connection, row)  # before the anchor: a lock that was lost with its connection is noticed here
            self._anchor.announce(head, next_hash=row.row_hash)
        with self._store.writing() as connection:  # under the lock: of two anchors, the later must not be written first
            self._settled(last_row(connection))

    def head(self) -> Head:
        """How far the trail goes now: to be written down elsewhere."""
        with self._store.reading() as connection:
            return head_of(_end_of(connection))

    def check_end(self) -> None:
        """Check what is checked before each entry: the end of the trail against its anchor and its key. Writes nothing.

        Raises
        ------
        UnrecordedError
            If nothing could be recorded on it, or it cannot be read.
        """
        with self._store.reading() as connection:
            if self._anchored(_end_of(connection)):
                return
        with self._store.locked() as connection:  # somebody may have been writing between the looks at rows and anchor
            if not self._anchored(_end_of(connection)):
                raise self._unfit()

    def is_begun(self) -> bool:
        """Whether there is any entry; also where the tables are still to be made."""
        with self._store.glancing() as connection:
            return _end_of(connection) is not None

    def verify(self, *, known: Head | None = None) -> Verification:
        """Check every row, the end of the trail against its anchor and, if given, a head that was written down elsewhere."""
        return verify_trail(self._store, self._anchor, sealer=self._sealer, known=known)

    def entries(self, wanted: Wanted = EVERYTHING, *, page: int = 0, size: int = PAGE) -> list[Row]:
        """Give entries, the newest first, one page of them."""
        with self._store.reading() as connection:
            if connection is None:
                return []
            return wanted_rows(connection, wanted, size=size, page=page)

    def everybody(self) -> list[str]:
        """Give everyone who is in the trail, for a filter."""
        with self._store.reading() as connection:
            return [] if connection is None else everybody(connection)

    def set_aside(self, who: str, *, without_its_key: bool = False) -> list[Path | str]:
        """Put a trail that does not hold, or has no key yet, aside under another name; begin a new one that says so.

        What else is in the database (the register of briefings) goes on in the new one, as far as it can be read.

        Parameters
        ----------
        without_its_key
            Also a trail that may only lack its key.

        Returns
        -------
        list of Path or str
            The files under their new names, and in PostgreSQL the schema that the table is in now. They are to be kept.

        Raises
        ------
        UsageError
            If the key of the trail may only be missing. Nothing is put aside.
        """
        if not without_its_key and (fault := fault_of_key_in(self._store, sealer=self._sealer)):
            raise UsageError(f"{fault} Nothing was set aside. {SET_THE_KEY}")
        until = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        moved = put_aside(self._store, self._anchor.path, until=until)
        self.record(
            AuditEntry(Action.CHANGED, who, What.AUDIT, detail={"reason": f"the trail until {until} was set aside"})
        )
        return moved

    def _row(self, entry: AuditEntry, *, head: Head) -> Row:
        row = Row(
            number=head.rows + 1,
            made_at=datetime.now(UTC).isoformat(timespec="microseconds"),
            action=entry.action.value,
            who=entry.who,
            what=entry.what,
            audience=entry.audience,
            snapshot=entry.snapshot,
            settings=entry.settings or self._mark,
            detail=json.dumps(dict(entry.detail), sort_keys=True, ensure_ascii=False),
            software=software_version(),
            previous_hash=head.hash,
            row_hash="",
        )
        return replace(row, row_hash=self._sealer.hash_of(row))

    def _settled(self, last: Row | None) -> Head:
        """Give the head of a trail that fits its anchor, which is brought up to date if a crash left it one row behind."""
        head, anchored = head_of(last), self._anchored(last)
        if anchored is None:
            raise self._unfit()
        if anchored.announces(head):
            self._anchor.settle(head)
        return head

    def _anchored(self, last: Row | None) -> Anchored | None:
        """Give what the anchor says, where the end of the trail fits it and the key."""
        anchored = self._anchor.read()
        if anchored is None and last is None:
            anchored = UNSET
        fits = anchored is not None and anchored.fits(head_of(last)) and (last is None or self._sealer.fits(last))
        return anchored if fits else None

    def _unfit(self) -> UnrecordedError:
        what = (
            "does not fit its anchor or its key, so nothing is shown or done until the administrator has looked into it: "
            "`python cli.py audit verify` says what is wrong."
        )
        return UnrecordedError(
            f"The record of who saw what {what}",
            for_operator=f"The record {self.path} {what}",
            why="the record does not fit its anchor or its key: `audit verify` says what is wrong.",
        )


def _end_of(connection: Connection | None) -> Row | None:
    return None if connection is None else last_row(connection)


@lru_cache(maxsize=32)
def _trail(path: Place, anchor: Path, key: str | None, settings_mark: str) -> AuditTrail:
    return AuditTrail(path, anchor=anchor, sealer=sealer_of(key), settings_mark=settings_mark)


def open_audit(settings: Settings) -> AuditTrail:
    """Open the trail of a partnership. Cheap: nothing is made or read until something is recorded or asked.

    Raises
    ------
    UsageError
        If the key in `WARD_OVERLAP_AUDIT_KEY` is too short to be one, or `DATABASE_URL` is none.
    """
    return _trail(
        records_place(settings), anchor_file(settings), os.environ.get(KEY_VARIABLE), mark_of_settings(settings)
    )


def mark_of_settings(settings: Settings) -> str:
    """Give a short hash of all settings in force: two entries with the same mark were made under the same settings."""
    text = json.dumps(settings.model_dump(mode="json"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def os_user() -> str:
    """Who is at this machine, as `os:name`: for the command line, and for a server of one person."""
    return f"os:{account_name()}"
