"""The key of a store of snapshots, with which ids are made so that nobody can try out what is in a snapshot."""

import os
import secrets
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_FILE = ".key"


def store_key(folder: Path, *, used: Iterable[str]) -> str:
    """Give the key of the store in a folder; make one where there is none.

    Several processes that ask at once all get the same.

    Parameters
    ----------
    folder
        Of the store; made if it is not there.
    used
        Keys of the snapshots in it: in a store that was put back from a copy the first of them is the key.

    Raises
    ------
    OSError
        If it can be neither read nor made.
    """
    place = folder / _FILE
    with suppress(FileNotFoundError):
        return place.read_text(encoding="ascii").strip()
    folder.mkdir(parents=True, exist_ok=True)
    key = next((one for one in used if one), None) or secrets.token_hex(16)
    handle, beside = tempfile.mkstemp(dir=folder, prefix=_FILE)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key)
        with suppress(FileExistsError):
            _put(Path(beside), place)
    finally:
        Path(beside).unlink(missing_ok=True)
    return place.read_text(encoding="ascii").strip()


def _put(beside: Path, place: Path) -> None:
    """Give a file a second name, unless something has it; where the disk knows no second names, write it anew."""
    try:
        os.link(beside, place)
    except FileExistsError:
        raise
    except OSError:
        with place.open("x", encoding="ascii") as file:
            file.write(beside.read_text(encoding="ascii"))
