"""One snapshot, opened for reading."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.errors import UsageError
from data.manifest import Manifest, StoredFile, damaged, hash_file, read_manifest, snapshot_id


class Snapshot:
    """One snapshot, opened: the manifest at once, each table when it is asked for.

    Every call reads the file again and gives a table of its own; once the snapshot is deleted, it raises `UsageError`.
    """

    def __init__(self, folder: Path) -> None:
        """Open the snapshot in a folder; `SnapshotStore.open` is the way to it."""
        self._folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self._check(lambda path, stored: path.stat().st_size == stored.bytes)

    @property
    def id(self) -> str:
        """The name of the snapshot."""
        return self.manifest.id

    def wards(self) -> gpd.GeoDataFrame:
        """Wards with residents and workday population, sorted by code, EPSG:27700."""
        return gpd.read_parquet(self._file("wards"))

    def outlines(self) -> gpd.GeoDataFrame:
        """Simplified outlines for drawing, in the order of `wards`, EPSG:4326."""
        return gpd.read_parquet(self._file("outlines"))

    def referrals(self) -> pd.DataFrame:
        """Referrals: counts by ward, quarter, category and sector."""
        return pd.read_parquet(self._file("referrals"))

    def incidents(self) -> pd.DataFrame:
        """Incidents with their wards."""
        return pd.read_parquet(self._file("incidents"))

    def verify(self) -> None:
        """Check the content of every file against the manifest.

        Raises
        ------
        RefusedInputError
            If the snapshot is damaged.
        """
        self._check(lambda path, stored: hash_file(path) == stored.sha256)
        made_of = self.manifest
        if made_of.id != snapshot_id(made_of.sources, made_of.settings, last_quarter=made_of.last_quarter):
            raise damaged(made_of.id, "its id does not follow from its sources and settings")

    def _file(self, table: str) -> Path:
        if not self._folder.is_dir():
            raise UsageError(f"Snapshot {self.id} was deleted while it was in use. Choose another.")
        return self._folder / f"{table}.parquet"

    def _check(self, sound: Callable[[Path, StoredFile], bool]) -> None:
        for name, stored in self.manifest.files.items():
            path = self._folder / name
            if not path.is_file():
                raise damaged(self.id, f"{name} is missing")
            if not sound(path, stored):
                raise damaged(self.id, f"{name} is not as it was written")
