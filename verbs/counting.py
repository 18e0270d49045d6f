"""The verb `count-points`: incident points of any number of rows into counts by ward, quarter and category, as a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.errors import UsageError
from data.settings import load_settings
from disclosure.audit import Action, What
from verbs.common import SettingsOption, record, say_progress, sentences_instead_of_tracebacks
from verbs.inputs import asked_for, is_query
from verbs.permitting import permit

if TYPE_CHECKING:
    from ingest.counting_executors import Executor


def count_points_command(
    settings: SettingsOption,
    wards: Annotated[
        Path, typer.Option(help="Ward boundaries: GeoJSON, GeoPackage, shapefile (zipped too) or GeoParquet.")
    ],
    points: Annotated[
        list[str],
        typer.Option(help="Incident points: CSV, Parquet, a folder, a quoted glob or query:NAME; may be given again."),
    ],
    out: Annotated[Path, typer.Option("--out", help="Counts to write: .csv or .parquet. Their account stands beside.")],
    workers: Annotated[
        int, typer.Option(min=0, max=256, help="Processes on this machine; 0 counts in this one alone.")
    ] = 0,
    memory: Annotated[
        str, typer.Option(help="Memory that each worker may use, such as 800MB or 2GB; only with --workers.")
    ] = "1GB",
    cluster: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler, such as tls://10.0.0.5:8786, instead of --workers.")
    ] = None,
) -> None:
    """Count points into ward, quarter and category, block by block, and write the counts: for data larger than memory."""
    with sentences_instead_of_tracebacks():
        from data.readers import read_wards
        from ingest.counting_files import account_file, check_out, settings_to_load, write_counts
        from ingest.counting_points import count_points
        from ingest.report_text import table_lines

        chosen = load_settings(settings)
        permit(chosen, What.COUNTS, administrator=True)
        if (workers or cluster) and any(map(is_query, points)):
            raise UsageError("What a query gives is counted in this process: leave --workers and --cluster out.")
        where = _executor(workers, memory=memory, cluster=cluster)
        check_out(out)
        record(Action.MADE, What.COUNTS, settings=chosen)
        given: dict[str, Sequence[str | Path]] = {"wards": [wards], "incidents": points}
        with asked_for(given, settings=chosen, in_blocks=True) as tables:
            say_progress("Reading the ward boundaries")
            outlines = read_wards(tables["wards"][0], chosen.wards, limits=chosen.limits)
            found = tables["incidents"]
            counted = count_points(found, wards=outlines.rows, settings=chosen, executor=where, progress=say_progress)
        write_counts(out, counted, settings=chosen)
        for line in table_lines(counted.report, kept=f"in {account_file(out).name}"):
            typer.echo(line)
        say_progress(f"The account stands in {account_file(out)}.")
        if out.suffix.lower() == ".csv":
            say_progress(f"Settings with which ingest loads the counts:\n{settings_to_load(counted.counts)}")
        typer.echo(out)


def _executor(workers: int, *, memory: str, cluster: str | None) -> "Executor":
    from ingest.counting_executors import Cluster, LocalWorkers, OneProcess

    if cluster and workers:
        raise UsageError("--workers are processes on this machine and --cluster is another one. Give one of the two.")
    if cluster:
        return Cluster(cluster)
    return LocalWorkers(workers, memory) if workers else OneProcess()
