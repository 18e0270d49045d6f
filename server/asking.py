"""Who may ask this server for anything: nobody from another machine until people sign in, and no page of another site, ever.

A page of another site can reach a server on the machine of whoever looks at it: by its address (the browser then says `Origin`
and `Sec-Fetch-Site`), or by giving that address a name of its own, which makes the two one site ("DNS rebinding": `Host` is then
that name). Streamlit lets the second in, and also any other server on the same machine.
"""

import logging
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from server.loopback import LOOPBACK_NAMES, is_here

_log = logging.getLogger(__name__)
_BROUGHT_BY_A_PROXY = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


class WhoMayAsk:
    """Refuse requests that come from where none should."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], this_machine_only: bool) -> None:
        """Wrap an app.

        Parameters
        ----------
        hosts
            Names by which the server is called, without ports, besides those of the machine itself.
        this_machine_only
            Whether there is no sign-in, so that whoever asks is taken to sit at the machine.
        """
        self._app, self._this_machine_only = app, this_machine_only
        self._hosts = LOOPBACK_NAMES if this_machine_only else LOOPBACK_NAMES | {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may be asked."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        why = self._why_not(scope)
        if why is None:
            await self._app(scope, receive, send)
            return
        _log.warning("A request was refused. %s", why)
        answer = PlainTextResponse(f"{why}\n", status_code=403) if scope["type"] == "http" else WebSocketClose(1008)
        await answer(scope, receive, send)

    def _why_not(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        if self._this_machine_only and not is_from_here(scope, headers):
            return "Sign-in is not set up, so this server answers its own machine only."
        host = headers.getlist("host")
        if len(host) != 1 or _name_of(host[0]) not in self._hosts:
            return "This server is not called that. Use its proper address."
        if _is_of_another_site(headers, host=host[0]):
            return "A page of another site may not ask this server."
        return None


def is_from_here(scope: Scope, headers: Headers) -> bool:
    """Tell whether both ends are on this machine, and no proxy speaks for someone else.

    uvicorn takes the client from what a proxy on this machine says; the headers themselves stay, and are looked at too.
    """
    ends = (scope.get("client"), scope.get("server"))
    if not all(end is not None and is_here(end[0]) for end in ends):
        return False
    return not any(name in headers for name in _BROUGHT_BY_A_PROXY)


def _name_of(host: str) -> str | None:
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises if it is none
    except ValueError:
        return None
    return None if parts.netloc != host or "@" in host else parts.hostname


def _is_of_another_site(headers: Headers, *, host: str) -> bool:
    """Whether a page of another origin asks. To follow a link from there is no such thing: the page it leads to is ours."""
    origin = headers.get("origin")
    # A proxy that does TLS is in between, or not: the scheme is the browser's business.
    if origin is not None and origin.lower() not in (f"http://{host}".lower(), f"https://{host}".lower()):
        return True
    elsewhere = headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
    follows_a_link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return elsewhere and not follows_a_link
