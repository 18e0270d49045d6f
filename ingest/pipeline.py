"""From files to a snapshot: read, join to wards, simplify the outlines, store."""

import glob
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import pandas as pd

from data.coverage import incomplete_quarters
from data.errors import RefusedInputError
from data.input_files import expand_paths
from data.input_guard import check_file
from data.limits_settings import Limits
from data.manifest import Manifest, SourceFile, describe_source
from data.raw_tables import TABLE_SUFFIXES
from data.readers import read_incidents, read_population, read_referrals, read_wards
from data.report import TableReport
from data.settings import Settings
from data.snapshots import SnapshotContents, SnapshotStore
from geo.outlines import simplify_outlines
from ingest.joining import join_table
from ingest.population import add_population

REFERRAL_COLUMNS = ["ward_code", "quarter", "category", "sector", "count"]
INCIDENT_COLUMNS = ["ward_code", "quarter", "date", "category", "count", "easting", "northing"]
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Inputs:
    """The files of one ingest. `incidents` are files, folders or globs."""

    wards: Path
    population: Path
    referrals: Path
    incidents: Sequence[Path | str]


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
    limits, sources = settings.limits, _sources(inputs, limits=settings.limits)
    progress("Reading the ward boundaries")
    wards_read = read_wards(inputs.wards, settings.wards, limits=limits)
    progress("Reading the populations")
    population = read_population(inputs.population, settings.population, limits=limits)
    wards, population_report = add_population(wards_read.rows, population, vintage=settings.wards.vintage)
    progress("Reading the referrals")
    referrals = read_referrals(inputs.referrals, settings.referrals, limits=limits)
    incidents = read_incidents(inputs.incidents, settings.incidents, limits=limits, progress=progress)
    progress("Joining referrals and incidents to wards")
    referral_rows, referral_report = join_table(referrals, wards=wards, vintage=settings.wards.vintage)
    incident_rows, incident_report = join_table(
        incidents, wards=wards, vintage=settings.wards.vintage, tolerance=settings.incidents.tolerance_metres
    )
    incident_report = _with_coverage(incident_report, incidents=incident_rows)
    progress(f"Simplifying the outlines of {len(wards):,} wards")
    invented = {
        "wards": wards_read.invented,
        "populations": population.invented,
        "referrals": referrals.invented,
        "incidents": incidents.invented,
    }
    contents = SnapshotContents(
        wards=wards,
        outlines=simplify_outlines(wards),
        referrals=_counted(referral_rows),
        incidents=incident_rows[INCIDENT_COLUMNS].reset_index(drop=True),
        reports=(wards_read.report, population_report, referral_report, incident_report),
        sources=_unchanged(sources, inputs, limits=limits),
        settings=settings,
        invented=tuple(role for role, mark in invented.items() if mark),
    )
    progress("Storing the snapshot")
    return _store(contents, store=store)


def _with_coverage(report: TableReport, *, incidents: pd.DataFrame) -> TableReport:
    notes = [
        f"They {what}, so {quarter} is incomplete: it is stored, but in no window."
        for quarter, what in incomplete_quarters(incidents).items()
    ]
    return replace(report, notes=(*report.notes, *notes))


def _counted(referrals: pd.DataFrame) -> pd.DataFrame:
    keys = REFERRAL_COLUMNS[:-1]
    return referrals.groupby(keys, dropna=False)["count"].sum().reset_index()[REFERRAL_COLUMNS]


def _sources(inputs: Inputs, *, limits: Limits) -> tuple[SourceFile, ...]:
    named = {
        "wards": _parts(inputs.wards),
        "population": [inputs.population],
        "referrals": [inputs.referrals],
        "incidents": expand_paths(inputs.incidents, suffixes=TABLE_SUFFIXES),
    }
    for path in chain.from_iterable(named.values()):
        check_file(path, suffixes=(path.suffix.lower(),), do="", limits=limits)
    return tuple(describe_source(role, path) for role, paths in named.items() for path in paths)


def _unchanged(before: tuple[SourceFile, ...], inputs: Inputs, *, limits: Limits) -> tuple[SourceFile, ...]:
    """Refuse files that were changed while they were read: the snapshot would name content that it does not hold."""
    changed = sorted({one.file for one in {*before} ^ {*_sources(inputs, limits=limits)}})
    if changed:
        raise RefusedInputError(
            f"{', '.join(changed)}: changed while being read. Load again when nobody writes to the files."
        )
    return before


def _parts(wards: Path) -> list[Path]:
    """List the files that a boundary file consists of: the codes of a shapefile stand beside it, in its .dbf."""
    if wards.suffix.lower() != ".shp":
        return [wards]
    beside = wards.parent.glob(f"{glob.escape(wards.stem)}.*")
    return sorted(path for path in beside if path.suffix.lower() in SHAPEFILE_PARTS)


def _store(contents: SnapshotContents, *, store: SnapshotStore) -> Ingested:
    known = {manifest.id for manifest in store.manifests()}
    snapshot_id = store.write(contents)
    manifest = store.open(snapshot_id).manifest
    return Ingested(snapshot_id, reports=contents.reports, manifest=manifest, new=snapshot_id not in known)
