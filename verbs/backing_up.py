"""The verbs that copy all that would be lost with a disk, and put it back: `backup` and `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from data.settings import load_settings
from disclosure.audit import What, os_user
from disclosure.operators import check_operator
from verbs.common import SettingsOption, say_progress, sentences_instead_of_tracebacks
from verbs.permitting import permit


def backup_command(
    settings: SettingsOption,
    to: Annotated[Path, typer.Option("--to", help="New folder for the backup.")],
) -> None:
    """Copy snapshots, records and settings, checked, while the server runs. Prints the head of the audit trail in it."""
    with sentences_instead_of_tracebacks():
        from disclosure.backup import make_backup

        chosen = load_settings(settings)
        permit(chosen, What.BACKUP, administrator=True)
        contents = make_backup(chosen, settings_file=settings, target=to, who=os_user())
        count = len(contents.snapshots())
        snapshots = "1 snapshot" if count == 1 else f"{count:,} snapshots"
        say_progress(f"{snapshots} and the records are in {to}. It holds what they hold: keep it as safe.")
        typer.echo(contents.head)


def restore_command(
    settings: SettingsOption,
    source: Annotated[Path, typer.Option("--from", help="Folder of a backup.")],
) -> None:
    """Check a backup wholly, then put back what is missing here. Prints the snapshots that were put back."""
    with sentences_instead_of_tracebacks():
        from disclosure.restoring import restore_backup

        chosen = load_settings(settings)
        # A refusal is not recorded: that would begin a trail where one is to be put back.
        check_operator(chosen, administrator=True)
        done = restore_backup(source, settings=chosen, who=os_user())
        say_progress(f"The backup of {done.contents.made_at:%Y-%m-%d %H:%M} UTC is whole, and its audit trail holds.")
        for id in done.snapshots:
            typer.echo(id)
