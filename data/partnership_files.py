"""The two files beside a partnership's settings that hold secrets: `auth.toml` and `server.env`. No value of them is ever shown.

They are root's, so that an account that may not read them learns only that, and who else may.
"""

import os
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from data.database_hosts import stays_here

AUTH, SERVER = "auth.toml", "server.env"
_PORT, _DATABASE = "WARD_OVERLAP_PORT", "DATABASE_URL"
_OF_THE_LIST = "8510"
"""Port of the list of partnerships (`deploy/ward-overlap-door.service`)."""
_APART = {
    AUTH: ("cookie_secret", "redirect_uri"),
    SERVER: (_PORT, "WARD_OVERLAP_AUDIT_KEY", "WARD_OVERLAP_STORE", "WARD_OVERLAP_STATIC"),
}
"""What may not be the same in two: a cookie sealed with the secret of another would be taken for a sign-in here."""
_NOT_OWNERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class PartnershipFiles:
    """What this account can read of them."""

    folder: Path
    auth: Mapping[str, Any] | None = field(repr=False)
    """The section `[auth]`; `None` if the file is not there, cannot be read or is no TOML."""
    server: Mapping[str, str] | None = field(repr=False)
    """Variables; `None` if the file is not there or cannot be read."""

    @property
    def unread(self) -> list[str]:
        """Names of those that were not looked at."""
        return [name for name, found in ((AUTH, self.auth), (SERVER, self.server)) if found is None]

    def must_differ(self) -> dict[str, str]:
        """Give what no two partnerships may have in common, by what it is called."""
        found = {AUTH: self.auth or {}, SERVER: self.server or {}}
        values = {f"{key} in {name}": found[name].get(key) for name, keys in _APART.items() for key in keys}
        values[f"role in {_DATABASE} in {SERVER}"] = _role(self._database)
        return {what: value for what, value in values.items() if isinstance(value, str) and value}

    def faults(self) -> Iterator[str]:
        """Say what is wrong with them by themselves."""
        for name in (AUTH, SERVER):
            mode = _mode(self.folder / name)
            if mode & _NOT_OWNERS:
                yield f"{name} is open to other accounts (mode {mode:04o}). Make it 0600, and root's."
        if self.server is not None:
            port = self.server.get(_PORT, "")
            if not port.isdecimal() or port == _OF_THE_LIST:
                yield f"{SERVER} needs a {_PORT} of its own, not {_OF_THE_LIST}: there is the list of partnerships."
            if self.server.get(_DATABASE) and self._database is None:
                yield f"{_DATABASE} in {SERVER} is no URL of a database. Correct it."

    @property
    def _database(self) -> URL | None:
        try:
            return make_url((self.server or {}).get(_DATABASE, ""))
        except (ArgumentError, ValueError):
            return None


def read_partnership_files(folder: Path) -> PartnershipFiles:
    """Read both files of a partnership's folder, as far as this account may."""
    auth, server = _text(folder / AUTH), _text(folder / SERVER)
    return PartnershipFiles(
        folder, None if auth is None else _section(auth), None if server is None else _variables(server)
    )


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _section(text: str) -> Mapping[str, Any] | None:
    try:
        found = tomllib.loads(text).get("auth", {})
    except ValueError:
        return None
    return found if isinstance(found, dict) else {}


def _variables(text: str) -> dict[str, str]:
    """Read a file as systemd's `EnvironmentFile=` does: remarks with # or ;, quotes around a value, the last one counts."""
    lines = [line.strip() for line in text.splitlines()]
    pairs = [line.partition("=") for line in lines if "=" in line and line[0] not in "#;"]
    return {name.strip(): _unquoted(value.strip()) for name, _, value in pairs}


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _role(url: URL | None) -> str | None:
    """Give role and server in one: roles of two servers have nothing to do with each other."""
    if url is None:
        return None
    role = url.username or url.query.get("user")
    if not role:
        return None
    host = "" if stays_here(url, environment={}) else f"{url.host or url.query.get('host')}".casefold()
    return f"{role} {host} {url.port or url.query.get('port') or 5432}"


def _mode(path: Path) -> int:
    if os.name == "nt":
        return 0  # rights are not told by modes there
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0
