"""What every verb shares: options, exit codes, who asks, and sentences where there would be a traceback."""

import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from data.errors import RefusedInputError, UsageError, WardOverlapError
from data.quarter_labels import tidy_label
from data.settings import Settings
from disclosure.audit import Action, AuditEntry, UnrecordedError, open_audit, os_user
from ingest.places import snapshot_folder

if TYPE_CHECKING:
    from data.snapshots import SnapshotStore

DONE, REFUSED, WRONG_USAGE, OUR_FAULT, STOPPED = 0, 1, 2, 3, 130

SettingsOption = Annotated[Path, typer.Option("--settings", help="TOML file with the partnership's settings.")]
SnapshotOption = Annotated[str, typer.Option("--snapshot", help="Id of a snapshot, or `newest`.")]
OutOption = Annotated[Path, typer.Option("--out", help="Folder to write to; made if it is not there.")]


def open_store(settings: Settings) -> "SnapshotStore":
    """Open the partnership's store of snapshots."""
    from data.snapshots import SnapshotStore

    return SnapshotStore(snapshot_folder(settings))


def record(
    action: Action,
    what: str,
    *,
    settings: Settings,
    audience: str = "",
    snapshot: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    """Record what this verb is about to do, in the name of whoever is at this machine. Call it before doing it.

    Raises
    ------
    UnrecordedError
        If it cannot be recorded: the verb ends, nothing done.
    """
    open_audit(settings).record(
        AuditEntry(action, os_user(), what, audience=audience, snapshot=snapshot, detail=detail or {})
    )


def parse_last_quarter(text: str) -> str:
    """Read a quarter as people type it.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        return tidy_label(text)
    except ValueError as error:
        raise UsageError(f"--last-quarter: {error}.") from error


def _last_letters(path: str, *, most: int = 300) -> str:
    """Give so much of a path as a person reads."""
    return path if len(path) <= most else f"… {path[-most:]}"


def say_progress(what: str) -> None:
    """Tell the person who waits, without touching what a program reads."""
    typer.echo(what, err=True)


@contextmanager
def sentences_instead_of_tracebacks() -> Iterator[None]:
    """End with a sentence and an exit code where a person can put something right."""
    try:
        yield
    except RefusedInputError as error:
        _end(error, code=REFUSED)
    except UnrecordedError as error:
        _end(error.for_operator, code=WRONG_USAGE)
    except WardOverlapError as error:
        _end(error, code=WRONG_USAGE)
    except BrokenPipeError:
        raise  # whoever read our output has had enough: the command line library ends without a word
    except OSError as error:
        place = f"{_last_letters(str(error.filename))}: " if error.filename else ""
        _end(f"{place}{error.strerror}. Check the path, its permissions and the space left.", code=WRONG_USAGE)
    except KeyboardInterrupt:
        _end("Stopped before it was finished. Snapshots are as they were.", code=STOPPED)
    except Exception as error:  # noqa: BLE001  # the message could repeat a cell, so only the place is told
        where = "".join(traceback.format_tb(error.__traceback__))
        _end(
            f"{where}{type(error).__name__}\nA fault of the program, not of your files. Please report it.",
            code=OUR_FAULT,
        )


def _end(sentence: object, *, code: int) -> NoReturn:
    typer.echo(str(sentence), err=True)
    sys.exit(code)
