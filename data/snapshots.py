"""Snapshots: immutable, named versions of the ingested data."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from data.account import account_name
from data.durable import remove_folder, write_folder
from data.errors import UsageError
from data.manifest import (
    FORMAT_VERSION,
    MANIFEST,
    Manifest,
    SourceFile,
    StoredFile,
    describe_source,
    hash_file,
    is_snapshot_id,
    read_manifest,
    snapshot_id,
)
from data.snapshot import Snapshot
from data.snapshot_contents import SnapshotContents, stored_tables
from data.store_key import store_key
from data.version import software_version

__all__ = [
    "Manifest",
    "Snapshot",
    "SnapshotContents",
    "SnapshotStore",
    "SourceFile",
    "describe_source",
    "hash_file",
]
_KNOWN_SHOWN = 10


class SnapshotStore:
    """The folder in which snapshots are kept, each in a folder of its own that is named by its id."""

    def __init__(self, folder: Path, *, announce: Callable[[str], None] = lambda _: None) -> None:
        """Name the folder, which is made when the first snapshot is written, and whom to tell its id before that."""
        self._folder = Path(folder)
        self._announce = announce

    @property
    def folder(self) -> Path:
        """Where the snapshots are."""
        return self._folder

    def write(self, contents: SnapshotContents) -> str:
        """Store a snapshot, unless there already is one of the same input, which is then left as it is.

        It is written beside its place and renamed into place when all of it is on disk: a crash at any moment leaves
        either nothing new or the whole snapshot.

        Returns
        -------
        str
            The id. Ingesting the same input twice gives the same one.

        Raises
        ------
        RefusedInputError
            If there already is one of this id and it is damaged.
        UsageError
            If the folder cannot be written.
        """
        tables = stored_tables(contents)
        quarters = _quarters(tables)
        key = self._key()
        name = snapshot_id(contents.sources, contents.reading_settings, last_quarter=quarters[1], key=key)
        target = self._folder / name
        if not target.exists():
            self._announce(name)
            try:
                write_folder(
                    target, lambda beside: _fill(beside, contents, tables, name=name, key=key, quarters=quarters)
                )
            except OSError as error:
                raise self._unwritable(error) from error
        return self.open(name).id

    def open(self, id: str) -> Snapshot:
        """Open a snapshot; checks that its files are there with the sizes they were written with.

        Raises
        ------
        UsageError
            If there is no snapshot of this id. Names those there are.
        RefusedInputError
            If it is damaged, or has another format.
        """
        if not is_snapshot_id(id):
            raise UsageError(
                f"That is not a snapshot id; expected one such as 2025-26-q2-0123456789ab. {self._known()}"
            )
        if not (self._folder / id).is_dir():
            raise UsageError(f"There is no snapshot {id}. {self._known()}")
        return Snapshot(self._folder / id)

    def manifests(self) -> list[Manifest]:
        """Read the manifests of all snapshots, the one written last first.

        Raises
        ------
        RefusedInputError
            If one cannot be read: to leave it out would be to work on other data without a word.
        """
        found = [self.manifest(id) for id in self.ids()]
        return sorted(found, key=lambda manifest: (manifest.created_at, manifest.id), reverse=True)

    def manifest(self, id: str) -> Manifest:
        """Read the manifest of one snapshot, by an id that `ids` gave.

        Raises
        ------
        RefusedInputError
            If it cannot be read.
        """
        return read_manifest(self._folder / id)

    def newest(self) -> Snapshot:
        """Open the snapshot written last.

        Raises
        ------
        UsageError
            If there is none yet.
        RefusedInputError
            If it is damaged.
        """
        manifests = self.manifests()
        if not manifests:
            raise UsageError(self._known())
        return self.open(manifests[0].id)

    def remove(self, id: str) -> None:
        """Take a snapshot away, damaged or not: wholly, or not at all.

        Raises
        ------
        UsageError
            If there is none of this id, or its folder cannot be removed.
        """
        if id not in self.ids():
            raise UsageError(f"There is no such snapshot. {self._known()}")
        try:
            remove_folder(self._folder / id)
        except OSError as error:
            raise UsageError(
                f"Snapshot {id} cannot be removed ({error.strerror}). Check that no program has it open and that this user "
                "may write in its folder, then try again."
            ) from error

    def ids(self) -> list[str]:
        """Give the ids of all snapshots, those that are damaged too, sorted."""
        if not self._folder.is_dir():
            return []
        return sorted(path.name for path in self._folder.iterdir() if is_snapshot_id(path.name) and path.is_dir())

    def _key(self) -> str:
        try:
            return store_key(self._folder, used=(read_manifest(self._folder / id).key for id in self.ids()))
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(
            f"The snapshots folder {self._folder} cannot be written ({error.strerror}). "
            "Check that the disk has room and that this user may write there."
        )

    def _known(self) -> str:
        ids = self.ids()
        if not ids:
            return "There are no snapshots yet. Ingest data first."
        more = f" and {len(ids) - _KNOWN_SHOWN} more" if len(ids) > _KNOWN_SHOWN else ""
        return f"Known: {', '.join(ids[-_KNOWN_SHOWN:])}{more}."


def _quarters(tables: Mapping[str, pd.DataFrame]) -> tuple[str | None, str | None]:
    labels = sorted({*tables["referrals"]["quarter"].dropna(), *tables["incidents"]["quarter"].dropna()})
    return (str(labels[0]), str(labels[-1])) if labels else (None, None)


def _fill(
    folder: Path,
    contents: SnapshotContents,
    tables: Mapping[str, pd.DataFrame],
    *,
    name: str,
    key: str,
    quarters: tuple[str | None, str | None],
) -> None:
    for table, rows in tables.items():
        rows.to_parquet(folder / f"{table}.parquet", index=False, compression="zstd")
    manifest = Manifest(
        id=name,
        format_version=FORMAT_VERSION,
        created_at=datetime.now(UTC),
        created_by=account_name(),
        software_version=software_version(),
        partnership=contents.settings.partnership.name,
        vintage=contents.settings.wards.vintage,
        first_quarter=quarters[0],
        last_quarter=quarters[1],
        rows={table: len(rows) for table, rows in tables.items()},
        sources=tuple(sorted(contents.sources)),
        settings=contents.reading_settings,
        key=key,
        invented=contents.invented,
        stand_in=contents.stand_in,
        provision_as_at=contents.provision_as_at,
        reports=contents.reports,
        files={
            path.name: StoredFile(sha256=hash_file(path), bytes=path.stat().st_size)
            for path in sorted(folder.iterdir())
        },
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
