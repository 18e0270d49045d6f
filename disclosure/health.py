"""Whether a partnership's server can do its work: what it keeps can be read and written, and there is room.

Names of parts and whether each is well, and no more: no count, no id, no path, no time. It costs a few milliseconds, so a monitor
may ask every few seconds: of the newest snapshot the manifest is read and the sizes of its files are compared, not their content.
"""

import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from data.errors import WardOverlapError
from data.settings import Settings
from data.snapshots import SnapshotStore
from disclosure.audit import UnrecordedError, open_audit
from disclosure.records_place import records_place
from disclosure.unrecorded_log import warn_of
from ingest.places import snapshot_folder

_log = logging.getLogger(__name__)
ROOM = 500 * 10**6
"""Bytes that have to be free beside the snapshots: one load and its copy."""
READY, NOT_READY = "ready", "not ready"
OK, FAILED = "ok", "failed"


@dataclass(frozen=True)
class Health:
    """What was found."""

    parts: dict[str, str]
    """`ok` or `failed` of each part."""

    @property
    def is_ready(self) -> bool:
        """Whether every part is well."""
        return all(found == OK for found in self.parts.values())

    @property
    def status(self) -> str:
        """All of it in one word or two."""
        return READY if self.is_ready else NOT_READY

    def as_plain(self) -> dict[str, object]:
        """Give it as for JSON."""
        return {"status": self.status, "parts": self.parts}


def look(settings: Settings) -> Health:
    """Look at each part. What fails is logged by its kind of fault; nothing of it is in the answer."""
    parts: dict[str, Callable[[Settings], bool]] = {
        "store": _store_can_be_written,
        "records": _records_can_be_read,
        "snapshot": _newest_is_whole,
        "disk": _has_room,
    }
    return Health({name: OK if _holds(name, check, settings) else FAILED for name, check in parts.items()})


def _holds(name: str, check: Callable[[Settings], bool], settings: Settings) -> bool:
    try:
        return check(settings)
    except Exception as error:  # noqa: BLE001  # whatever it is, this part is not well, and the others are still looked at
        _log.warning("The part %s is not well: %s", name, type(error).__name__)
        if isinstance(error, UnrecordedError):
            warn_of(error)
        return False


def _store_can_be_written(settings: Settings) -> bool:
    with TemporaryFile(dir=_there(settings)) as file:
        file.write(b"\0")
        file.flush()
    return True


def _records_can_be_read(settings: Settings) -> bool:
    """The database answers, has the tables that this program knows, the trail takes an entry, and a file can be written."""
    place = records_place(settings)
    open_audit(settings).check_end()
    return not (isinstance(place, Path) and place.exists()) or os.access(place, os.R_OK | os.W_OK)


def _newest_is_whole(settings: Settings) -> bool:
    """A store without a snapshot is well: the first load is still to come."""
    store = SnapshotStore(snapshot_folder(settings))
    try:
        ids = store.ids()
    except WardOverlapError:
        return False
    return not ids or bool(store.newest().id)


def _has_room(settings: Settings) -> bool:
    return shutil.disk_usage(_there(settings)).free >= ROOM


def _there(settings: Settings) -> Path:
    """Folder of the snapshots; before the first load the nearest above it that is there."""
    folder = snapshot_folder(settings)
    return next(one for one in (folder, *folder.parents) if one.is_dir())
