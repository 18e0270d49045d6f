"""The counts of one snapshot, exact or as ranges: the one place where exact counts are let through or held back."""

from collections.abc import Sequence
from functools import cached_property

from analysis.counting import CountSource, EventTables
from analysis.windows import Window
from data.settings import Disclosure
from data.snapshots import Snapshot, SnapshotStore
from disclosure.audiences import COARSE_WINDOWS
from disclosure.cells import CellTables
from disclosure.telling import Told, tell, windows_told
from disclosure.told_book import ToldBook


class SnapshotCounts:
    """What can be counted in a snapshot. Reads each table once.

    Parameters
    ----------
    earlier : sequence of Snapshot
        The snapshots before this one, the oldest first: they are told before it.
    book : ToldBook
        What was told, of these and of snapshots that are no longer there.
    exact : bool
        Whether this is for an audience that may have exact values.
    """

    def __init__(
        self, snapshot: Snapshot, *, earlier: Sequence[Snapshot], book: ToldBook, rule: Disclosure, exact: bool
    ) -> None:
        """Read nothing yet."""
        self._snapshot, self._earlier, self._book = snapshot, earlier, book
        self._rule, self._exact = rule, exact
        self._first_shown: dict[Window, str] = {}

    @property
    def source(self) -> CountSource:
        """What questions are asked of."""
        return self.cells or self.tables

    @cached_property
    def cells(self) -> CellTables | None:
        """What may be known of the counts; none where they may be known exactly.

        Raises
        ------
        UsageError
            If what is about to be told cannot be written down.
        """
        if self._exact:
            return None
        if self._is_invented:
            told = tell(self.tables, rule=self._rule, lengths=COARSE_WINDOWS)
        else:
            told = self._told() or self._tell_all()
        return CellTables(self.tables, told=told, rule=self._rule)

    def first_shown(self, window: Window) -> str | None:
        """Give the other snapshot of which a window was told first, which binds what is told of this one; none if none was."""
        if self._exact or self._is_invented:
            return None
        first = self._first_shown.get(window) or self._book.first_to_tell(window)
        if first is None:
            return None
        self._first_shown[window] = first  # which was first stays so: screens ask in every run
        return None if first == self._snapshot.id else first

    @property
    def _is_invented(self) -> bool:
        """Nobody lives there: what is told of such wards needs no keeping, and may not bind what is told of others."""
        return "wards" in self._snapshot.manifest.invented

    def _told(self) -> Told | None:
        """Give what was told of this snapshot, if it and those before it have been told."""
        if any(one.id not in self._book for one in self._earlier):
            return None
        told = self._book.entry(self._snapshot.id)
        wanted = windows_told(self.tables.covered, lengths=COARSE_WINDOWS, step=self._rule.window_step)
        return told if told and told.ranges.keys() >= set(wanted) else None

    def _tell_all(self) -> Told:
        with self._book.one_at_a_time():
            told = self._told()  # by another process, meanwhile
            if told is not None:
                return told
            for one in self._earlier:
                if one.id not in self._book:
                    self._tell(one, tables=_read(one))
            return self._tell(self._snapshot, tables=self.tables)

    @cached_property
    def tables(self) -> EventTables:
        """The tables with exact counts."""
        return _read(self._snapshot)

    def _tell(self, snapshot: Snapshot, *, tables: EventTables) -> Told:
        told = tell(tables, rule=self._rule, lengths=COARSE_WINDOWS, before=self._book.entries())
        self._book.write(snapshot.id, told)
        return told


def snapshots_before(snapshot: Snapshot, *, store: SnapshotStore) -> list[Snapshot]:
    """Open the snapshots that were made before this one, the oldest first; none of invented wards."""
    made = snapshot.manifest.created_at
    older = [one for one in store.manifests() if one.created_at < made and "wards" not in one.invented]
    return [store.open(one.id) for one in reversed(older)]


def _read(snapshot: Snapshot) -> EventTables:
    return EventTables(wards=snapshot.wards(), referrals=snapshot.referrals(), incidents=snapshot.incidents())
