"""Addresses of Streamlit's that no screen needs, and that are therefore not there."""

import re

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_CLOSED = re.compile(r"/_stcore/(upload_file|metrics|agent)(/|$)")
"""To `upload_file`, whoever has a tab open, signed in or not, could send files into the server's memory. No screen takes files;
one that does has to open this for those who may. Nothing else reads what a request carries, so none can be slow in sending it."""


class ClosedAddresses:
    """Answer that there is nothing at an address that is not needed."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is asked of other addresses."""
        if scope["type"] == "http" and _CLOSED.search(scope["path"]):
            await PlainTextResponse("Not found\n", status_code=404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
