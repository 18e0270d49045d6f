"""Verbs that load data and tell what has been loaded: `ingest` and `snapshots`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.settings import load_settings
from data.visible_text import visible_text
from disclosure.audit import Action, What
from ingest.places import snapshot_folder
from verbs.common import SettingsOption, open_store, record, say_progress, sentences_instead_of_tracebacks
from verbs.inputs import asked_for
from verbs.permitting import permit

if TYPE_CHECKING:
    from data.queried import InputFile
    from ingest.pipeline import Inputs


def ingest_command(
    settings: SettingsOption,
    wards: Annotated[
        Path, typer.Option(help="Ward boundaries: GeoJSON, GeoPackage, shapefile (zipped too) or GeoParquet.")
    ],
    population: Annotated[Path, typer.Option(help="Populations by ward: CSV or Excel.")],
    referrals: Annotated[Path, typer.Option(help="Referrals as ward x quarter x category counts: CSV or Excel.")],
    incidents: Annotated[
        list[str],
        typer.Option(help="Incidents: a file, a folder, a quoted glob or a police.uk archive; may be given again."),
    ],
    provision: Annotated[
        str | None,
        typer.Option(help="What is provided where: CSV or Excel. May be left out, and then nothing is said of it."),
    ] = None,
) -> None:
    """Read, check and join files, and store them as a snapshot. Prints the report, then the snapshot's id alone.

    Any file may be given as newest:FOLDER/pattern-*.xlsx: then the newest by the date in its name is taken. Any may be given as
    query:NAME: then the query of that name in the settings is asked of its database.
    """
    with sentences_instead_of_tracebacks():
        from data.newest_files import choose_files
        from data.report import NothingUsedError
        from data.snapshots import SnapshotStore
        from ingest.pipeline import ingest
        from ingest.report_text import report_lines, table_lines

        chosen = load_settings(settings)
        permit(chosen, What.FILES, administrator=True)
        given: dict[str, Sequence[str | Path]] = {
            "wards": [wards],
            "population": [population],
            "referrals": [referrals],
        }
        given["incidents"] = incidents
        given["provision"] = [provision] if provision else []
        taken, notes = choose_files(given)
        for note in notes:
            say_progress(note)
        record(Action.INGESTED, What.FILES, settings=chosen)
        store = SnapshotStore(
            snapshot_folder(chosen),
            announce=lambda name: record(Action.MADE, What.SNAPSHOT, settings=chosen, snapshot=name),
        )
        try:
            with asked_for(taken, settings=chosen) as tables:
                done = ingest(_inputs(tables), settings=chosen, store=store, progress=say_progress)
        except NothingUsedError as error:
            for line in table_lines(error.report):
                typer.echo(line)
            raise
        say_progress(f"Snapshots are kept in {snapshot_folder(chosen)}")
        for line in (*notes, *report_lines(done)):
            typer.echo(line)
        typer.echo(done.snapshot_id)


def _inputs(tables: "Mapping[str, Sequence[InputFile]]") -> "Inputs":
    from ingest.pipeline import Inputs

    ground = (tables["wards"][0], tables["population"][0])
    return Inputs(*ground, tables["referrals"][0], tables["incidents"], next(iter(tables["provision"]), None))


def snapshots_command(settings: SettingsOption) -> None:
    """List the snapshots of the partnership, newest first."""
    with sentences_instead_of_tracebacks():
        chosen = load_settings(settings)
        permit(chosen, What.SNAPSHOTS)
        record(Action.SAW, What.SNAPSHOTS, settings=chosen)
        for manifest in open_store(chosen).manifests():
            typer.echo(
                f"{manifest.id}  made {manifest.created_at:%Y-%m-%d %H:%M} UTC by {visible_text(manifest.created_by)}"
            )
