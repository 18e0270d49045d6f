"""One snapshot, opened for reading."""

import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import pandas as pd
import pyarrow as pa
from shapely.errors import GEOSException

from data.errors import UsageError
from data.manifest import Manifest, StoredFile, damaged, hash_file, read_manifest, snapshot_id
from data.snapshot_contents import COLUMNS

Frame = TypeVar("Frame", bound=pd.DataFrame)


class Snapshot:
    """One snapshot, opened: the manifest at once, each table when it is asked for.

    Every call reads the file again and gives a table of its own; once the snapshot is deleted, it raises `UsageError`.
    """

    def __init__(self, folder: Path) -> None:
        """Open the snapshot in a folder; `SnapshotStore.open` is the way to it."""
        self._folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self._check_id()
        self._check(lambda path, stored: path.stat().st_size == stored.bytes)

    @property
    def id(self) -> str:
        """The name of the snapshot."""
        return self.manifest.id

    def wards(self) -> gpd.GeoDataFrame:
        """Wards with residents and workday population, sorted by code, EPSG:27700."""
        return self._outlines("wards", crs="EPSG:27700")

    def outlines(self) -> gpd.GeoDataFrame:
        """Simplified outlines for drawing, in the order of `wards`, EPSG:4326."""
        return self._outlines("outlines", crs="EPSG:4326")

    def referrals(self) -> pd.DataFrame:
        """Referrals: counts by ward, quarter, category and sector."""
        return self._table("referrals", pd.read_parquet)

    def incidents(self) -> pd.DataFrame:
        """Incidents with their wards."""
        return self._table("incidents", pd.read_parquet)

    def provision(self) -> pd.DataFrame | None:
        """What is provided, a row for each thing and ward; none where no file of it was loaded."""
        return self.table("provision") if "provision.parquet" in self.manifest.files else None

    def table(self, name: str) -> pd.DataFrame:
        """Any table of records, by its name."""
        return self._table(name, pd.read_parquet)

    def verify(self) -> None:
        """Check the content of every file against the manifest.

        Raises
        ------
        RefusedInputError
            If the snapshot is damaged.
        """
        self._check(lambda path, stored: hash_file(path) == stored.sha256)
        self._check_id()

    def _check_id(self) -> None:
        made_of = self.manifest
        if made_of.id != snapshot_id(
            made_of.sources, made_of.settings, last_quarter=made_of.last_quarter, key=made_of.key
        ):
            raise damaged(made_of.id, "its id does not follow from its sources and settings")

    def _outlines(self, table: str, *, crs: str) -> gpd.GeoDataFrame:
        found: gpd.GeoDataFrame = self._table(table, gpd.read_parquet)
        if found.crs != crs:
            raise damaged(self.id, f"{table}.parquet is not in {crs}")
        return found

    def _table(self, table: str, read: Callable[..., Frame]) -> Frame:
        """Read a table from the very bytes that were checked, so that nothing comes between check and use."""
        if not self._folder.is_dir():
            raise UsageError(f"Snapshot {self.id} was deleted while it was in use. Choose another.")
        name = f"{table}.parquet"
        stored = self.manifest.files.get(name)
        content = self._content(name)
        if stored is None or hashlib.sha256(content).hexdigest() != stored.sha256:
            raise damaged(self.id, f"{name} is not as it was written")
        try:
            found = read(BytesIO(content))
        except (OSError, ValueError, TypeError, LookupError, RuntimeError, pa.ArrowException, GEOSException) as error:
            raise damaged(self.id, f"{name} cannot be read") from error
        if tuple(found.columns) != COLUMNS[table]:
            raise damaged(self.id, f"{name} has not the columns that it should have")
        return found

    def _content(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            raise damaged(self.id, f"{name} cannot be read") from error

    def _check(self, sound: Callable[[Path, StoredFile], bool]) -> None:
        for name, stored in self.manifest.files.items():
            path = self._folder / name
            if path.is_symlink() or not path.is_file():
                raise damaged(self.id, f"{name} is missing")
            if not sound(path, stored):
                raise damaged(self.id, f"{name} is not as it was written")
