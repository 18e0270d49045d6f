"""TOML files that people write: read whole, or refused with a sentence."""

import tomllib
from pathlib import Path

from data.errors import RefusedInputError, UsageError
from data.input_guard import regular_size

LARGEST = 2**20
"""Bytes. The settings of a partnership have a few thousand."""


def read_toml(path: Path) -> dict[str, object]:
    """Read a TOML file, UTF-8 with or without byte-order mark.

    Raises
    ------
    UsageError
        If it is no file, too large, not UTF-8 or not TOML.
    """
    try:
        if regular_size(path) > LARGEST:
            raise UsageError(f"The settings file {path} is larger than settings are. Name another file.")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, RefusedInputError) as error:
        raise UsageError(f"The settings file {path} cannot be read. Check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"The settings file {path} is not UTF-8 text. Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The settings file {path} is not valid TOML: {error}. Correct that line.") from error
    except (RecursionError, ValueError) as error:  # lists in lists without end, numbers of thousands of digits
        raise UsageError(
            f"The settings file {path} holds what no setting is. Write it anew from the example."
        ) from error
