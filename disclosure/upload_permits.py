"""Which tabs may send files just now: those that show the screen that takes them, to a person who may load.

The screen gives the permit and renews it while it is open; the server asks here before it takes a byte (`server/closed.py`).
"""

import time
from collections.abc import Callable
from threading import Lock

LASTS = 150.0
"""Seconds after which a permit that is not renewed is over. The screen renews it every minute."""


class UploadPermits:
    """Permits of this server, by the id of a tab's session. Safe to use from several threads."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any."""
        self._clock, self._lock = clock, Lock()
        self._until: dict[str, float] = {}

    def give(self, session: str) -> None:
        """Let a session send files from now on, for a while."""
        with self._lock:
            now = self._clock()
            self._until = {one: until for one, until in self._until.items() if until > now}
            self._until[session] = now + LASTS

    def take_back(self, session: str) -> None:
        """Let a session send no more files."""
        with self._lock:
            self._until.pop(session, None)

    def holds(self, session: str) -> bool:
        """Whether a session may send files now."""
        with self._lock:
            return self._until.get(session, float("-inf")) > self._clock()


PERMITS = UploadPermits()
"""Those of this process: screens and server are one."""
