"""From files to the contents of a snapshot: read and join to wards. Nothing is stored yet.

What no file is given for is taken from an earlier snapshot, as it stands there.
"""

import glob
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import geopandas as gpd
import pandas as pd

from data.coverage import incomplete_quarters
from data.errors import RefusedInputError
from data.input_files import expand_paths
from data.input_guard import check_file
from data.limits_settings import Limits
from data.manifest import SourceFile, describe_source
from data.queried import InputFile, QueriedTable
from data.raw_tables import TABLE_SUFFIXES
from data.readers import read_incidents, read_referrals
from data.report import TableReport
from data.settings import Settings
from data.snapshots import Snapshot, SnapshotContents
from ingest.grounding import make_ground
from ingest.joining import join_table
from ingest.joining_provision import PROVISION, provided
from ingest.keeping import EVENTS, Part, add_to, check_whole, keep

REFERRAL_COLUMNS = ["ward_code", "quarter", "category", "sector", "count"]
INCIDENT_COLUMNS = ["ward_code", "quarter", "date", "category", "count", "easting", "northing"]
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Load:
    """The files of one load. A table without a file is taken from the snapshot before."""

    wards: InputFile | None = None
    population: InputFile | None = None
    referrals: InputFile | None = None
    incidents: Sequence[InputFile | str] = ()
    """Files, folders or globs, or what queries gave."""
    provision: InputFile | None = None
    """What is provided where; may be left out at all times."""
    added: frozenset[str] = frozenset()
    """Of `referrals` and `incidents`, those whose files hold new times only, to be added to what was loaded before."""

    @property
    def given(self) -> frozenset[str]:
        """Tables for which there are files."""
        files = {name: getattr(self, name) for name in ("wards", "population", *EVENTS, PROVISION)}
        return frozenset(name for name, given in files.items() if given)


@dataclass(frozen=True)
class Prepared:
    """The contents of a snapshot, and the accounts of the files that were read for it now."""

    contents: SnapshotContents
    read: tuple[TableReport, ...]


def prepare(
    load: Load, *, settings: Settings, before: Snapshot | None = None, progress: Progress = lambda _: None
) -> Prepared:
    """Read, check and join.

    Parameters
    ----------
    before
        The snapshot that tables without a file are taken from; needed only where there are such.

    Raises
    ------
    RefusedInputError
        If a file cannot be used as it stands.
    UsageError
        If the files do not make a whole, by themselves or with the snapshot before.
    """
    check_whole(load.given, added=load.added, settings=settings, before=before)
    sources = _sources(load, limits=settings.limits)
    ground = make_ground(
        wards=load.wards, population=load.population, settings=settings, before=before, progress=progress
    )
    events = {
        table: read(load, settings=settings, wards=ground.wards, before=before, progress=progress)
        for table, read in (("referrals", _referrals), ("incidents", _incidents))
    }
    there = provided(load.provision, settings=settings, wards=ground.wards, before=before, progress=progress)
    parts = {**events, PROVISION: there.part} if there else events
    invented = ground.invented | {table: part.invented for table, part in parts.items()}
    earlier = (*ground.sources, *chain.from_iterable(part.sources for part in parts.values()))
    contents = SnapshotContents(
        wards=ground.wards,
        outlines=ground.outlines,
        referrals=events["referrals"].rows,
        incidents=events["incidents"].rows,
        reports=(*ground.reports, *(part.report for part in parts.values())),
        sources=(*_unchanged(sources, load, limits=settings.limits), *earlier),
        settings=settings,
        invented=tuple(role for role, mark in invented.items() if mark),
        provision=there.part.rows if there else None,
        provision_as_at=there.as_at if there else None,
    )
    return Prepared(contents, (*ground.read, *(part.read for part in parts.values() if part.read)))


