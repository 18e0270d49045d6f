"""How many people are served at once: whoever comes when all places are taken is told so, and those at work keep theirs."""

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from server.content_policy import Kind, kind_of

_TRY_AGAIN_LATER = 1013
"""Close code of a websocket (IANA registry)."""
_SECONDS = 30
_FULL = "All places on this server are taken. Try again in a few minutes, or close what you have open in other tabs."
_PAGE = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>All places are taken</title>
<meta http-equiv="refresh" content="{_SECONDS}"></head>
<body style="font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>Ward Overlap</h1><p role="alert">{_FULL}</p><p>This page tries again by itself.</p></body></html>"""


class Places:
    """Serve so many sessions at once and no more.

    A session is a websocket: a tab that is open. Each holds memory and takes its turn at the processor, so without a limit the
    last to come would slow down or bring down the work of all.
    """

    def __init__(self, app: ASGIApp, *, sessions: int, base_path: str = "") -> None:
        """Wrap an app that may have so many sessions at once."""
        self._app, self._free, self._base_path = app, sessions, base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what there is place for."""
        if scope["type"] == "websocket":
            await self._seat(scope, receive, send)
        elif scope["type"] == "http" and self._free <= 0 and (answer := self._answer_when_full(scope)) is not None:
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _seat(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._free <= 0:
            await WebSocketClose(_TRY_AGAIN_LATER, _FULL)(scope, receive, send)
            return
        self._free -= 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._free += 1

    def _answer_when_full(self, scope: Scope) -> Response | None:
        """Answer a page that would open one more session, before it tries; the rest is for those who have a place."""
        later = {"Retry-After": str(_SECONDS)}
        if scope["path"].endswith(
            "/_stcore/host-config"
        ):  # a page asks for this just before its websocket, and shows the refusal
            return JSONResponse(_FULL, status_code=503, headers=later)
        is_page = kind_of(scope["path"], base_path=self._base_path) is Kind.PAGE
        if is_page and "text/html" in Headers(scope=scope).get("accept", ""):
            return HTMLResponse(_PAGE, status_code=503, headers=later)
        return None
