"""Putting a trail aside: its files get other names, and what else is in its database goes on without it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from disclosure.audit_entries import DamagedError, UnrecordedError
from disclosure.audit_store import AUDIT, AuditStore


def put_aside(store: AuditStore, anchor: Path, *, until: str) -> list[Path]:
    """Rename database and anchor, and put a copy of the database without the trail in its place if anything else is in it.

    Stopped half-way, it can be called again. A database that is damaged is put aside as it is: nothing of it goes on.

    Parameters
    ----------
    until
        Goes into the new names.

    Returns
    -------
    list of Path
        The files under their new names.

    Raises
    ------
    UnrecordedError
        If another program holds the database, or what else is in it cannot be copied. Nothing is put aside.
    """
    carried = store.path.with_name(f"carried-{store.path.name}")
    if store.path.exists():
        carried.unlink(missing_ok=True)
    try:
        with store.locked():
            _copy_the_rest(store.path, carried)
            moved = _rename_all([*store.files(), anchor], until=until)
    except DamagedError:
        moved = _rename_all([*store.files(), anchor], until=until)
    if carried.exists():
        carried.rename(store.path)
    return moved


def _copy_the_rest(source: Path, target: Path) -> None:
    if not source.exists():
        return
    beside = target.with_name(f"{target.name}.tmp")
    beside.unlink(missing_ok=True)
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT, 0o600))
    try:
        left = _tables_copied(source, beside)
    except sqlite3.OperationalError as error:
        raise UnrecordedError(
            f"What else is in {source} cannot be copied, so nothing was set aside. Make room on the disk, then try again."
        ) from error
    except sqlite3.DatabaseError as error:
        raise DamagedError(f"{source} is damaged.") from error
    if left:
        beside.rename(target)
    else:
        beside.unlink()


def _tables_copied(source: Path, target: Path) -> int:
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute(f"DROP TABLE IF EXISTS {AUDIT.name}")
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
        (left,) = copy.execute("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'").fetchone()
    return int(left)


def _rename_all(files: list[Path], *, until: str) -> list[Path]:
    return [path.rename(path.with_name(f"aside-{until}-{path.name}")) for path in files if path.exists()]
