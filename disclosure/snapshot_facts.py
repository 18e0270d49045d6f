"""What one reader may have of a snapshot before any question is asked: what it is made of, its wards, what may be chosen."""

from collections.abc import Sequence
from functools import cached_property

import geopandas as gpd
import pandas as pd

from analysis.field_memory import FieldMemory
from analysis.windows import Window
from data.manifest import Manifest
from data.provision_settings import provision_as_read
from data.settings import Settings
from data.snapshots import Snapshot
from disclosure.audiences import Reader, permission
from disclosure.choices import Choices, offered_choices
from disclosure.districts import Districts
from disclosure.marking import Marking, make_marking
from disclosure.permitted import permitted_ends
from disclosure.provision import ReleasedProvision, release_provision
from disclosure.reports import ReleasedReport, release_report
from disclosure.snapshot_counts import SnapshotCounts
from disclosure.told_book import ToldBook


class SnapshotFacts:
    """A snapshot tied to a reader. Reads each table once."""

    def __init__(
        self, snapshot: Snapshot, *, settings: Settings, reader: Reader, book: ToldBook, earlier: Sequence[Snapshot]
    ) -> None:
        """Tie a snapshot to a reader; `book` says what was told, and `earlier` are the snapshots before it, the oldest first."""
        self._snapshot = snapshot
        rule = settings.disclosure
        self._exact = permission(reader.audience, rule=rule).exact
        self._fields = FieldMemory()
        self._counts = SnapshotCounts(snapshot, earlier=earlier, book=book, rule=rule, exact=self._exact)
        self.settings = settings
        self.reader, self.audience = reader, reader.audience

    @property
    def manifest(self) -> Manifest:
        """What the snapshot is made of. Without the numbers of rows where the audience has no exact values."""
        whole = self._snapshot.manifest
        if self._exact:
            return whole
        if not permission(self.audience, rule=self.settings.disclosure).provision:
            whole = whole.model_copy(update={"provision_as_at": None})
        return whole.model_copy(update={"reports": (), "rows": {}, "files": {}, "sources": (), "key": ""})

    @property
    def marking(self) -> Marking:
        """What stands on everything made from this snapshot."""
        return make_marking(
            handling=self.settings.disclosure.handling,
            invented=self.manifest.invented,
            stand_in=self.stand_in,
            public=not permission(self.audience, rule=self.settings.disclosure).wards,
        )

    @property
    def stand_in(self) -> tuple[str, ...]:
        """What was said when the files were read, and what the settings have come to say since."""
        now = self.settings.incidents.stand_in
        return tuple(dict.fromkeys([*self.manifest.stand_in, *([now] if now else [])]))

    @property
    def reports(self) -> tuple[ReleasedReport, ...]:
        """The account of every row read, as the audience may have it."""
        rule = self.settings.disclosure
        there = permission(self.audience, rule=rule).provision
        return tuple(
            release_report(one, exact=self._exact, rule=rule)
            for one in self._snapshot.manifest.reports
            if there or one.table != "provision"
        )

    def provided(self, window: Window) -> ReleasedProvision | None:
        """What is provided, beside an answer for a window; nothing if no file of it was loaded or this reader may not have it."""
        rows, as_at = self._snapshot.provision(), self._snapshot.manifest.provision_as_at
        if rows is None or as_at is None:
            return None
        newest = window.last == max(self.ends(window.quarters), default=window.last)
        codes = self.wards["ward_code"].astype(str)
        as_read = provision_as_read(self._snapshot.manifest.settings)
        settings = self.settings.model_copy(update={"provision": as_read})  # what a cost is, the file's day said
        return release_provision(
            rows, as_at=as_at, window=window, newest=newest, wards=codes, reader=self.reader, settings=settings
        )

    @cached_property
    def wards(self) -> pd.DataFrame:
        """`ward_code`, `ward_name`, `district`, in map order."""
        return self._districts.rows(self._all_wards)

    def outlines(self) -> gpd.GeoDataFrame:
        """Outlines for drawing, EPSG:4326, in the order of `wards`."""
        return self._districts.rows(self._snapshot.outlines())

    @cached_property
    def choices(self) -> Choices:
        """What this audience may choose."""
        return offered_choices(self._counts.tables, audience=self.audience, settings=self.settings)

    def ends(self, quarters: int) -> list[str]:
        """Last quarters that may be chosen for a window of that length, newest first."""
        rule = self.settings.disclosure
        return permitted_ends(self.audience, rule=rule, covered=self.choices.quarters, quarters=quarters)

    @cached_property
    def _all_wards(self) -> pd.DataFrame:
        return pd.DataFrame(self._counts.tables.wards[["ward_code", "ward_name", "district"]]).reset_index(drop=True)

    @cached_property
    def _districts(self) -> Districts:
        return Districts(self._all_wards, names=self.reader.districts)
