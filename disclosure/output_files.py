"""Files that are written for people: whole or not at all."""

import json
from contextlib import suppress
from pathlib import Path

from data.errors import unwritable


def make_folder(folder: Path) -> None:
    """Make a folder, for its owner alone, unless it is there.

    Raises
    ------
    UsageError
        If it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def write_whole(path: Path, text: str) -> Path:
    """Write text as UTF-8, as `write_whole_bytes` does."""
    return write_whole_bytes(path, text.encode())


def write_whole_bytes(path: Path, content: bytes) -> Path:
    """Write beside, for its owner alone, and rename, so that nobody reads half a file."""
    beside = path.with_name(f"{path.name}.tmp")
    try:
        beside.touch(mode=0o600)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise unwritable(path, error) from error
    return path


def as_json(facts: dict[str, object]) -> str:
    """Write facts as JSON, to be read by people too."""
    return json.dumps(facts, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
