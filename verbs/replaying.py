"""The verb that asks the question of an earlier run again and says whether its figures come out the same: `replay`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.errors import RefusedInputError, UsageError
from data.settings import load_settings
from disclosure.audiences import permission
from disclosure.audit import Action, What
from ingest.places import SETTINGS_VARIABLE
from verbs.common import open_store, record, say_progress, sentences_instead_of_tracebacks
from verbs.permitting import permit

if TYPE_CHECKING:
    from disclosure.export_sinks import Exported
    from disclosure.replaying import Replay
    from disclosure.run_record import RunRecord
    from disclosure.views import SnapshotView

DIFFERS = 1


def replay_command(
    run: Annotated[Path, typer.Argument(help="The run.json that `run` wrote.")],
    settings: Annotated[
        Path, typer.Option("--settings", envvar=SETTINGS_VARIABLE, help="TOML file with the partnership's settings.")
    ],
) -> None:
    """Ask the question of an earlier run again, of the same snapshot and for the same audience, and compare.

    Writes no file. Words and counts must be the same to the letter, numbers to two units of the last digit that is written.
    Says which columns differ and in how many rows, never a value; which files beside the run.json were changed since; and which
    versions and settings differ. Exit codes: 0 the same, 1 something differs or was changed, 2 it cannot be compared.
    """
    with sentences_instead_of_tracebacks():
        try:
            found = _replay(run, settings=settings)
        except RefusedInputError as error:
            raise UsageError(str(error)) from error  # 1 is kept for figures that differ
        _say(found)
    if not found.same:
        raise typer.Exit(DIFFERS)


def _replay(run: Path, *, settings: Path) -> "Replay":
    from disclosure.audit_details import question_details
    from disclosure.permitted import default_question
    from disclosure.replaying import compare_runs
    from disclosure.run_record import read_run_record
    from disclosure.views import open_view

    chosen, written = load_settings(settings), read_run_record(run)
    permit(chosen, What.RUN, audience=written.audience)
    view = open_view(open_store(chosen), written.snapshot, settings=chosen, audience=written.audience)
    question = written.asked(default_question(chosen.analysis))
    _check_categories(written, view=view)
    view.check(question)
    detail = question_details(question)
    record(
        Action.VERIFIED,
        What.RUN,
        settings=chosen,
        audience=written.audience,
        snapshot=view.manifest.id,
        detail=detail,
    )
    say_progress("Asking again")
    return compare_runs(written, _asked_again(written, view=view), beside=run.resolve().parent)


def _asked_again(written: "RunRecord", *, view: "SnapshotView") -> "Exported":
    from disclosure.export import exported_run
    from disclosure.permitted import default_question
    from disclosure.public_export import exported_areas, public_areas

    question = written.asked(default_question(view.settings.analysis))
    if permission(view.audience, rule=view.settings.disclosure).wards:
        return exported_run(view.answer(question), view=view)
    return exported_areas(public_areas(view, question=question), question=question, view=view)


def _check_categories(written: "RunRecord", *, view: "SnapshotView") -> None:
    """Refuse categories that the snapshot does not hold: a file that names some was not made from it."""
    asked, choices = written.question, view.choices
    pairs = ((asked.concerns, choices.concerns), (asked.sectors, choices.sectors), (asked.strands, choices.strands))
    if choices.exact and any(set(named) - set(known) for named, known in pairs):
        raise UsageError("The run.json names categories that its snapshot does not hold: it was changed.")


def _say(found: "Replay") -> None:
    for sentence in found.remarks:
        typer.echo(sentence)
    for sentence in found.differences:
        typer.echo(sentence)
    typer.echo(found.verdict())
