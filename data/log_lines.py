"""Logs as lines of JSON that hold no data: one event a line, in words of this program, with the time and the place in the code.

What a library logs may quote whatever it was given (an address, a cell, a line of SQL), and so may the text of an exception. So
of a library's line only its level and its place are kept, and of an exception its type and where it was raised. That is done as
the record is made (`keep_data_out`), whichever handler writes it.
"""

import json
import logging
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

OURS = ("data", "geo", "ingest", "analysis", "disclosure", "briefing", "pages", "server", "verbs", "cli", "dashboard")
LIBRARY = "a library's message, not shown"
_ROOT = Path(__file__).resolve().parent.parent
_DEEPEST = 12
"""Places of a fault that are kept, the innermost last."""
_LONGEST = 2_000
Context = Callable[[], Mapping[str, str]]


class JsonLine(logging.Formatter):
    """One line of JSON for each record."""

    def __init__(self, *, context: Context = dict, **_: object) -> None:
        """Take what is to stand in every line besides: what is being answered, for whom (as a hash).

        Other options are taken and passed over: servers give some to whatever formatter they use.
        """
        super().__init__()
        self._context = context

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "component": record.name[:_LONGEST] if is_ours(record.name) else record.name.partition(".")[0],
            "event": record.getMessage()[:_LONGEST],
            "place": f"{_short(record.pathname)}:{record.lineno}",
        }
        for more in (getattr(record, "fault", {}), getattr(record, "facts", {}), self._context()):
            line.update(more)
        return json.dumps(line, ensure_ascii=True)


def keep_data_out() -> None:
    """From now on make records without what libraries and exceptions say, and log what nobody catches or warns of."""
    logging.setLogRecordFactory(_make_record)
    logging.raiseExceptions = False  # else a record that cannot be written is printed with all that it holds
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def write_lines(*, context: Context = dict, level: int = logging.INFO) -> logging.Handler:
    """Have all that is logged written to standard error, a line each; whatever wrote it before does so no more."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine(context=context))
    handler.addFilter(lambda record: is_ours(record.name) or record.levelno >= logging.WARNING)
    root = logging.getLogger()
    for logger in [root, *(one for one in root.manager.loggerDict.values() if isinstance(one, logging.Logger))]:
        logger.handlers.clear()
        logger.propagate = True
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    return handler


def is_ours(name: str) -> bool:
    """Tell whether a logger is of this program, whose messages are written to hold no data."""
    return name.partition(".")[0] in OURS


def fault_of(error: BaseException | None, trace: TracebackType | None = None) -> dict[str, object]:
    """Give the type of an exception and the places in the code that it came through; nothing of what it says."""
    if error is None:
        return {}
    places = []
    at = trace or error.__traceback__
    while at is not None:
        code = at.tb_frame.f_code
        places.append(f"{_short(code.co_filename)}:{at.tb_lineno} {code.co_name}")
        at = at.tb_next
    return {"error": type(error).__name__, "came_through": places[-_DEEPEST:]}


def _make_record(
    name: str,
    level: int,
    path: str,
    line: int,
    message: object,
    args: Any,
    exc_info: Any,
    func: str | None = None,
    sinfo: str | None = None,  # noqa: ARG001  # a stack with the lines of the code: the place is enough
    **_: object,
) -> logging.LogRecord:
    if not is_ours(name):
        message, args = LIBRARY, ()
    record = logging.LogRecord(name, level, path, line, message, args, None, func, None)
    if isinstance(exc_info, tuple):
        record.fault = fault_of(exc_info[1], exc_info[2])
    return record


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):  # a thread may end by either
        return
    logger = logging.getLogger("cli" if Path(sys.argv[0]).stem == "cli" else "server")
    found = fault_of(error, trace) or {"error": kind.__name__}
    logger.critical("A fault that nothing caught", extra={"facts": found})


def _short(path: str) -> str:
    """Name a file of the code without where it is installed."""
    where = Path(path)
    if where.is_relative_to(_ROOT) and ".venv" not in where.parts:
        return where.relative_to(_ROOT).as_posix()
    parts = where.parts
    at = parts.index("site-packages") + 1 if "site-packages" in parts else max(len(parts) - 2, 0)
    return "/".join(parts[at:])
