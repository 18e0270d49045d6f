"""The counts of one snapshot, exact or as ranges: the one place where exact counts are let through or held back."""

from collections.abc import Sequence
from functools import cached_property

from analysis.counting import CountSource, EventTables
from data.settings import Disclosure
from data.snapshots import Snapshot, SnapshotStore
from disclosure.cells import CellTables


class SnapshotCounts:
    """What can be counted in a snapshot. Reads each table once.

    Parameters
    ----------
    earlier : sequence of Snapshot
        The snapshots before this one, the oldest first: what they told still stands.
    exact : bool
        Whether this is for an audience that may have exact values.
    """

    def __init__(self, snapshot: Snapshot, *, earlier: Sequence[Snapshot], rule: Disclosure, exact: bool) -> None:
        """Read nothing yet."""
        self._snapshot, self._earlier = snapshot, earlier
        self._rule, self._exact = rule, exact

    @property
    def source(self) -> CountSource:
        """What questions are asked of."""
        return self.cells or self.tables

    @cached_property
    def cells(self) -> CellTables | None:
        """What may be known of the counts; none where they may be known exactly."""
        if self._exact:
            return None
        return CellTables(self.tables, rule=self._rule, earlier=[_read(one) for one in self._earlier])

    @cached_property
    def tables(self) -> EventTables:
        """The tables with exact counts."""
        return _read(self._snapshot)


def snapshots_before(snapshot: Snapshot, *, store: SnapshotStore) -> list[Snapshot]:
    """Open the snapshots of the same partnership that were made before this one, the oldest first; none of invented wards."""
    made, name = snapshot.manifest.created_at, snapshot.manifest.partnership
    older = [
        one
        for one in store.manifests()
        if one.created_at < made and one.partnership == name and "wards" not in one.invented
    ]
    return [store.open(one.id) for one in reversed(older)]


def _read(snapshot: Snapshot) -> EventTables:
    return EventTables(wards=snapshot.wards(), referrals=snapshot.referrals(), incidents=snapshot.incidents())
