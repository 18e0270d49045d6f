"""From files to a snapshot: read, join to wards, simplify the outlines, store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.coverage import incomplete_quarters
from data.errors import RefusedInputError
from data.input_files import expand_paths
from data.manifest import Manifest, SourceFile, describe_source
from data.raw_tables import TABLE_SUFFIXES
from data.readers import read_incidents, read_population, read_referrals, read_wards
from data.report import TableReport
from data.settings import Settings
from data.snapshots import SnapshotContents, SnapshotStore
from data.tables import Table
from geo.join import join_to_wards
from geo.outlines import simplify_outlines
from ingest.accounting import after_join
from ingest.population import add_population

REFERRAL_COLUMNS = ["ward_code", "quarter", "category", "sector", "count"]
INCIDENT_COLUMNS = ["ward_code", "quarter", "date", "category", "count", "easting", "northing"]
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
    progress("Reading the ward boundaries")
    wards_read = read_wards(inputs.wards, settings.wards)
    progress("Reading the populations")
    population = read_population(inputs.population, settings.population)
    wards, population_report = add_population(wards_read.rows, population, vintage=settings.wards.vintage)
    progress("Reading the referrals")
    referrals = read_referrals(inputs.referrals, settings.referrals)
    incidents = read_incidents(inputs.incidents, settings.incidents, progress=progress)
    progress("Joining referrals and incidents to wards")
    referral_rows, referral_report = _join(referrals, wards=wards, settings=settings)
    incident_rows, incident_report = _join(incidents, wards=wards, settings=settings)
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
        sources=_sources(inputs),
        settings=settings,
        invented=tuple(role for role, mark in invented.items() if mark),
    )
    progress("Storing the snapshot")
    return _store(contents, store=store)


def _join(
    table: Table[pd.DataFrame], *, wards: gpd.GeoDataFrame, settings: Settings
) -> tuple[pd.DataFrame, TableReport]:
    joined = join_to_wards(table.rows, wards, tolerance=settings.incidents.tolerance_metres)
    if joined.report.used == 0 and joined.report.read > 0:
        raise RefusedInputError(
            f"{table.report.files[0]}: no row of the {table.report.table} belongs to any ward. Check that the file and the "
            "boundaries cover the same area and vintage, and that the settings name the right columns."
        )
    report = after_join(table.report, records=joined.records, join=joined.report, vintage=settings.wards.vintage)
    return joined.records[joined.records["ward_code"].notna()], report


def _with_coverage(report: TableReport, *, incidents: pd.DataFrame) -> TableReport:
    notes = [
        f"They {what}, so {quarter} is incomplete: it is stored, but in no window."
        for quarter, what in incomplete_quarters(incidents).items()
    ]
    return replace(report, notes=(*report.notes, *notes))


def _counted(referrals: pd.DataFrame) -> pd.DataFrame:
    keys = REFERRAL_COLUMNS[:-1]
    return referrals.groupby(keys, as_index=False, dropna=False).agg({"count": "sum"})[REFERRAL_COLUMNS]


def _sources(inputs: Inputs) -> tuple[SourceFile, ...]:
    single = {"wards": inputs.wards, "population": inputs.population, "referrals": inputs.referrals}
    named = [describe_source(role, path) for role, path in single.items()]
    return (
        *named,
        *(describe_source("incidents", path) for path in expand_paths(inputs.incidents, suffixes=TABLE_SUFFIXES)),
    )


def _store(contents: SnapshotContents, *, store: SnapshotStore) -> Ingested:
    known = {manifest.id for manifest in store.manifests()}
    snapshot_id = store.write(contents)
    manifest = store.open(snapshot_id).manifest
    return Ingested(snapshot_id, reports=contents.reports, manifest=manifest, new=snapshot_id not in known)
