"""Whether this server is ready, for whoever watches it or sends people to it: `/health`, 200 or 503.

To anybody it says only which of the two. Parts are named to the machine itself, and to whoever sends the token of the environment
(`Authorization: Bearer …`). Streamlit's own `/_stcore/health` says only that the process is up.
"""

import asyncio
import hmac
import os
import time
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from data.settings import Settings
from disclosure.health import Health, look
from server.asking import is_from_here

TOKEN_VARIABLE = "WARD_OVERLAP_HEALTH_TOKEN"  # noqa: S105  # the name of a variable
"""Environment variable with the token; 16 characters or more, else there is none."""
_SHORTEST = 16
_FRESH = 5.0
"""Seconds for which an answer is given again: however many ask, the disk is looked at no more often."""


def health_route(settings: Settings | None, *, base_path: str = "", environ: Mapping[str, str] = os.environ) -> Route:
    """Make the address.

    Parameters
    ----------
    settings
        Of the partnership; `None` where the server keeps nothing, and is ready when it is up.
    base_path
        The option `server.baseUrlPath`.
    """
    base = base_path.strip("/")
    looking = _Looking(settings)
    token = environ.get(TOKEN_VARIABLE, "")

    async def answer(request: Request) -> JSONResponse:
        found = await looking.now()
        told = is_from_here(request.scope, request.headers) or _is_token(request, token)
        content = found.as_plain() if told else {"status": found.status}
        return JSONResponse(content, status_code=200 if found.is_ready else 503)

    return Route(f"/{base}/health" if base else "/health", answer, methods=["GET"])


def _is_token(request: Request, token: str) -> bool:
    given = request.headers.get("authorization", "")
    return len(token) >= _SHORTEST and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


class _Looking:
    """Looks at the parts, one look at a time, and remembers for a moment what it saw."""

    def __init__(self, settings: Settings | None) -> None:
        self._settings = settings
        self._lock = asyncio.Lock()
        self._seen: tuple[float, Health] | None = None

    async def now(self) -> Health:
        if self._settings is None:
            return Health({})
        async with self._lock:
            if self._seen is None or time.monotonic() - self._seen[0] > _FRESH:
                found = await asyncio.to_thread(look, self._settings)
                self._seen = (time.monotonic(), found)
            return self._seen[1]
