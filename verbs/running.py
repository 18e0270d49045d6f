"""The verb that models the overlap and writes what an audience may have: `run`."""

from typing import Annotated

import typer

from data.settings import load_settings
from disclosure.audiences import parse_audience
from disclosure.audit import Action, What
from disclosure.audit_details import question_details
from disclosure.export import write_run
from disclosure.export_register import export_id, open_register
from disclosure.gate import Released
from disclosure.permitted import default_question
from disclosure.views import open_view
from verbs.common import (
    OutOption,
    SettingsOption,
    SnapshotOption,
    open_store,
    parse_last_quarter,
    record,
    say_progress,
    sentences_instead_of_tracebacks,
)


def run_command(
    settings: SettingsOption,
    snapshot: SnapshotOption,
    out: OutOption,
    quarters: Annotated[int | None, typer.Option(min=1, max=40, help="Length of the window.")] = None,
    last_quarter: Annotated[str | None, typer.Option(help="Last quarter of the window, e.g. '2025/26 Q2'.")] = None,
    audience: Annotated[str, typer.Option(help="Who the files are for: analyst, inspector or steering.")] = "inspector",
) -> None:
    """Model the overlap and write overlap.csv, overlap.geojson and run.json: what the audience may have."""
    with sentences_instead_of_tracebacks():
        chosen = load_settings(settings)
        view = open_view(open_store(chosen), snapshot, settings=chosen, audience=parse_audience(audience))
        last = parse_last_quarter(last_quarter) if last_quarter else None
        register = open_register(chosen)
        question = default_question(chosen.analysis, quarters=quarters, last_quarter=last)

        def record_export(released: Released) -> None:
            record(
                Action.EXPORTED,
                What.RUN,
                settings=chosen,
                audience=released.audience,
                snapshot=view.manifest.id,
                detail={**question_details(released.question), "export": export_id(out)},
            )
            register.begin(out, audience=released.audience, snapshot=view.manifest.id)

        written = write_run(view, question=question, folder=out, progress=say_progress, before_writing=record_export)
        register.finish(out, written)
        for path in written:
            typer.echo(path)
