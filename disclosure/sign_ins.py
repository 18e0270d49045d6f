"""Which sign-ins have begun and which have ended, kept on this machine.

A signed cookie stays good for weeks in whatever browser it lies. So the end of a sign-in is kept here, by the server, and holds
in every tab, for a copy of the cookie and after a restart.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_BEGUN, _ENDED = ".begun", ".ended"
_KEPT = 26 * 3600.0
"""Seconds: longer than any session may last (24 hours), clocks that differ included."""
_IDENTIFYING = ("iss", "sub", "sid", "iat", "nonce")
"""Claims that tell one sign-in from all others."""


class SignIns:
    """Sign-ins of one partnership: one empty file for each that began, and for each that ended. No name is in them."""

    def __init__(self, folder: Path) -> None:
        """Keep them in `folder`."""
        self._folder = folder

    def is_new(self, claims: Mapping[str, Any]) -> bool:
        """Whether this sign-in has not been seen before."""
        return not self._file(claims, _BEGUN).exists()

    def begin(self, claims: Mapping[str, Any]) -> None:
        """Keep that it has begun."""
        self._forget_old()
        self._touch(self._file(claims, _BEGUN))

    def end(self, claims: Mapping[str, Any]) -> None:
        """End it, everywhere and for good."""
        self._touch(self._file(claims, _ENDED))

    def is_ended(self, claims: Mapping[str, Any]) -> bool:
        """Whether the person has signed out of it."""
        return self._file(claims, _ENDED).exists()

    def _touch(self, file: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        file.touch()

    def _file(self, claims: Mapping[str, Any], kind: str) -> Path:
        told = json.dumps([claims.get(claim) for claim in _IDENTIFYING], default=str)
        return self._folder / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}{kind}"

    def _forget_old(self) -> None:
        """Remove files of sessions that are over: their age alone refuses them."""
        before = time.time() - _KEPT
        for kind in (_BEGUN, _ENDED):
            for file in self._folder.glob(f"*{kind}"):
                with suppress(FileNotFoundError):  # someone else is forgetting it
                    if file.stat().st_mtime < before:
                        file.unlink()
