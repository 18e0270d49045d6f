"""A snapshot that was made beside a store, taken into it as it is."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from data.durable import write_folder
from data.errors import UsageError
from data.manifest import MANIFEST, Manifest
from data.snapshots import SnapshotStore
from data.store_key import store_key


def store_beside(store: SnapshotStore, folder: Path) -> SnapshotStore:
    """Open a store in another folder that gives the same input the same id as `store` would.

    Raises
    ------
    UsageError
        If a folder cannot be written.
    """
    try:
        key = store_key(store.folder, used=(manifest.key for manifest in store.manifests()))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = folder / ".key"
        place.touch(mode=0o600)
        place.write_text(key, encoding="ascii")
    except OSError as error:
        raise UsageError(
            f"The snapshots folder cannot be written ({error.strerror}). Check that the disk has room and that this user may "
            "write there."
        ) from error
    return SnapshotStore(folder)


def adopt(id: str, *, source: SnapshotStore, target: SnapshotStore, by: str) -> Manifest:
    """Take a snapshot of another store in: whole or not at all, as the newest, made by whoever accepts it.

    Raises
    ------
    RefusedInputError
        If it is damaged, in either store.
    UsageError
        If there is none of this id, or the folder cannot be written.
    """
    made = source.open(id)
    made.verify()
    manifest = made.manifest.model_copy(update={"created_at": datetime.now(UTC), "created_by": by})
    try:
        write_folder(target.folder / id, lambda beside: _fill(beside, source.folder / id, manifest))
    except OSError as error:
        raise UsageError(
            f"The snapshots folder cannot be written ({error.strerror}). Check that the disk has room and that this user may "
            "write there."
        ) from error
    return target.open(id).manifest


def _fill(folder: Path, made: Path, manifest: Manifest) -> None:
    for name in manifest.files:
        shutil.copyfile(made / name, folder / name)
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
