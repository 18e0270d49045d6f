"""The verb for whoever runs a server of several partnerships: are they kept apart?"""

from pathlib import Path
from typing import Annotated

import typer

from data.errors import RefusedInputError, UsageError
from data.in_words import listed
from verbs.common import say_progress, sentences_instead_of_tracebacks


def partnerships_command(
    folder: Annotated[Path, typer.Option(help="Folder with one folder and settings.toml for each partnership.")],
) -> None:
    """Look whether partnerships of one server share anything that they may not. Run it as root: it also looks at their secrets.

    Lists them as path and name. Ends with 1 if one cannot be read or two are not apart.
    """
    with sentences_instead_of_tracebacks():
        from data.partnership_files import read_partnership_files
        from data.partnerships import read_partnerships, why_not_apart
        from data.visible_text import visible_text

        found = read_partnerships(folder, given_by="--folder")
        for one in found.whole:
            typer.echo(f"/{one.slug}/  {visible_text(one.settings.partnership.name)}")
        wrong = [*found.faults, *why_not_apart(found.whole)]
        if not (found.whole or wrong):
            raise UsageError(f"--folder: {folder} holds no partnership. Name the folder that holds one for each.")
        if wrong:
            raise RefusedInputError("\n".join(wrong))
        unread = [f"{name} of {one.slug}" for one in found.whole for name in read_partnership_files(one.folder).unread]
        if unread:
            say_progress(
                f"Nothing wrong was found, but these could not be read, so not all is known: {listed(unread)}."
            )
        else:
            say_progress("All is well: nothing is shared that has to be apart.")
