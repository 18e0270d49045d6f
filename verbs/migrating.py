"""The verb that makes or changes the tables of the records: `migrate`."""

from typing import Annotated

import typer

from data.settings import load_settings
from disclosure.audit import os_user
from disclosure.operators import check_operator
from verbs.common import SettingsOption, say_progress, sentences_instead_of_tracebacks


def migrate_command(
    settings: SettingsOption,
    for_role: Annotated[
        str, typer.Option(help="Role in PostgreSQL that the server runs as: it may then read and add, nothing else.")
    ] = "",
) -> None:
    """Bring the tables of the records to what this program writes; in PostgreSQL, make them. Recorded. Prints the revision."""
    with sentences_instead_of_tracebacks():
        from disclosure.migrating import migrate
        from disclosure.records_place import records_place

        chosen = load_settings(settings)
        # A refusal is not recorded: there may be no tables yet to record it in.
        check_operator(chosen, administrator=True)
        revision = migrate(chosen, who=os_user(), role=for_role)
        say_progress(f"The tables of the records {records_place(chosen)} are as this program needs them.")
        typer.echo(revision)
