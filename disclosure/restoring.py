"""Putting a backup back: into an empty place, or to fill in what is missing from the place that it came from.

Records go to where they are kept now, a file or PostgreSQL, wherever those in the backup were kept.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from data.durable import write_folder
from data.errors import RefusedInputError, UsageError
from data.settings import Settings
from data.snapshots import SnapshotStore
from disclosure.audit import Action, AuditEntry, AuditTrail, What, open_audit
from disclosure.audit_chain import KEY_VARIABLE, parse_head, sealer_of
from disclosure.backup_contents import ANCHOR, EXPORTS, RECORDS, SNAPSHOTS, TOLD, BackupContents, check_backup
from disclosure.export_register import open_register
from disclosure.records_moving import import_records, place_file
from disclosure.records_place import PostgresPlace, anchor_file, records_place
from disclosure.told_book import FOLDER, copy_book
from ingest.places import records_anchor, snapshot_folder


@dataclass(frozen=True)
class Restored:
    """What came of it."""

    contents: BackupContents
    snapshots: tuple[str, ...]
    """Those that were missing and are there now."""


def restore_backup(source: Path, *, settings: Settings, who: str) -> Restored:
    """Check a backup wholly, then put back what is missing here.

    Records come first, and the restoring is recorded in them before any snapshot is put back. Stopped half-way, it can be
    called again. Nothing that is here is ever replaced.

    Raises
    ------
    RefusedInputError
        If anything in the backup is damaged, its audit trail among it. Nothing is restored.
    UsageError
        If it is of another partnership, or the records here are not a continuation of those in it.
    UnrecordedError
        If the restoring cannot be recorded in the restored trail.
    """
    contents = check_backup(source)
    if contents.partnership != settings.partnership.name:
        raise UsageError(
            "The backup is of another partnership than the settings. Restore with the settings of that one."
        )
    _check_records(source, contents)
    if _are_here(settings):
        _check_continuation(settings, contents)
    else:
        _place_records(source, settings)
    detail = {"reason": "restored", "head": contents.head}
    open_audit(settings).record(AuditEntry(action=Action.CHANGED, who=who, what=What.BACKUP, detail=detail))
    placed = tuple(id for id in contents.snapshots() if _place_snapshot(source, id, into=snapshot_folder(settings)))
    copy_book(source / TOLD, snapshot_folder(settings) / FOLDER)
    _place_exports(source, contents, into=open_register(settings).folder)
    return Restored(contents, placed)


def _check_records(source: Path, contents: BackupContents) -> None:
    """Check the trail of a backup on a copy: opening it would leave files in the backup."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database, anchor = Path(folder) / RECORDS, Path(folder) / ANCHOR
        shutil.copyfile(source / RECORDS, database)
        shutil.copyfile(source / ANCHOR, anchor)
        trail = AuditTrail(database, anchor=anchor, sealer=sealer_of(os.environ.get(KEY_VARIABLE)))
        found = trail.verify(known=parse_head(contents.head))
    if not found.ok:
        raise RefusedInputError(
            f"The backup in {source} has an audit trail that does not hold: {RECORDS}: {found.sentence}"
        )


def _check_continuation(settings: Settings, contents: BackupContents) -> None:
    found = open_audit(settings).verify(known=parse_head(contents.head))
    if not found.ok:
        place = records_place(settings)
        where = f"in {place.parent}" if isinstance(place, Path) else str(place)
        raise UsageError(
            f"The records {where} are not a continuation of those in the backup, and are never "
            f"replaced: {found.sentence} Restore into an empty place, or move that folder away first."
        )


def _place_records(source: Path, settings: Settings) -> None:
    """Put the anchor before the database: only where the database is, it counts as restored."""
    place = records_place(settings)
    if isinstance(place, PostgresPlace):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / RECORDS
            shutil.copyfile(source / RECORDS, copy)
            import_records(copy, from_anchor=source / ANCHOR, place=place, anchor=anchor_file(settings))
        return
    place_file(source / ANCHOR, records_anchor(settings))
    place_file(source / RECORDS, place)


def _are_here(settings: Settings) -> bool:
    place = records_place(settings)
    return place.exists() if isinstance(place, Path) else open_audit(settings).is_begun()


def _place_snapshot(source: Path, id: str, *, into: Path) -> bool:
    """Put a snapshot back unless it is there, and check it either way; says whether it was missing."""
    missing = not (into / id).exists()
    if missing:
        write_folder(into / id, lambda beside: _copy(source / SNAPSHOTS / id, beside))
    SnapshotStore(into).open(id).verify()
    return missing


def _copy(source: Path, target: Path) -> None:
    for path in source.iterdir():
        shutil.copyfile(path, target / path.name)


def _place_exports(source: Path, contents: BackupContents, *, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in contents.exports():
        if not (into / name).exists():
            shutil.copyfile(source / EXPORTS / name, into / name)
            (into / name).chmod(0o600)
