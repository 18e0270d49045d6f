"""The verb for whoever runs a server of several partnerships: are they kept apart?"""

from pathlib import Path
from typing import Annotated

import typer

from data.errors import RefusedInputError
from verbs.common import say_progress, sentences_instead_of_tracebacks


def partnerships_command(
    folder: Annotated[Path, typer.Option(help="Folder with one folder and settings.toml for each partnership.")],
) -> None:
    """Look whether partnerships of one server share anything that they may not. Reads settings only; run it as root.

    Lists them as path and name. Ends with 1 if one cannot be read or two are not apart.
    """
    with sentences_instead_of_tracebacks():
        from data.partnerships import read_partnerships, why_not_apart
        from data.visible_text import visible_text

        found = read_partnerships(folder)
        for one in found.whole:
            typer.echo(f"/{one.slug}/  {visible_text(one.settings.partnership.name)}")
        wrong = [*found.faults, *why_not_apart(found.whole)]
        if wrong:
            raise RefusedInputError("\n".join(wrong))
        unread = [one.slug for one in found.whole if not (one.folder / "auth.toml").is_file()]
        if unread:
            say_progress(
                f"Secrets of sign-in were not looked at (no auth.toml that this account sees): {', '.join(unread)}."
            )
