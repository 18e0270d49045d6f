"""Writing and removing a folder so that a crash at any moment leaves either nothing of it or all of it."""

import hashlib
import os
import re
import secrets
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path

_WRITING = ".writing-"
_REMOVING = ".removing-"
_NAME = re.compile(r"\.writing-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}")
_ABANDONED_AFTER = 3600.0
"""Seconds. Writing takes a few; a folder this old is left over even if its owner cannot be asked."""


def write_folder(target: Path, fill: Callable[[Path], None]) -> bool:
    """Write a folder beside its place, for its owner alone, make it durable, and rename it into place.

    Parameters
    ----------
    target
        Where it is to be. Its parent is made if it is missing.
    fill
        Writes the content into the folder that it is given.

    Returns
    -------
    bool
        False if another process put the same folder there first; that one is left as it is.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    clear_left_overs(target.parent)
    beside = target.parent / f"{_WRITING}{_host()}-{os.getpid()}-{secrets.token_hex(4)}"
    beside.mkdir(mode=0o700)
    try:
        fill(beside)
        _sync_all(beside)
        return _rename(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def write_text(target: Path, text: str) -> None:
    """Write a small file, for its owner alone, so that a crash leaves the one before it or this one, each whole."""
    beside = target.with_name(f"{_WRITING}{_host()}-{os.getpid()}-{secrets.token_hex(4)}")
    _put(target, beside, lambda to: to.write_text(text, encoding="utf-8", newline=""))


def write_file(target: Path, write: Callable[[Path], object]) -> None:
    """Have a file written as `write_text` does, by something that goes by the ending of its name."""
    _put(target, target.with_name(f".{secrets.token_hex(4)}.{target.name}"), write)


def _put(target: Path, beside: Path, write: Callable[[Path], object]) -> None:
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        write(beside)
        sync_file(beside)
        beside.replace(target)
        sync_folder(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def remove_folder(target: Path) -> None:
    """Take a folder away so that a crash leaves all of it in its place, or none of it.

    It is renamed aside first. What a crash leaves of it there goes with the next folder that is written or removed
    beside it. Whoever is reading one of its files reads on, where the system keeps open files.

    Raises
    ------
    OSError
        If it cannot be renamed (another program has it open, on Windows) or not wholly removed.
    """
    clear_left_overs(target.parent)
    doomed = target.parent / f"{_REMOVING}{secrets.token_hex(4)}"
    target.rename(doomed)
    sync_folder(target.parent)
    shutil.rmtree(doomed)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Make the content of a file outlive a loss of power."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make the entries of a folder outlive a loss of power. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear_left_overs(folder: Path) -> None:
    """Remove what writers that no longer run left behind. What a running one writes is left alone."""
    for path in folder.glob(f"{_WRITING}*"):
        if _abandoned(path):
            # Renamed first: were its writer alive after all, it would fail rather than publish half a folder.
            doomed = folder / f"{_REMOVING}{secrets.token_hex(4)}"
            try:
                path.rename(doomed)
            except OSError:
                continue  # another process was quicker
    for path in folder.glob(f"{_REMOVING}*"):
        shutil.rmtree(path, ignore_errors=True)


def _sync_all(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            _sync_all(path)
        else:
            sync_file(path)
    sync_folder(folder)


def _rename(beside: Path, target: Path) -> bool:
    try:
        os.rename(beside, target)  # noqa: PTH104  # Path.replace would overwrite an empty folder on some systems
    except OSError:
        if not target.is_dir():
            raise
        placed = False
    else:
        placed = True
    sync_folder(target.parent)
    return placed


def _abandoned(path: Path) -> bool:
    owner = _NAME.fullmatch(path.name)
    if owner is None:
        return False  # not ours
    try:
        age = time.time() - max(each.stat().st_mtime for each in (path, *path.iterdir()))
    except OSError:
        return False  # it was renamed or removed meanwhile
    return age > _ABANDONED_AFTER or (owner[1] == _host() and not _runs(int(owner[2])))


def _host() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _runs(process: int) -> bool:
    """Say whether a process of this machine runs. On Windows asking so would end it: there only age counts."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
