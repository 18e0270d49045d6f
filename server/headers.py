"""What goes with every answer: how a browser is to treat it."""

from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.content_policy import Kind, kind_of, policies

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    # An address holds a ward and a quarter: no other site is told of it, nor what else someone looked at.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "camera",
            "display-capture",
            "encrypted-media",
            "geolocation",
            "gyroscope",
            "hid",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "serial",
            "usb",
            "xr-spatial-tracking",
        )
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The same as frame-ancestors, for browsers that do not know it.
    "X-Frame-Options": "SAMEORIGIN",
    # A name that is looked up tells something too.
    "X-DNS-Prefetch-Control": "off",
}
_NEVER_KEPT = "no-store"


class SecurityHeaders:
    """Put the headers on every answer, refusals and errors included."""

    def __init__(self, app: ASGIApp, *, index: Path, base_path: str = "") -> None:
        """Wrap an app; for the parameters see `server.content_policy`."""
        self._app, self._base_path = app, base_path
        self._policies = policies(index)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kind, base = kind_of(scope["path"], base_path=self._base_path), self._base_path.strip("/")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _write(headers, kind=kind, policies=self._policies, secure=scope["scheme"] == "https")
                if base:
                    _keep_cookies_under(f"/{base}", headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _write(headers: MutableHeaders, *, kind: Kind, policies: Mapping[Kind, str], secure: bool) -> None:
    for name, value in _EVERYWHERE.items():
        headers[name] = value
    headers["Content-Security-Policy"] = policies[kind]
    # Programs keep the age that they are served with. A page is only a shell, but after sign-out no cache should hold it.
    if kind in (Kind.PAGE, Kind.DATA):
        headers["Cache-Control"] = _NEVER_KEPT
    # Streamlit lets pages of any origin read some of its files.
    del headers["Access-Control-Allow-Origin"]
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
        _secure_cookies(headers)


def _keep_cookies_under(path: str, headers: MutableHeaders) -> None:
    """Give cookies for the whole address the path of this program: others beside it, of other partnerships, use the same names.

    Streamlit does so for its own of the sign-in; not for the one that remembers, on the way to the provider, what was begun.
    Those that only take a cookie away are left as they are.
    """
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        parts = [part.strip() for part in cookie.split(";")]
        taken_away = any(part.lower() == "max-age=0" for part in parts)
        kept = parts if taken_away else [f"Path={path}" if part.lower() == "path=/" else part for part in parts]
        headers.append("set-cookie", "; ".join(kept))


def _secure_cookies(headers: MutableHeaders) -> None:
    """Streamlit marks its cookies so only where it does TLS itself, not where a proxy does."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")
