"""Verbs that load data and tell what has been loaded: `ingest` and `snapshots`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from data.settings import load_settings
from data.visible_text import visible_text
from disclosure.audit import Action, What
from ingest.places import snapshot_folder
from verbs.common import SettingsOption, open_store, record, say_progress, sentences_instead_of_tracebacks
from verbs.permitting import permit


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
) -> None:
    """Read, check and join files, and store them as a snapshot. Prints the report, then the snapshot's id alone.

    Any file may be given as newest:FOLDER/pattern-*.xlsx: then the newest by the date in its name is taken.
    """
    with sentences_instead_of_tracebacks():
        from data.newest_files import choose_files
        from data.report import NothingUsedError
        from data.snapshots import SnapshotStore
        from ingest.pipeline import Inputs, ingest
        from ingest.report_text import report_lines, table_lines

        chosen = load_settings(settings)
        permit(chosen, What.FILES, administrator=True)
        given: dict[str, Sequence[str | Path]] = {
            "wards": [wards],
            "population": [population],
            "referrals": [referrals],
        }
        given["incidents"] = incidents
        taken, notes = choose_files(given)
        for note in notes:
            say_progress(note)
        inputs = Inputs(taken["wards"][0], taken["population"][0], taken["referrals"][0], incidents=taken["incidents"])
        record(Action.INGESTED, What.FILES, settings=chosen)
        store = SnapshotStore(
            snapshot_folder(chosen),
            announce=lambda name: record(Action.MADE, What.SNAPSHOT, settings=chosen, snapshot=name),
        )
        try:
            done = ingest(inputs, settings=chosen, store=store, progress=say_progress)
        except NothingUsedError as error:
            for line in table_lines(error.report):
                typer.echo(line)
            raise
        say_progress(f"Snapshots are kept in {snapshot_folder(chosen)}")
        for line in (*notes, *report_lines(done)):
            typer.echo(line)
        typer.echo(done.snapshot_id)


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
