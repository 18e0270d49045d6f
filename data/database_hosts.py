"""Whether the way to a PostgreSQL database leaves this machine, so that it has to be protected."""

import os
from collections.abc import Mapping

from sqlalchemy import URL

_HERE = ("", "localhost", "127.0.0.1", "::1")
_FROM_ENVIRONMENT = ("PGHOST", "PGHOSTADDR")
"""Where libpq looks if the address names no host."""


def stays_here(url: URL, *, environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether every host that an address names is this machine: by its name, its loopback or the folder of a socket.

    Several hosts may be named, and in several places. What a `service` names is not looked at: its file says how it is protected.
    """
    named = [url.host or "", *_texts(url.query.get("host")), *_texts(url.query.get("hostaddr"))]
    if not any(named):
        named = [environment.get(name, "") for name in _FROM_ENVIRONMENT]
    hosts = [host for text in named for host in text.split(",")]
    return all(host in _HERE or host.startswith("/") for host in hosts)


def _texts(found: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else found or ()
