"""Links that outlive the sign-in, from which Streamlit comes back to its first page, without the choices of the address.

What was asked for is kept by the server, in memory, for a few minutes, under the token that Streamlit gives each browser against
forged requests; it goes neither to the provider nor into another cookie. Only screens of this program can be asked for.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

import streamlit as st

_TOKEN_COOKIE = "_streamlit_xsrf"  # noqa: S105  # its name, not a secret
_LONGEST_QUERY = 4_000
"""Characters. Somebody who is not signed in must not be able to fill the memory."""


@dataclass(frozen=True)
class Link:
    """A screen, and the choices in its address."""

    screen: str
    query: Mapping[str, str]


class RememberedLinks:
    """Links by browser, the newest; each can be taken once."""

    def __init__(self, *, seconds: float = 900.0, most: int = 500, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep at most so many, for so long."""
        self._links: dict[str, tuple[float, Link]] = {}
        self._seconds, self._most, self._clock, self._lock = seconds, most, clock, Lock()

    def keep(self, browser: str, link: Link) -> None:
        """Keep what a browser asked for, in place of what it asked for before."""
        too_long = sum(len(key) + len(text) for key, text in link.query.items()) > _LONGEST_QUERY
        kept = Link(link.screen, {}) if too_long else link
        with self._lock:
            self._links.pop(browser, None)
            while len(self._links) >= self._most:
                del self._links[next(iter(self._links))]
            self._links[browser] = (self._clock(), kept)

    def take(self, browser: str) -> Link | None:
        """Give what a browser asked for, and forget it."""
        with self._lock:
            at, link = self._links.pop(browser, (0.0, None))
        return link if link is not None and self._clock() - at <= self._seconds else None


LINKS = RememberedLinks()


def keep_link(screen: str) -> None:
    """Keep what this browser asks for now."""
    browser = _browser()
    if browser:
        LINKS.keep(browser, Link(screen, st.query_params.to_dict()))


def take_link() -> Link | None:
    """Give what this browser asked for before it was sent to sign in; once."""
    browser = _browser()
    return LINKS.take(browser) if browser else None


def _browser() -> str | None:
    """Give a name to this browser: its token, which Streamlit writes differently every time (`2|mask|masked token|time`)."""
    parts = str(st.context.cookies.get(_TOKEN_COOKIE, "")).split("|")
    if len(parts) != 4 or parts[0] != "2":
        return None
    try:
        mask, masked = bytes.fromhex(parts[1]), bytes.fromhex(parts[2])
    except ValueError:
        return None
    if len(mask) != 4 or len(masked) < 16:
        return None
    token = bytes(byte ^ mask[place % 4] for place, byte in enumerate(masked))
    return hashlib.sha256(token).hexdigest()
