"""`newest:FOLDER/pattern-*.xlsx`: the newest file of a folder into which others put files, as one kept in step with SharePoint.

Newest is what the names say. When a file was last changed is not asked: keeping folders in step, copying and restoring change
that. Where the names do not tell, none is taken.
"""

import fnmatch
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.errors import RefusedInputError, UsageError
from data.input_guard import check_name
from data.name_dates import NameDate, dates_in_name

NEWEST = "newest:"
_UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download")
_NAMED = 5
_SETTLES_IN = 1.0
"""Seconds between two looks at the size of a file. A file that arrives more slowly than this looks finished."""
_CURE = "Name the file itself, or give a pattern that only files with a date in their name fit, such as 2026-10 or Q2 2026-27."


@dataclass(frozen=True)
class Chosen:
    """A file, and what is to be said of its choice."""

    path: Path
    notes: tuple[str, ...] = ()


def choose_file(text: str | Path, *, wait: Callable[[float], None] = time.sleep) -> Chosen:
    """Give the file that is named, or of `newest:FOLDER/pattern` the newest one by the date in its name.

    Locks (`~$…`), hidden files, unfinished ones (`….tmp`), empty ones and those whose size is still changing are passed over.

    Raises
    ------
    UsageError
        If the text names no folder and pattern.
    RefusedInputError
        If no file fits, or the names do not tell which is the newest: one has no date, or more than one, or two are of one time.
    """
    if not is_newest(text):
        return Chosen(Path(text))
    folder, pattern = _folder_and_pattern(str(text).removeprefix(NEWEST))
    passed_over: list[str] = []
    held = _fitting(folder, pattern, passed_over=passed_over)
    whole = _settled(held, passed_over=passed_over, wait=wait)
    shown = f"{folder}/{pattern}"
    if not whole:
        raise RefusedInputError(f"{shown}: no finished file fits this pattern. Check it.{_also(passed_over)}")
    dates = _dated(whole, shown=shown)
    newest = max(dates, key=lambda path: dates[path].last)
    rivals = [path for path in dates if path != newest and dates[path].last >= dates[newest].first]
    if rivals:
        raise RefusedInputError(
            f"{shown}: which file is the newest cannot be told from the names {_names([newest, *rivals])}, which are of the same "
            f"time or of times that overlap. {_CURE}"
        )
    said = f"{newest.name} is the newest of {len(whole)} by the date in its name ({shown})."
    return Chosen(newest, (said, *passed_over))


def choose_files(
    given: Mapping[str, Sequence[str | Path]], *, wait: Callable[[float], None] = time.sleep
) -> tuple[dict[str, list[Path]], tuple[str, ...]]:
    """Choose as `choose_file` does for each input of a load, and say of each which it is; what else is given stays."""
    chosen = {name: [choose_file(one, wait=wait) for one in files] for name, files in given.items()}
    notes = tuple(f"{name}: {note}" for name, found in chosen.items() for one in found for note in one.notes)
    return {name: [one.path for one in found] for name, found in chosen.items()}, notes


def is_newest(text: str | Path) -> bool:
    """Tell whether an input is given as a folder and a pattern of which the newest file is wanted."""
    return str(text).startswith(NEWEST)


def _folder_and_pattern(text: str) -> tuple[Path, str]:
    path = Path(text)
    check_name(path)
    if not text or path.is_dir() or any(mark in str(path.parent) for mark in "*?["):
        raise UsageError(
            f"{NEWEST} takes a folder and a pattern for files in it, such as {NEWEST}data/referrals-*.xlsx."
        )
    return path.parent, path.name


def _fitting(folder: Path, pattern: str, *, passed_over: list[str]) -> list[Path]:
    """List the files that fit, and note those that would but for what a lock or a transfer puts around their name."""
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise RefusedInputError(f"{folder}: the folder cannot be looked into ({error.strerror}). Check it.") from None
    fitting = []
    for path in files:
        check_name(path)
        bare = _bare(path.name)
        if not fnmatch.fnmatch(bare.casefold(), pattern.casefold()):
            continue
        if path.name.startswith("~$"):
            passed_over.append(
                f"{path.name} was passed over: it says that somebody has a file open; what is not saved yet is missing."
            )
        elif bare != path.name:
            passed_over.append(f"{path.name} was passed over: it is hidden or not finished.")
        else:
            fitting.append(path)
    return fitting


def _bare(name: str) -> str:
    for suffix in _UNFINISHED:
        if name.casefold().endswith(suffix):
            name = name[: -len(suffix)]
    return name.removeprefix("~$").removeprefix(".")


def _settled(files: list[Path], *, passed_over: list[str], wait: Callable[[float], None]) -> list[Path]:
    """Keep the files whose size is the same a moment later."""
    before = {path: _size(path) for path in files}
    if files:
        wait(_SETTLES_IN)
    settled = []
    for path in files:
        if _size(path) != before[path]:
            passed_over.append(f"{path.name} was passed over: its size is still changing. Load again when it is there.")
        elif not before[path]:
            passed_over.append(f"{path.name} was passed over: it is empty, as files are before they arrive.")
        else:
            settled.append(path)
    return settled


def _size(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if found.st_size else None


def _dated(files: list[Path], *, shown: str) -> dict[Path, NameDate]:
    said = {path: dates_in_name(path.stem) for path in files}
    for wrong, what in (
        ([path for path in files if not said[path]], "there is no date that can be understood in"),
        ([path for path in files if len(said[path]) > 1], "there is more than one date in"),
    ):
        if wrong:
            raise RefusedInputError(
                f"{shown}: which file is the newest cannot be told: {what} {_names(wrong)}. When files were last changed is not "
                f"asked, as copying changes that. {_CURE}"
            )
    return {path: next(iter(dates)) for path, dates in said.items()}


def _names(paths: list[Path]) -> str:
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(path.name for path in paths[:_NAMED]) + more


def _also(passed_over: list[str]) -> str:
    return "".join(f" {one}" for one in passed_over[:_NAMED])
