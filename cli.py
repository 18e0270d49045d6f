"""The door for machines: the same verbs as the screens, without a screen.

Progress goes to standard error, results to standard output. Exit codes: 0 done, 1 refused input, 2 wrong usage.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from data.demo.files import write_demo
from data.errors import RefusedInputError, WardOverlapError
from data.quarters import last_finished_quarter
from data.settings import Settings, load_settings
from data.snapshots import SnapshotStore
from disclosure.audiences import parse_audience
from disclosure.export import write_run
from disclosure.permitted import default_question
from disclosure.views import open_view
from ingest.inventing import write_invented_referrals
from ingest.pipeline import Inputs, ingest
from ingest.places import snapshot_folder
from ingest.report_text import report_lines

REFUSED, WRONG_USAGE = 1, 2

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Where Prevent referrals and hate crime are both high, ward by ward, and how sure that is.",
)

SettingsOption = Annotated[Path, typer.Option("--settings", help="TOML file with the partnership's settings.")]
SnapshotOption = Annotated[str, typer.Option("--snapshot", help="Id of a snapshot, or `newest`.")]
OutOption = Annotated[Path, typer.Option("--out", help="Folder to write to; made if it is not there.")]


@app.command("ingest")
def ingest_command(
    settings: SettingsOption,
    wards: Annotated[
        Path, typer.Option(help="Ward boundaries: GeoJSON, GeoPackage, shapefile (zipped too) or GeoParquet.")
    ],
    population: Annotated[Path, typer.Option(help="Populations by ward: CSV or Excel.")],
    referrals: Annotated[Path, typer.Option(help="Referrals as ward x quarter x category counts: CSV or Excel.")],
    incidents: Annotated[
        list[str], typer.Option(help="Incidents: a file, a folder or a quoted glob; may be given again.")
    ],
) -> None:
    """Read, check and join files, and store them as a snapshot. Prints the report, then the snapshot's id alone."""
    with sentences_instead_of_tracebacks():
        chosen = load_settings(settings)
        inputs = Inputs(wards=wards, population=population, referrals=referrals, incidents=tuple(incidents))
        done = ingest(inputs, settings=chosen, store=open_store(chosen), progress=say_progress)
        for line in report_lines(done):
            typer.echo(line)
        typer.echo(done.snapshot_id)


@app.command("run")
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
        question = default_question(chosen.analysis, quarters=quarters, last_quarter=last_quarter)
        for path in write_run(view, question=question, folder=out, progress=say_progress):
            typer.echo(path)


@app.command("demo")
def demo_command(out: OutOption) -> None:
    """Write the fictional demonstration area as plain files: the worked example of every file format."""
    with sentences_instead_of_tracebacks():
        for path in write_demo(out, progress=say_progress):
            typer.echo(path)


@app.command("demo-referrals")
def demo_referrals_command(
    settings: SettingsOption,
    wards: Annotated[Path, typer.Option(help="Ward boundaries.")],
    out: Annotated[Path, typer.Option("--out", help="CSV file to write.")],
    per_year: Annotated[int, typer.Option(min=1, max=100_000, help="Referrals a year in the whole area.")] = 300,
    quarters: Annotated[int, typer.Option(min=1, max=80, help="How many quarters.")] = 28,
    last_quarter: Annotated[str | None, typer.Option(help="The last of them; the last that is over if not given.")] = None,
    population: Annotated[
        Path | None, typer.Option(help="Populations by ward; all wards weigh the same without.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0)] = 0,
) -> None:
    """Invent referrals for real wards, marked as invented: for trying the software, since no such data are public."""
    with sentences_instead_of_tracebacks():
        rows = write_invented_referrals(
            out,
            settings=load_settings(settings),
            wards=wards,
            population=population,
            per_year=per_year,
            quarters=quarters,
            last_quarter=last_quarter or last_finished_quarter(),
            seed=seed,
        )
        typer.echo(f"{out}: {rows:,} rows of invented referrals")


@app.command("snapshots")
def snapshots_command(settings: SettingsOption) -> None:
    """List the snapshots of the partnership, newest first."""
    with sentences_instead_of_tracebacks():
        for manifest in open_store(load_settings(settings)).manifests():
            typer.echo(f"{manifest.id}  made {manifest.created_at:%Y-%m-%d %H:%M} UTC by {manifest.created_by}")


def open_store(settings: Settings) -> SnapshotStore:
    """Open the partnership's store of snapshots."""
    return SnapshotStore(snapshot_folder(settings))


def say_progress(what: str) -> None:
    """Tell the person who waits, without touching what a program reads."""
    typer.echo(what, err=True)


@contextmanager
def sentences_instead_of_tracebacks() -> Iterator[None]:
    """End with a sentence and an exit code where a person can put something right."""
    try:
        yield
    except RefusedInputError as error:
        _end(error, code=REFUSED)
    except WardOverlapError as error:
        _end(error, code=WRONG_USAGE)
    except KeyboardInterrupt:
        typer.echo("Stopped. Nothing was changed.", err=True)
        sys.exit(130)


def _end(error: Exception, *, code: int) -> None:
    typer.echo(str(error), err=True)
    sys.exit(code)


if __name__ == "__main__":
    app()
