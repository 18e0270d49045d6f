"""Why nothing can be recorded, in the log: once for each reason, however many people meet it and however often."""

import logging
import time
from threading import Lock

from data.log_lines import fault_of
from disclosure.audit_entries import UnrecordedError

_log = logging.getLogger(__name__)
_AGAIN = 600.0
"""Seconds after which the same reason is logged again."""
_logged: dict[str, float] = {}
_looking = Lock()


def warn_of(error: UnrecordedError) -> None:
    """Log the reason in fixed words, with host and name of a database, unless that was done a short while ago."""
    why, now = error.why or type(error).__name__, time.monotonic()
    with _looking:
        if now - _logged.get(why, -_AGAIN) < _AGAIN:
            return
        _logged[why] = now
    _log.warning(
        "What people do cannot be recorded, so nothing is shown or done: %s", why, extra={"facts": fault_of(error)}
    )
