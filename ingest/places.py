"""Where things are kept on this machine."""

import hashlib
import os
import re
from pathlib import Path

from data.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
STORE_VARIABLE = "WARD_OVERLAP_STORE"
"""Environment variable that names the folder for all partnerships' snapshots; `var/snapshots` if it is not set."""


def snapshot_folder(settings: Settings) -> Path:
    """Folder that holds the partnership's snapshots: one a partnership, so that two never mix."""
    if settings.storage.snapshots:
        return Path(settings.storage.snapshots)
    base = os.environ.get(STORE_VARIABLE)
    return (Path(base) if base else ROOT / "var" / "snapshots") / _folder_name(settings.partnership.name)


def _folder_name(partnership: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", partnership.lower()).strip("-")[:60] or "partnership"
    return f"{words}-{hashlib.sha256(partnership.encode()).hexdigest()[:6]}"
