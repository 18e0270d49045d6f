"""Where things are kept on this machine."""

import hashlib
import os
import re
from pathlib import Path

from data.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
STORE_VARIABLE = "WARD_OVERLAP_STORE"
"""Environment variable that names the folder for all partnerships' snapshots; `var/snapshots` if it is not set."""
SETTINGS_VARIABLE = "WARD_OVERLAP_SETTINGS"
"""Environment variable that names the partnership's settings file; the demonstration area if it is not set."""
STATIC_VARIABLE = "WARD_OVERLAP_STATIC"
"""Environment variable that names the folder of files for browsers (outlines, programs); `static` if it is not set."""


def snapshot_folder(settings: Settings) -> Path:
    """Folder that holds the partnership's snapshots: one a partnership, so that two never mix."""
    if settings.storage.snapshots:
        return Path(settings.storage.snapshots)
    base = os.environ.get(STORE_VARIABLE)
    return (Path(base) if base else ROOT / "var" / "snapshots") / _folder_name(settings)


def records_file(settings: Settings) -> Path:
    """Database of what people do, in a folder of its own beside the partnership's snapshots unless settings say where."""
    if settings.storage.records:
        return Path(settings.storage.records)
    snapshots = snapshot_folder(settings)
    return snapshots.with_name(f"{snapshots.name}-records") / "records.db"


def records_anchor(settings: Settings) -> Path:
    """Small file that says how far the audit trail goes: beside the database unless settings say where."""
    if settings.storage.anchor:
        return Path(settings.storage.anchor)
    return records_file(settings).with_suffix(".anchor")


def partnership_slug(settings: Settings) -> str:
    """Write the partnership's name for the name of a file or folder: small letters, figures and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", settings.partnership.name.lower()).strip("-")[:60].strip("-") or "partnership"


def _folder_name(settings: Settings) -> str:
    mark = hashlib.sha256(settings.partnership.name.encode()).hexdigest()[:6]
    return f"{partnership_slug(settings)}-{mark}"
