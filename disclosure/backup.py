"""Copying all that a partnership would lose with its disk, while the server runs.

Snapshots never change, so they are copied as files and checked against their manifests. The records are copied through SQLite's
own online backup while the lock of their writers is held, so that database and anchor are of the same moment; from PostgreSQL
they are read in one transaction that sees that moment.
"""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from data.durable import write_folder
from data.errors import UsageError
from data.manifest import MANIFEST
from data.settings import Settings
from data.snapshots import SnapshotStore
from data.version import software_version
from disclosure.audit import Action, AuditEntry, What, open_audit
from disclosure.audit_chain import Head
from disclosure.audit_store import AuditStore, head_of, last_row
from disclosure.backup_contents import (
    ANCHOR,
    EXPORTS,
    FORMAT_VERSION,
    LIST,
    RECORDS,
    SETTINGS,
    SNAPSHOTS,
    TOLD,
    BackupContents,
    describe_files,
)
from disclosure.export_register import open_register
from disclosure.records_moving import export_records
from disclosure.records_place import PostgresPlace, anchor_file, records_place
from disclosure.told_book import FOLDER, copy_book
from ingest.places import records_anchor, snapshot_folder


def make_backup(settings: Settings, *, settings_file: Path, target: Path, who: str) -> BackupContents:
    """Copy snapshots, records, register of exports and settings into a folder; recorded first, so the copy holds its own record.

    The folder is written beside its place and renamed when all of it is there and checked. It is open to its owner alone.
    Secrets (of the sign-in, and the key of the audit trail) are not among what is copied.

    Parameters
    ----------
    target
        Must not be there yet.

    Raises
    ------
    UsageError
        If the folder is there, or cannot be written.
    UnrecordedError
        If the backup cannot be recorded. None is made.
    RefusedInputError
        If a snapshot is damaged.
    """
    if target.exists():
        raise UsageError(f"{target} is there already. Name a new folder for the backup.")
    open_audit(settings).record(AuditEntry(action=Action.MADE, who=who, what=What.BACKUP))
    made: list[BackupContents] = []
    try:
        write_folder(target, lambda beside: made.append(_fill(beside, settings, settings_file=settings_file)))
    except OSError as error:
        raise UsageError(
            f"The backup {target} cannot be written ({error.strerror}). Check the path, its permissions and the space left."
        ) from error
    return made[0]


def _fill(folder: Path, settings: Settings, *, settings_file: Path) -> BackupContents:
    _copy_snapshots(SnapshotStore(snapshot_folder(settings)), snapshot_folder(settings), folder / SNAPSHOTS)
    copy_book(snapshot_folder(settings) / FOLDER, folder / TOLD)
    register = open_register(settings).folder
    (folder / EXPORTS).mkdir()
    for entry in register.glob("*.json"):
        shutil.copyfile(entry, folder / EXPORTS / entry.name)
    shutil.copyfile(settings_file, folder / SETTINGS)
    head = _copy_records(settings, folder)
    contents = BackupContents(
        format_version=FORMAT_VERSION,
        made_at=datetime.now(UTC),
        software_version=software_version(),
        partnership=settings.partnership.name,
        head=str(head),
        files=describe_files(folder),
    ).with_checksum()
    (folder / LIST).write_text(contents.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return contents


def _copy_snapshots(store: SnapshotStore, place: Path, target: Path) -> None:
    target.mkdir()
    for id in store.ids():
        files = [*store.manifest(id).files, MANIFEST]
        (target / id).mkdir()
        for name in files:
            shutil.copyfile(place / id / name, target / id / name)
        SnapshotStore(target).open(id).verify()


def _copy_records(settings: Settings, folder: Path) -> Head:
    """Copy database and anchor as they are at one moment; others wait with their entries until that is done."""
    source = records_place(settings)
    if isinstance(source, PostgresPlace):
        return export_records(
            source, anchor=anchor_file(settings), database=folder / RECORDS, to_anchor=folder / ANCHOR
        )
    with AuditStore(source).locked() as connection:
        head = head_of(None if connection is None else last_row(connection))
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(folder / RECORDS)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
        shutil.copyfile(records_anchor(settings), folder / ANCHOR)
    (folder / RECORDS).chmod(0o600)
    return head
