"""The verb that takes back a wrong load: `withdraw`."""

from typing import Annotated

import typer

from data.settings import load_settings
from disclosure.audit import What, open_audit, os_user
from verbs.common import SettingsOption, open_store, say_progress, sentences_instead_of_tracebacks
from verbs.permitting import permit


def withdraw_command(
    settings: SettingsOption,
    snapshot: Annotated[str, typer.Option(help="Id of the snapshot.")],
    reason: Annotated[str, typer.Option(help="wrong-file, wrong-settings or trial.")],
) -> None:
    """Withdraw a wrong load: remove its snapshot, and hold to nothing that was shown of it or since. Recorded."""
    with sentences_instead_of_tracebacks():
        from data.errors import UsageError
        from disclosure.telling_turns import turn_of
        from disclosure.withdrawing import Why, withdraw_snapshot

        chosen = load_settings(settings)
        permit(chosen, What.SNAPSHOT, administrator=True)
        if reason not in list(Why):
            raise UsageError(f"--reason is one of {', '.join(Why)}.")
        freed = withdraw_snapshot(
            snapshot,
            why=Why(reason),
            store=open_store(chosen),
            record=open_audit(chosen).record,
            who=os_user(),
            turn=turn_of(chosen),
        )
        typer.echo(f"{snapshot} is withdrawn.")
        if freed:
            say_progress(
                "What was shown of it and since was shown to people who may have kept it: they can compare it with what is "
                "shown from now on. Tell them that it was wrong."
            )
        say_progress("Restart the dashboard: it may still hold what was shown.")
