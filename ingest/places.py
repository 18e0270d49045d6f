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


def snapshot_folder(settings: Settings) -> Path:
    """Folder that holds the partnership's snapshots: one a partnership, so that two never mix."""
    if settings.storage.snapshots:
        return Path(settings.storage.snapshots)
    base = os.environ.get(STORE_VARIABLE)
    return (Path(base) if base else ROOT / "var" / "snapshots") / _folder_name(settings.partnership.name)


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


def _folder_name(partnership: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", partnership.lower()).strip("-")[:60] or "partnership"
    return f"{words}-{hashlib.sha256(partnership.encode()).hexdigest()[:6]}"
