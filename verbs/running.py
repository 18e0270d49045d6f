"""The verb that models the overlap and writes what an audience may have: `run`."""

from typing import Annotated

import typer

from data.errors import UsageError
from data.settings import load_settings
from disclosure.audiences import Audience, parse_audience, permission
from disclosure.audit import Action, What
from disclosure.export_register import export_id, open_register
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
from verbs.formats import FORMATS, USUAL, parse_formats, sinks_of
from verbs.permitting import permit

MOST = 40
"""Quarters of the longest window."""
WRITTEN_FOR = tuple(one for one in Audience if one is not Audience.COUNCILLOR)


def run_command(
    settings: SettingsOption,
    snapshot: SnapshotOption,
    out: OutOption,
    quarters: Annotated[int | None, typer.Option(min=1, max=MOST, help="Length of the window.")] = None,
    last_quarter: Annotated[str | None, typer.Option(help="Last quarter of the window, e.g. '2025/26 Q2'.")] = None,
    audience: Annotated[str, typer.Option(help=f"Who the files are for: {', '.join(WRITTEN_FOR)}.")] = "inspector",
    formats: Annotated[str, typer.Option("--format", help=f"Kinds of file: {', '.join(FORMATS)}.")] = USUAL,
) -> None:
    """Model the overlap and write overlap.csv, overlap.geojson and run.json: what the audience may have.

    For the public: areas.csv, areas.geojson and run.json, areas of several wards in bands over three years. Other kinds of file
    by --format, such as `--format csv,gpkg,xlsx`.
    """
    with sentences_instead_of_tracebacks():
        from disclosure.audit_details import question_details
        from disclosure.export import write_run
        from disclosure.permitted import Question, default_question, permitted_windows
        from disclosure.public_export import write_public
        from disclosure.views import open_view

        chosen, reader = load_settings(settings), parse_audience(audience, offered=WRITTEN_FOR)
        if reader is Audience.COUNCILLOR:
            raise UsageError("Councillors get documents, not files: `python cli.py brief` writes them.")
        kinds = parse_formats(formats)
        permit(chosen, What.RUN, audience=reader)
        view = open_view(open_store(chosen), snapshot, settings=chosen, audience=reader)
        public = not permission(reader, rule=chosen.disclosure).wards
        last = parse_last_quarter(last_quarter) if last_quarter else None
        register = open_register(chosen)
        length = quarters or (permitted_windows(reader, rule=chosen.disclosure, covered=MOST)[0] if public else None)
        question = default_question(chosen.analysis, quarters=length, last_quarter=last)

        def record_export(answered: Question) -> None:
            detail = {**question_details(answered), "export": export_id(out), "format": ",".join(kinds)}
            record(
                Action.EXPORTED, What.RUN, settings=chosen, audience=reader, snapshot=view.manifest.id, detail=detail
            )
            register.begin(out, audience=reader, snapshot=view.manifest.id)

        before = register.files_of(out)
        write = write_public if public else write_run
        written = write(
            view,
            question=question,
            folder=out,
            progress=say_progress,
            before_writing=record_export,
            sinks=sinks_of(kinds),
        )
        left = [path for path in before if path not in written and path.is_file()]
        if left:
            say_progress(f"Of an earlier run, still in that folder: {', '.join(path.name for path in left)}")
        register.finish(out, [*written, *left])
        for path in written:
            typer.echo(path)
