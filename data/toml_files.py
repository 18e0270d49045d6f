"""TOML files that people write: read whole, or refused with a sentence."""

import tomllib
from pathlib import Path

from data.errors import RefusedInputError, UsageError
from data.input_guard import regular_size

LARGEST, LONGEST_LINE = 2**20, 10_000
"""Bytes, and characters. The settings of a partnership have a few thousand in all."""


def read_toml(path: Path, *, what: str = "settings file") -> dict[str, object]:
    """Read a TOML file, UTF-8 with or without byte-order mark.

    Parameters
    ----------
    what
        What it is called in a refusal.

    Raises
    ------
    UsageError
        If it is no file, too large, not UTF-8 or not TOML.
    """
    try:
        if regular_size(path) > LARGEST:
            raise UsageError(f"The {what} {path} is larger than such files are. Name another file.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, RefusedInputError) as error:
        raise UsageError(f"The {what} {path} cannot be read. Check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"The {what} {path} is not UTF-8 text. Save it as UTF-8.") from error
    if any(len(line) > LONGEST_LINE for line in text.splitlines()):
        raise UsageError(f"The {what} {path} has a line longer than such files have. Write it anew from the example.")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The {what} {path} is not valid TOML: {error}. Correct that line.") from error
    except (RecursionError, ValueError) as error:  # lists in lists without end, numbers of thousands of digits
        raise UsageError(f"The {what} {path} holds what no such file does. Write it anew from the example.") from error
