"""The verbs on how long things are kept: `retention list` and `retention delete`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from data.errors import UsageError
from data.settings import Settings, load_settings
from disclosure.audit import Action, What, open_audit, os_user
from disclosure.export_register import open_register
from disclosure.retention import Due, delete_due, find_due
from verbs.common import SettingsOption, open_store, record, say_progress, sentences_instead_of_tracebacks
from verbs.permitting import permit

retention_app = typer.Typer(no_args_is_help=True, help="What is older than it is kept: list it, delete it.")


@retention_app.command("list")
def list_command(settings: SettingsOption) -> None:
    """List the snapshots and exports that are older than the settings keep them (section retention), the oldest first."""
    with sentences_instead_of_tracebacks():
        chosen = load_settings(settings)
        permit(chosen, What.RETENTION, administrator=True)
        record(Action.SAW, What.RETENTION, settings=chosen)
        due = _due(chosen)
        for snapshot in due.snapshots:
            typer.echo(f"{snapshot.id}  snapshot made {snapshot.created_at:%Y-%m-%d}")
        for export in due.exports:
            typer.echo(f"{Path(export.folder)}  {len(export.files)} files written {export.made_at:%Y-%m-%d}")
        _say_the_rest(due, settings=chosen)


@retention_app.command("delete")
def delete_command(
    settings: SettingsOption,
    yes: Annotated[bool, typer.Option("--yes", help="Do delete; without it, this is refused.")] = False,
) -> None:
    """Delete what `retention list` lists, one by one, each recorded before it is deleted."""
    with sentences_instead_of_tracebacks():
        if not yes:
            raise UsageError("This deletes for good. Look at `retention list` first, then give --yes.")
        chosen = load_settings(settings)
        permit(chosen, What.RETENTION, administrator=True)
        due = _due(chosen)
        store, register, trail = open_store(chosen), open_register(chosen), open_audit(chosen)
        for line in delete_due(due, store=store, register=register, record=trail.record, who=os_user()):
            typer.echo(line)
        _say_the_rest(due, settings=chosen)


def _due(settings: Settings) -> Due:
    return find_due(open_store(settings), open_register(settings), settings=settings, now=datetime.now(UTC))


def _say_the_rest(due: Due, *, settings: Settings) -> None:
    for sentence in due.cannot_tell:
        say_progress(sentence)
    if settings.retention.snapshots_days is None and settings.retention.exports_days is None:
        say_progress("The settings set no time ([retention] snapshots_days, exports_days), so nothing is ever due.")
    elif not due.snapshots and not due.exports:
        say_progress("Nothing is due.")
