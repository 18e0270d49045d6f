"""Files that are written for people: whole or not at all."""

import json
from contextlib import suppress
from pathlib import Path

from data.errors import UsageError


def make_folder(folder: Path) -> None:
    """Make a folder unless it is there.

    Raises
    ------
    UsageError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def write_whole(path: Path, text: str) -> Path:
    """Write beside and rename, so that nobody reads half a file."""
    beside = path.with_name(f"{path.name}.tmp")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    return path


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"{path} cannot be written ({error.strerror}). Check the folder, its permissions and the space left."
    )


def as_json(facts: dict[str, object]) -> str:
    """Write facts as JSON, to be read by people too."""
    return json.dumps(facts, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
