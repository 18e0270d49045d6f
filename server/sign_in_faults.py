"""What happens where a sign-in fails between Streamlit and the provider: a page of ours, and one line in the log."""

import logging
import traceback
from html import escape

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from disclosure.marking import make_marking

_PATHS = ("/auth/login", "/auth/logout", "/oauth2callback")
_LOGGER_OF_STREAMLIT = "streamlit.web.server.starlette.starlette_auth_routes"
_BAD_REQUEST, _FAULT = 400, 500
_PAGE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Sign-in did not work</title></head>
<body style="font: 1.1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem">
<p role="note" aria-label="Protective marking"><b>{marking}</b> {handling}</p>
<h1>Ward Overlap</h1>
<p role="alert">Signing in did not work: your organisation's sign-in did not answer as it should. Try again in a few minutes.</p>
<p>Whom to ask: {contact}</p>
<p><a href="{home}">Back to Ward Overlap</a></p></body></html>"""


class SignInFaults:
    """Answer with a marked page that leads back where Streamlit's own sign-in fails, and keep its tracebacks out of the log.

    A sign-in that fails on the way back leads to the first page as it is, where the person can try again: Streamlit does so for
    links that are old or made up too, and does not tell these apart.
    """

    def __init__(self, app: ASGIApp, *, handling: str, contact: str, base_path: str = "") -> None:
        """Wrap an app.

        Parameters
        ----------
        handling
            What stands beside the marking.
        contact
            Whom to ask.
        base_path
            The option `server.baseUrlPath`.
        """
        self._app = app
        base = base_path.strip("/")
        self._paths = tuple(f"/{base}{path}" if base else path for path in _PATHS)
        self._page = _PAGE.format(
            marking=make_marking(handling=handling, invented=()).text,
            handling=escape(handling),
            contact=escape(contact),
            home=escape(f"/{base}/" if base else "/"),
        )
        logger = logging.getLogger(_LOGGER_OF_STREAMLIT)
        if not any(isinstance(one, OneLine) for one in logger.filters):
            logger.addFilter(OneLine())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and put our page in place of a failed answer."""
        if scope["type"] != "http" or scope["path"] not in self._paths:
            await self._app(scope, receive, send)
            return
        failed = False

        async def send_or_not(message: Message) -> None:
            nonlocal failed
            if message["type"] == "http.response.start":
                failed = message["status"] == _BAD_REQUEST or message["status"] >= _FAULT
            if not failed:
                await send(message)

        await self._app(scope, receive, send_or_not)
        if failed:
            await HTMLResponse(self._page, status_code=503)(scope, receive, send)


class OneLine(logging.Filter):
    """Puts in place of a traceback the kind of error, the host that was asked and where in the code it began and ended.

    The error's own text is left out: it may hold what the provider sent.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten a record; it always passes."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg, record.args = f"{record.getMessage()} {_in_a_line(error)}", ()
            record.exc_info = record.exc_text = record.stack_info = None
        return True


def _in_a_line(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ends = dict.fromkeys(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in [*frames[:1], *frames[-1:]])
    return f"{type(error).__module__}.{type(error).__name__}{_of_host(error)}, {', '.join(ends)}"


def _of_host(error: BaseException) -> str:
    try:
        request = getattr(error, "request", None)
    except RuntimeError:  # of an error of httpx's that was raised before there was a request
        return ""
    host = getattr(getattr(request, "url", None), "host", None)
    return f" of {host}" if isinstance(host, str) else ""
