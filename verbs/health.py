"""The verb `health`: whether what a partnership keeps is in order, for monitors; one line of JSON and an exit code."""

import json

import typer

from data.settings import load_settings
from verbs.common import DONE, REFUSED, SettingsOption, sentences_instead_of_tracebacks


def health_command(settings: SettingsOption) -> None:
    """Say whether store, records, newest snapshot and disk are in order. Exit code 0 if all are, 1 if not.

    It shows nothing that is kept and is not recorded: a monitor may ask every minute.
    """
    with sentences_instead_of_tracebacks():
        from disclosure.health import look

        found = look(load_settings(settings))
        typer.echo(json.dumps(found.as_plain()))
    raise typer.Exit(DONE if found.is_ready else REFUSED)
