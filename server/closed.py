"""Addresses of Streamlit's that are not there: what no screen needs, and, for a tab that may send none, where files are sent."""

import asyncio
import re
from collections.abc import Callable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CLOSED = re.compile(r"/_stcore/(metrics|agent)(/|$)")
_FILES = re.compile(r"/_stcore/upload_file(?:/(?P<session>[^/]+)/[^/]+)?")
_AT_ONCE = 2
"""Files that are taken in at one time, of all tabs together: each is held in memory, some of them twice, while it comes in."""
_PATIENCE = 30.0
"""Seconds within which the next piece of a file has to come: whoever is slower gives up their turn."""


class ClosedAddresses:
    """Answer that there is nothing at an address that is not needed, nor needed by whoever asks.

    Streamlit itself takes files from any tab that is open, signed in or not, into the server's memory.
    """

    def __init__(self, app: ASGIApp, *, may_send: Callable[[str], bool] = lambda _: False) -> None:
        """Wrap an app.

        Parameters
        ----------
        may_send
            Whether a session, by its id, may send files now. An id is known to its own tab alone.
        """
        self._app, self._may_send = app, may_send
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is asked of other addresses."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _CLOSED.search(scope["path"]):
            await _nothing_there(scope, receive, send)
        elif found := _FILES.search(scope["path"]):
            await self._take_file(found["session"], scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _take_file(self, session: str | None, scope: Scope, receive: Receive, send: Send) -> None:
        if session is None or not self._may_send(session):
            await _nothing_there(scope, receive, send)
            return

        async def receive_in_time() -> Message:
            return await asyncio.wait_for(receive(), _PATIENCE)

        async with self._turns:
            try:
                await self._app(scope, receive_in_time, send)
            except TimeoutError:
                await PlainTextResponse("Too slow\n", status_code=408)(scope, receive, send)


async def _nothing_there(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("Not found\n", status_code=404)(scope, receive, send)
