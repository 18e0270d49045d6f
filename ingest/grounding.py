"""The ground of a snapshot: wards with their outlines and populations, from files or from the snapshot before."""

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd

from data.manifest import SourceFile
from data.queried import InputFile
from data.readers import read_population, read_wards
from data.report import TableReport
from data.settings import Settings
from data.snapshots import Snapshot
from geo.outlines import simplify_outlines
from ingest.keeping import keep
from ingest.population import add_population


@dataclass(frozen=True)
class Ground:
    """Wards with populations, and what they were made from."""

    wards: gpd.GeoDataFrame
    outlines: gpd.GeoDataFrame
    reports: tuple[TableReport, TableReport]
    """Of the wards and of the populations."""
    read: tuple[TableReport, ...]
    """Those of the two that were read now."""
    sources: tuple[SourceFile, ...]
    """Files that were read for the snapshot before."""
    invented: dict[str, bool]


def make_ground(
    *,
    wards: InputFile | None,
    population: InputFile | None,
    settings: Settings,
    before: Snapshot | None,
    progress: Callable[[str], None],
) -> Ground:
    """Read wards and populations, or take what is not given from the snapshot before.

    Raises
    ------
    RefusedInputError
        If a file cannot be used as it stands.
    """
    if wards is not None and population is not None:
        return _read(wards, population, settings=settings, progress=progress)
    assert before is not None  # ingest.keeping.check_whole has seen to it
    old_wards, old_population = keep("wards", before=before), keep("population", before=before)
    ground = Ground(
        before.wards(),
        before.outlines(),
        reports=(old_wards.report, old_population.report),
        read=(),
        sources=(*old_wards.sources, *old_population.sources),
        invented={"wards": old_wards.invented, "populations": old_population.invented},
    )
    if population is None:
        return ground
    progress("Reading the populations")
    found = read_population(population, settings.population, limits=settings.limits)
    bare: gpd.GeoDataFrame = ground.wards.drop(columns=["residents", "workday"])
    filled, report = add_population(bare, found, vintage=settings.wards.vintage)
    return Ground(
        filled,
        ground.outlines,
        reports=(old_wards.report, report),
        read=(report,),
        sources=old_wards.sources,
        invented={"wards": old_wards.invented, "populations": found.invented},
    )


def _read(wards: InputFile, population: InputFile, *, settings: Settings, progress: Callable[[str], None]) -> Ground:
    progress("Reading the ward boundaries")
    found = read_wards(wards, settings.wards, limits=settings.limits)
    progress("Reading the populations")
    people = read_population(population, settings.population, limits=settings.limits)
    filled, report = add_population(found.rows, people, vintage=settings.wards.vintage)
    progress(f"Simplifying the outlines of {len(filled):,} wards")
    return Ground(
        filled,
        simplify_outlines(filled),
        reports=(found.report, report),
        read=(found.report, report),
        sources=(),
        invented={"wards": found.invented, "populations": people.invented},
    )
