"""The server's own logs: lines of JSON, what was answered and how long it took, and nothing of who asked for what.

Streamlit and uvicorn make loggers and handlers of their own, some of them after this module is loaded: they are given ours.
"""

import hashlib
import logging
import secrets
import sys
import time
from collections.abc import Mapping
from contextvars import ContextVar

import streamlit.logger
import uvicorn.config
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.log_lines import keep_data_out, write_lines
from server.content_policy import Kind, kind_of

_log = logging.getLogger(__name__)
_SALT = secrets.token_bytes(16)
"""Of this process: a session's mark leads back to no session, and to no other process."""
_request: ContextVar[str] = ContextVar("request", default="")
_QUIET = ("/health", "/_stcore/health", "/_stcore/script-health-check")


def log_in_lines() -> None:
    """Set the logs of this process up, before Streamlit and uvicorn set theirs up.

    A person who started it in a terminal reads warnings there, not a line for each answer.
    """
    keep_data_out()
    write_lines(context=_context, level=logging.WARNING if sys.stderr.isatty() else logging.INFO)
    # Streamlit gives every logger a handler when it is first asked for, and again when options are read.
    streamlit.logger.setup_formatter = _leave_to_root
    for logger in streamlit.logger._loggers.values():  # there is no option for it
        _leave_to_root(logger)
    for logger in uvicorn.config.LOGGING_CONFIG["loggers"].values():
        logger.update({"handlers": [], "propagate": True, "level": "WARNING"})


def _leave_to_root(logger: logging.Logger) -> None:
    logger.handlers.clear()
    logger.propagate = True


def _context() -> Mapping[str, str]:
    found = {}
    if request := _request.get():
        found["request"] = request
    if context := get_script_run_ctx(suppress_warning=True):
        found["session"] = hashlib.sha256(_SALT + context.session_id.encode()).hexdigest()[:12]
    return found


class LogRequests:
    """Log each answer: what kind it was, its status and how long it took. Never an address: it names wards and quarters."""

    def __init__(self, app: ASGIApp, *, base_path: str = "") -> None:
        """Wrap an app, under the option `server.baseUrlPath`."""
        self._app, self._base_path = app, base_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        _request.set(secrets.token_hex(4))
        began, status = time.monotonic(), 0

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] in ("websocket.accept", "websocket.close"):
                status = status or {"websocket.accept": 101, "websocket.close": 403}[message["type"]]
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        finally:
            self._note(scope, status=status, seconds=time.monotonic() - began)

    def _note(self, scope: Scope, *, status: int, seconds: float) -> None:
        kind = "tab" if scope["type"] == "websocket" else kind_of(scope["path"], base_path=self._base_path).value
        well = 0 < status < 400
        if well and (kind == Kind.PROGRAM.value or scope["path"].endswith(_QUIET)):
            return
        event = "A tab was closed" if kind == "tab" else "A request was answered"
        facts = {"kind": kind, "status": status, "seconds": round(seconds, 3)}
        _log.info(event, extra={"facts": facts})
