"""Which snapshots and exports are older than the partnership keeps them, and their deletion, recorded first.

Deleting takes nothing back of what was released, nor copies that were made of it, backups among them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import RefusedInputError
from data.manifest import Manifest, StoredFile, hash_file
from data.settings import Settings
from disclosure.audit import Action, AuditEntry, What
from disclosure.export_register import Export, ExportRegister

if TYPE_CHECKING:
    from data.snapshots import SnapshotStore

REASON = "older than the set time"


@dataclass(frozen=True)
class Due:
    """What is older than the set time."""

    snapshots: tuple[Manifest, ...]
    """The oldest first."""
    exports: tuple[Export, ...]
    """The oldest first."""
    cannot_tell: tuple[str, ...]
    """A sentence for each snapshot whose age cannot be told, and each export that was not finished."""


def find_due(store: "SnapshotStore", register: ExportRegister, *, settings: Settings, now: datetime) -> Due:
    """Find what is older than the settings keep it.

    Parameters
    ----------
    now
        With a time zone.

    Raises
    ------
    RefusedInputError
        If an entry of the register is damaged.
    """
    keep = settings.retention
    manifests, sentences = _readable(store)
    newest_first = sorted(manifests, key=lambda one: (one.created_at, one.id), reverse=True)
    snapshots = [
        one for one in newest_first[keep.keep_newest :] if _older(one.created_at, keep.snapshots_days, now=now)
    ]
    exports = [one for one in register.exports() if _older(one.made_at, keep.exports_days, now=now)]
    unfinished = [
        f"The run into {one.folder} was stopped before it had written all its files. Look there yourself."
        for one in exports
        if not one.files
    ]
    return Due(
        snapshots=tuple(reversed(snapshots)),
        exports=tuple(one for one in exports if one.files),
        cannot_tell=(*sentences, *unfinished),
    )


def delete_due(
    due: Due,
    *,
    store: "SnapshotStore",
    register: ExportRegister,
    record: Callable[[AuditEntry], None],
    who: str,
) -> Iterator[str]:
    """Delete what is due, one by one; each deletion is recorded before it is done.

    Parameters
    ----------
    record : Callable
        `AuditTrail.record`: raises if it cannot record, and then nothing more is deleted.

    Yields
    ------
    str
        What was done, one sentence each, as it is done.

    Raises
    ------
    UnrecordedError
        If a deletion cannot be recorded. It is not done.
    UsageError
        If a snapshot cannot be removed. It stays whole; that it was to be deleted stays recorded.
    """
    for snapshot in due.snapshots:
        record(_entry(What.SNAPSHOT, who=who, snapshot=snapshot.id))
        store.remove(snapshot.id)
        yield f"Snapshot {snapshot.id} deleted"
    for export in due.exports:
        record(_entry(What.RUN, who=who, snapshot=export.snapshot, audience=export.audience, export=export.id))
        yield from _delete_export(export, register=register)


def _readable(store: "SnapshotStore") -> tuple[list[Manifest], list[str]]:
    manifests, sentences = [], []
    for id in store.ids():
        try:
            manifests.append(store.manifest(id))
        except RefusedInputError as error:
            sentences.append(f"How old snapshot {id} is cannot be told. {error}")
    return manifests, sentences


def _older(made_at: datetime, days: int | None, *, now: datetime) -> bool:
    return days is not None and now - made_at > timedelta(days=days)


def _entry(what: What, *, who: str, snapshot: str, audience: str = "", export: str = "") -> AuditEntry:
    detail = {"reason": REASON, "export": export}
    return AuditEntry(action=Action.DELETED, who=who, what=what, snapshot=snapshot, audience=audience, detail=detail)


def _delete_export(export: Export, *, register: ExportRegister) -> Iterator[str]:
    left: dict[str, StoredFile] = {}
    for name, stored in sorted(export.files.items()):
        path = Path(export.folder) / name
        if not path.is_file():
            yield f"{path} was gone already"
        elif hash_file(path) != stored.sha256:
            left[name] = stored
            yield f"{path} was changed since it was written, so it was left: look at it and delete it yourself"
        else:
            path.unlink()
            yield f"{path} deleted"
    register.keep(export, files=left)
