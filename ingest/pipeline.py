"""From files to a snapshot in the store."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.manifest import Manifest
from data.queried import InputFile
from data.report import TableReport
from data.settings import Settings
from data.snapshots import SnapshotContents, SnapshotStore
from ingest.preparing import Load, Progress, prepare


@dataclass(frozen=True)
class Inputs:
    """What one ingest reads: files, or what queries gave. `incidents` are files, folders or globs."""

    wards: InputFile
    population: InputFile
    referrals: InputFile
    incidents: Sequence[InputFile | str]
    provision: InputFile | None = None
    """What is provided where, if that is known."""


@dataclass(frozen=True)
class Ingested:
    """What came of an ingest."""

    snapshot_id: str
    reports: tuple[TableReport, ...]
    manifest: Manifest
    new: bool
    """False if the very same input had been ingested before: that snapshot stands."""


def ingest(
    inputs: Inputs, *, settings: Settings, store: SnapshotStore, progress: Progress = lambda _: None
) -> Ingested:
    """Read, check, join and store.

    Raises
    ------
    RefusedInputError
        If a file cannot be used as it stands; the store is untouched.
    """
    load = Load(inputs.wards, inputs.population, inputs.referrals, tuple(inputs.incidents), inputs.provision)
    prepared = prepare(load, settings=settings, progress=progress)
    progress("Storing the snapshot")
    return _store(prepared.contents, store=store)


def _store(contents: SnapshotContents, *, store: SnapshotStore) -> Ingested:
    known = {manifest.id for manifest in store.manifests()}
    snapshot_id = store.write(contents)
    manifest = store.open(snapshot_id).manifest
    return Ingested(snapshot_id, reports=contents.reports, manifest=manifest, new=snapshot_id not in known)
