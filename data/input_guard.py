"""What is asked of a file before anything is read of it: that it is a file, of a kind, of a size, and can be named."""

import stat
from collections.abc import Sequence
from pathlib import Path

from data.errors import RefusedInputError
from data.limits_settings import LIMITS, Limits, how_to_raise

MEGABYTE = 10**6
_LEAVES_A_MARK = "The name of this file holds characters that cannot be shown. Rename it."


def check_file(path: Path, *, suffixes: Sequence[str], do: str, limits: Limits = LIMITS) -> None:
    """Refuse what is not a file of one of the kinds that can be read, or is larger than files may be.

    Folders, devices, pipes and sockets are none: a read of them may never end.

    Raises
    ------
    RefusedInputError
        Saying which of these it is.
    """
    check_name(path)
    size = regular_size(path)
    if path.suffix.lower() not in suffixes:
        raise RefusedInputError(f"{path.name}: a {path.suffix or 'nameless'} file cannot be read here. {do}")
    if size > limits.file_megabytes * MEGABYTE:
        raise RefusedInputError(
            f"{path.name}: the file has {size / MEGABYTE:,.0f} megabytes, more than are read. "
            + how_to_raise("file_megabytes", to=limits.file_megabytes)
        )


def check_name(path: Path) -> None:
    """Refuse a file whose name cannot be printed: it stands in every message and report.

    Raises
    ------
    RefusedInputError
        Without the name.
    """
    if not str(path).isprintable():
        raise RefusedInputError(_LEAVES_A_MARK)


def regular_size(path: Path) -> int:
    """Give the size of a file in bytes, links followed.

    Raises
    ------
    RefusedInputError
        If there is nothing, or something other than a file.
    """
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError | ValueError):
            raise RefusedInputError(f"{_short(path)}: there is no such file. Check the path.") from None
        raise RefusedInputError(
            f"{_short(path)}: the file cannot be reached ({getattr(error, 'strerror', 'a wrong path')}). Check the path."
        ) from None
    if stat.S_ISDIR(found.st_mode):
        raise RefusedInputError(f"{path.name}: this is a folder, where one file is wanted. Name the file.")
    if not stat.S_ISREG(found.st_mode):
        raise RefusedInputError(
            f"{path.name}: this is no file but a device, a pipe or the like. Save its content as a file and name that."
        )
    return found.st_size


def _short(path: Path) -> str:
    text = str(path)
    return text if len(text) <= 300 else f"{text[:200]}…"
