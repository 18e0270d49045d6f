"""The door for machines: the same verbs as the screens, without a screen.

Progress goes to standard error, results to standard output. Exit codes: 0 done, 1 refused input, 2 wrong usage, 3 a fault
of the program, 130 stopped by the person who waits.
"""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from data.demo.files import write_demo
from data.errors import RefusedInputError, UsageError, WardOverlapError
from data.quarters import last_finished_quarter, parse_quarter, quarter_label
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

REFUSED, WRONG_USAGE, OUR_FAULT, STOPPED = 1, 2, 3, 130

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
        say_progress(f"Snapshots are kept in {snapshot_folder(chosen)}")
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
        last = parse_last_quarter(last_quarter) if last_quarter else None
        question = default_question(chosen.analysis, quarters=quarters, last_quarter=last)
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
    last_quarter: Annotated[
        str | None, typer.Option(help="The last of them; the last that is over if not given.")
    ] = None,
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
            last_quarter=parse_last_quarter(last_quarter) if last_quarter else last_finished_quarter(),
            seed=seed,
        )
        typer.echo(f"{out}: {rows:,} rows of invented referrals")
        if population is None:
            say_progress(
                "Every ward weighs the same: small wards look high. Give --population to weigh them by residents."
            )


@app.command("snapshots")
def snapshots_command(settings: SettingsOption) -> None:
    """List the snapshots of the partnership, newest first."""
    with sentences_instead_of_tracebacks():
        for manifest in open_store(load_settings(settings)).manifests():
            typer.echo(f"{manifest.id}  made {manifest.created_at:%Y-%m-%d %H:%M} UTC by {manifest.created_by}")


def open_store(settings: Settings) -> SnapshotStore:
    """Open the partnership's store of snapshots."""
    return SnapshotStore(snapshot_folder(settings))


def parse_last_quarter(text: str) -> str:
    """Read a quarter as people type it.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        return quarter_label(parse_quarter(text))
    except ValueError as error:
        raise UsageError(f"--last-quarter: {error}.") from error


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
    except BrokenPipeError:
        raise  # whoever read our output has had enough: the command line library ends without a word
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _end(f"{place}{error.strerror}. Check the path, its permissions and the space left.", code=WRONG_USAGE)
    except KeyboardInterrupt:
        _end("Stopped before it was finished. Snapshots are as they were.", code=STOPPED)
    except Exception as error:  # noqa: BLE001  # the message could repeat a cell, so only the place is told
        where = "".join(traceback.format_tb(error.__traceback__))
        _end(
            f"{where}{type(error).__name__}\nA fault of the program, not of your files. Please report it.",
            code=OUR_FAULT,
        )


def _end(sentence: object, *, code: int) -> NoReturn:
    typer.echo(str(sentence), err=True)
    sys.exit(code)


if __name__ == "__main__":
    app()
