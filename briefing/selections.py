"""Selections of wards that people save under a name: each has their own, and nobody sees another's.

A selection holds choices only (codes of wards, a window, a threshold), no value: opened again, it shows what its reader may have
then. Saving and removing are each written with their entry in the audit trail, in one transaction, which names the selection by
its number. Nothing is ever taken out of the tables: what is removed is not listed any more.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection, RowMapping, select

from briefing.keeping import Clock, KeptReader, Signed, add, carry_out, next_in, said, sign, signed, stamp, utc_now
from briefing.selections_tables import SELECTION_REMOVALS, SELECTION_TABLES, SELECTIONS
from data.errors import UsageError
from data.settings import Settings
from disclosure.audiences import Audience
from disclosure.audit import Action, AuditEntry, AuditTrail, What, open_audit
from disclosure.audit_entries import DamagedError
from disclosure.people import Person

LONGEST_TITLE = 80
MOST = 100
"""Selections that one person may have saved at a time."""


@dataclass(frozen=True)
class SavedSelection:
    """One selection as it was saved."""

    id: int
    title: str
    snapshot: str
    audience: str
    """Whose view was taken."""
    choices: Mapping[str, str]
    by: Signed


class _KnownError(Exception):
    """What is to be saved is saved already: a button was pressed twice."""

    def __init__(self, id: int) -> None:
        super().__init__()
        self.id = id


class SelectionRegister(KeptReader):
    """The saved selections of one partnership."""

    def __init__(self, trail: AuditTrail, *, now: Clock = utc_now) -> None:
        """Take the audit trail, whose database the register shares."""
        super().__init__(trail.path, tables=SELECTION_TABLES)
        self._trail, self._now = trail, now

    def of(self, person: Person) -> tuple[SavedSelection, ...]:
        """Give the selections of a person that they have not removed, the newest first."""
        with self._reading() as connection:
            return () if connection is None else tuple(_of(connection, person)[::-1])

    def save(
        self, title: str, choices: Mapping[str, str], *, snapshot: str, audience: Audience, by: Person
    ) -> SavedSelection:
        """Save a selection. One that is there already, under the same name, is not saved twice.

        Raises
        ------
        UsageError
            If the name is too short or too long, or the person has as many as they may.
        UnrecordedError
            If it cannot be recorded. It is then not saved.
        """
        name = said(title, what="a name for the selection", most=LONGEST_TITLE)
        kept = json.dumps(dict(sorted(choices.items())), ensure_ascii=False)
        made: list[int] = []

        def act(connection: Connection) -> AuditEntry:
            there = _of(connection, by)
            for one in there:
                if (one.title, dict(one.choices), one.snapshot) == (name, dict(choices), snapshot):
                    raise _KnownError(one.id)
            if len(there) >= MOST:
                raise UsageError(f"You have {MOST} selections saved, which is the most. Remove one first.")
            made.append(next_in(connection, SELECTIONS.c.id))
            told = {"title": name, "snapshot": snapshot, "audience": audience.value, "choices": kept}
            add(connection, SELECTIONS, id=made[0], **told, **stamp(sign(by, now=self._now)))
            return _entry(Action.SAVED, id=made[0], snapshot=snapshot, audience=audience.value, by=by)

        try:
            carry_out(act, trail=self._trail, tables=SELECTION_TABLES)
        except _KnownError as known:
            made.append(known.id)
        return next(one for one in self.of(by) if one.id == made[0])

    def remove(self, id: int, *, by: Person) -> None:
        """Take a selection out of its owner's list; one that is not in it stays as it is.

        Raises
        ------
        UnrecordedError
            As of `save`.
        """

        def act(connection: Connection) -> AuditEntry:
            own = [one for one in _of(connection, by) if one.id == id]
            if not own:
                raise _KnownError(id)
            add(connection, SELECTION_REMOVALS, selection=id, **stamp(sign(by, now=self._now)))
            return _entry(Action.DELETED, id=id, snapshot=own[0].snapshot, audience=own[0].audience, by=by)

        try:
            carry_out(act, trail=self._trail, tables=SELECTION_TABLES)
        except _KnownError:
            return


def open_selections(settings: Settings, *, now: Clock = utc_now) -> SelectionRegister:
    """Open the saved selections of a partnership. Cheap: nothing is made or read until something is done or asked."""
    return SelectionRegister(open_audit(settings), now=now)


def _of(connection: Connection, person: Person) -> list[SavedSelection]:
    """Give what a person has saved and not removed, the oldest first, on a connection that the caller holds."""
    gone = select(SELECTION_REMOVALS.c.selection)
    query = (
        select(SELECTIONS).where(SELECTIONS.c.who == person.id, SELECTIONS.c.id.not_in(gone)).order_by(SELECTIONS.c.id)
    )
    return [_saved(row) for row in connection.execute(query).mappings()]


def _saved(row: RowMapping) -> SavedSelection:
    try:
        choices = json.loads(row["choices"])
    except ValueError as error:
        raise DamagedError(f"Selection {row['id']} cannot be read. Restore the records from a backup.") from error
    plain = {str(key): str(text) for key, text in choices.items()}
    return SavedSelection(
        row["id"], row["title"], row["snapshot"], row["audience"], MappingProxyType(plain), signed(row)
    )


def _entry(action: Action, *, id: int, snapshot: str, audience: str, by: Person) -> AuditEntry:
    return AuditEntry(action, by.id, What.SELECTION, audience=audience, snapshot=snapshot, detail={"number": str(id)})