def _referrals(
    load: Load, *, settings: Settings, wards: gpd.GeoDataFrame, before: Snapshot | None, progress: Progress
) -> Part[pd.DataFrame]:
    if load.referrals is None:
        assert before is not None
        return keep("referrals", before=before)
    progress("Reading the referrals")
    table = read_referrals(load.referrals, settings.referrals, limits=settings.limits)
    progress("Joining the referrals to wards")
    columns = {key: getattr(settings.referrals, key) for key in ("ward_code", "ward_name")}
    rows, report = join_table(table, wards=wards, vintage=settings.wards.vintage, columns=columns)
    part = Part(_counted(rows), report, invented=table.invented, read=report)
    return part if before is None or "referrals" not in load.added else add_to(before, part, table="referrals")


def _incidents(
    load: Load, *, settings: Settings, wards: gpd.GeoDataFrame, before: Snapshot | None, progress: Progress
) -> Part[pd.DataFrame]:
    if not load.incidents:
        assert before is not None
        return keep("incidents", before=before)
    table = read_incidents(load.incidents, settings.incidents, limits=settings.limits, progress=progress)
    progress("Joining the incidents to wards")
    tolerance = settings.incidents.tolerance_metres
    columns = {key: getattr(settings.incidents, key) for key in ("ward_code", "ward_name")}
    rows, report = join_table(table, wards=wards, vintage=settings.wards.vintage, tolerance=tolerance, columns=columns)
    rows = rows[INCIDENT_COLUMNS].reset_index(drop=True)
    if before is None or "incidents" not in load.added:
        report = _with_coverage(report, incidents=rows)
        return Part(rows, report, invented=table.invented, read=report)
    part = Part(rows, report, invented=table.invented, read=report)
    together = add_to(before, part, table="incidents")
    return replace(together, report=_with_coverage(together.report, incidents=together.rows))


def _with_coverage(report: TableReport, *, incidents: pd.DataFrame) -> TableReport:
    notes = [
        f"They {what}, so {quarter} is incomplete: it is stored, but in no window."
        for quarter, what in incomplete_quarters(incidents).items()
    ]
    return replace(report, notes=(*report.notes, *notes))


def _counted(referrals: pd.DataFrame) -> pd.DataFrame:
    keys = REFERRAL_COLUMNS[:-1]
    return referrals.groupby(keys, dropna=False)["count"].sum().reset_index()[REFERRAL_COLUMNS]


def _sources(load: Load, *, limits: Limits) -> tuple[SourceFile, ...]:
    named: dict[str, list[InputFile]] = {
        "wards": _parts(load.wards) if load.wards else [],
        "population": [load.population] if load.population else [],
        "referrals": [load.referrals] if load.referrals else [],
        "incidents": expand_paths(load.incidents, suffixes=TABLE_SUFFIXES) if load.incidents else [],
        PROVISION: [load.provision] if load.provision else [],
    }
    for path in chain.from_iterable(named.values()):
        if not isinstance(path, QueriedTable):
            check_file(path, suffixes=(path.suffix.lower(),), do="", limits=limits)
    return tuple(describe_source(role, path) for role, paths in named.items() for path in paths)


def _unchanged(before: tuple[SourceFile, ...], load: Load, *, limits: Limits) -> tuple[SourceFile, ...]:
    """Refuse files that were changed while they were read: the snapshot would name content that it does not hold."""
    changed = sorted({one.file for one in {*before} ^ {*_sources(load, limits=limits)}})
    if changed:
        raise RefusedInputError(
            f"{', '.join(changed)}: changed while being read. Load again when nobody writes to the files."
        )
    return before


def _parts(wards: InputFile) -> list[InputFile]:
    """List the files that a boundary file consists of: the codes of a shapefile stand beside it, in its .dbf."""
    if isinstance(wards, QueriedTable) or wards.suffix.lower() != ".shp":
        return [wards]
    beside = wards.parent.glob(f"{glob.escape(wards.stem)}.*")
    return [*sorted(path for path in beside if path.suffix.lower() in SHAPEFILE_PARTS)]
