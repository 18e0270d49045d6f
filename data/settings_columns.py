"""Which column of a file is which: the part of the settings that can be mapped by hand, taken over for a load or written down."""

import json
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data.durable import write_text
from data.errors import UsageError
from data.settings import Settings
from data.toml_files import read_toml

Columns = Mapping[str, Mapping[str, str | int | None]]
"""Section to key to heading (or, for `header_row`, a number); `None` where the file has no such column."""

_TABLE = re.compile(r"\s*\[")
_VALUE_AND_REMARK = re.compile(r"""(\s*[\w-]+\s*=\s*)(?:"[^"\\]*"|'[^']*'|\d+)(\s*(?:#.*)?)""")
_MAY_SAY_EMPTY = {("population", "code")}
"""Keys of which an empty text says that there is no such column; to leave it out would mean the usual heading."""


def with_columns(settings: Settings, columns: Columns) -> Settings:
    """Give the settings with columns mapped anew.

    Raises
    ------
    UsageError
        If the files could not be read so: a sentence for each mistake.
    """
    plain = _mapped(settings.model_dump(exclude_unset=True), columns)
    try:
        return Settings.model_validate(plain, strict=False)
    except ValidationError as error:
        said = [str(mistake["msg"]).removeprefix("Value error, ") for mistake in error.errors()]
        raise UsageError("\n".join(f"{one[:1].upper()}{one[1:]}." for one in said)) from error


def lines_to_paste(columns: Columns) -> str:
    """Write a mapping as lines of a settings file."""
    parts = []
    for section, keys in columns.items():
        lines = [_line(key, value) for key, value in keys.items() if _is_said(section, key, value)]
        gone = [f"# no {key}" for key, value in keys.items() if not _is_said(section, key, value)]
        parts.append("\n".join([f"[{section}]", *lines, *gone]))
    return "\n\n".join(parts)


def write_columns(path: Path, columns: Columns) -> None:
    """Write a mapping into a settings file; all else in it stays as it is, remarks too.

    The text is changed line by line. What comes of it is read again, and thrown away if it does not say exactly what it should:
    a layout that is not understood here is never harmed.

    Raises
    ------
    UsageError
        If the file cannot be read or written, or is laid out so that it has to be changed by hand.
    """
    before = read_toml(path)
    text = path.read_text(encoding="utf-8-sig")
    for section, keys in columns.items():
        text = _edited(text, section, keys)
    try:
        understood = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        understood = {}
    if understood != _mapped(before, columns):
        raise UsageError(
            f"{path.name} is laid out so that it has to be changed by hand. Paste the lines below into it."
        )
    _put(path.resolve(), text)


def _put(path: Path, text: str) -> None:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        write_text(path, text)
        path.chmod(mode)
    except OSError as error:
        raise UsageError(
            f"{path.name} cannot be written by this server ({error.strerror}). Paste the lines below into it."
        ) from error


def _mapped(plain: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    changed = dict(plain)
    for section, keys in columns.items():
        said = {**changed.get(section, {}), **{key: "" if value is None else value for key, value in keys.items()}}
        changed[section] = {
            key: value for key, value in said.items() if key not in keys or _is_said(section, key, keys[key])
        }
    return changed


def _is_said(section: str, key: str, value: str | int | None) -> bool:
    return value is not None or (section, key) in _MAY_SAY_EMPTY


def _line(key: str, value: str | int | None) -> str:
    return f"{key} = {json.dumps('' if value is None else value, ensure_ascii=False)}"


def _edited(text: str, section: str, keys: Mapping[str, str | int | None]) -> str:
    lines = text.splitlines()
    heads = [at for at, line in enumerate(lines) if re.fullmatch(rf"\s*\[\s*{section}\s*\]\s*(#.*)?", line)]
    if not heads:
        lines += ["", f"[{section}]"]
        heads = [len(lines) - 1]
    start = heads[0] + 1
    end = next((at for at in range(start, len(lines)) if _TABLE.match(lines[at])), len(lines))
    inside = lines[start:end]
    for key, value in keys.items():
        inside = _with_key(inside, key, _line(key, value) if _is_said(section, key, value) else None)
    return "\n".join([*lines[:start], *inside, *lines[end:]]) + "\n"


def _with_key(lines: list[str], key: str, line: str | None) -> list[str]:
    found = [at for at, one in enumerate(lines) if re.match(rf"\s*{key}\s*=", one)]
    if not found:
        return [line, *lines] if line else lines
    at = found[0]
    remark = _VALUE_AND_REMARK.fullmatch(lines[at])
    return [*lines[:at], *([line + (remark[2] if remark else "")] if line else []), *lines[at + 1 :]]
