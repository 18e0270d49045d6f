"""Counts and populations of wards of another year as those of the wards that the settings are about."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.errors import RefusedInputError, UsageError
from data.queried import InputFile
from data.readers import read_population, read_referrals
from data.reading_lookup import read_lookup
from data.report import TableReport
from data.settings import Settings
from geo.vintage_counts import Moved, convert_counts, convert_people, measure_moved
from geo.vintage_weights import VintageWeights, vintage_weights
from ingest.joining import join_table
from ingest.population import add_population
from ingest.vintage_inputs import Vintage, narrowed, read_new, read_old, read_residents, say_lookup_names

Progress = Callable[[str], None]
AREA, RESIDENTS = "area", "residents"
PEOPLE = ("residents", "workday")


@dataclass(frozen=True)
class Conversion:
    """What is asked for: files or what queries gave, and how wards are divided where nothing says how."""

    from_wards: Path
    to_wards: InputFile
    referrals: InputFile
    lookup: InputFile | None = None
    weights: str = AREA
    population: Path | None = None
    """Residents of the new wards or of finer areas, for `weights` = `residents`."""
    from_population: Path | None = None
    """Residents of the old wards, to be converted as well."""
    widest_sliver: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what does not go together."""
        if self.weights not in (AREA, RESIDENTS):
            raise UsageError(f"--weights is one of {AREA}, {RESIDENTS}.")
        if (self.weights == RESIDENTS) != (self.population is not None):
            raise UsageError(
                "--weights residents and --population go together: the residents are what wards are divided by."
            )


@dataclass(frozen=True)
class Converted:
    """What came of it.

    Attributes
    ----------
    referrals : DataFrame
        `ward_code`, `ward_name`, `district` (new), `quarter`, `category`, `sector`, `count` (int64).
    people : DataFrame or None
        `ward_code`, `ward_name`, `district` (new), `residents`, `workday` (float).
    moved
        By measure: `area` (square metres), `residents` if those of the old wards were given, `referrals`.
    reports
        Of the files of counts and of people: every row, with contradictions of code and name.
    remarks
        Sentences: codes of wards that contradict names, and what else is worth attention.
    invented, people_invented
        Whether the counts, and the population, say that they are invented.
    """

    asked: Conversion
    old: Vintage
    new: Vintage
    weights: VintageWeights
    referrals: pd.DataFrame
    people: pd.DataFrame | None
    moved: dict[str, Moved]
    reports: tuple[TableReport, ...]
    remarks: tuple[str, ...]
    invented: bool
    people_invented: bool = False


def convert(
    asked: Conversion, *, settings: Settings, of_old: Settings | None = None, progress: Progress = lambda _: None
) -> Converted:
    """Convert counts of referrals, and populations if given. Incidents with points need none: they are joined afresh.

    Parameters
    ----------
    settings
        Of the new wards: what is written can be read with them.
    of_old
        Of the old wards and their files, if they differ by more than the year in headings of the ONS.

    Raises
    ------
    RefusedInputError, UsageError
        As a sentence. Nothing was written.
    """
    progress("Reading the wards of both vintages")
    old, new = read_old(asked.from_wards, settings, of_old=of_old), read_new(asked.to_wards, settings)
    progress("Laying the old wards over the new")
    weights, remarks = _weigh(asked, old=old, new=new, settings=settings)
    progress("Moving counts")
    read = read_referrals(asked.referrals, (of_old or settings).referrals, limits=settings.limits)
    rows, report = join_table(read, wards=old.wards, vintage=old.year)
    left_out = _say_left_out(rows, read=read.rows, old=old, new=new)
    counted = convert_counts(rows, weights.table, seed=asked.seed)
    people = _people(asked, old=old, new=new, weights=weights, settings=of_old or settings)
    area = pd.Series(old.wards.geometry.area.to_numpy(), index=old.wards["ward_code"])
    moved = {AREA: measure_moved(area, weights.table)}
    if people is not None:
        moved[RESIDENTS] = measure_moved(people.before[RESIDENTS], weights.table)
    return Converted(
        *(asked, old, new, weights),
        referrals=_named(counted.counts, new=new),
        people=None if people is None else _named(people.after, new=new),
        moved={**moved, "referrals": counted.moved},
        reports=(report,) if people is None else (report, people.report),
        remarks=(*remarks, *left_out),
        invented=read.invented,
        people_invented=people is not None and people.invented,
    )


def _weigh(
    asked: Conversion, *, old: Vintage, new: Vintage, settings: Settings
) -> tuple[VintageWeights, tuple[str, ...]]:
    said: list[str] = []
    lookup = None
    if asked.lookup is not None:
        told = read_lookup(asked.lookup, limits=settings.limits)
        lookup = narrowed(told, old=old, new=new)
        said = list(say_lookup_names(told, rows=lookup, old=old, new=new))
    residents = None if asked.population is None else read_residents(asked.population, new=new, settings=settings)
    weights = vintage_weights(
        old.wards, new.wards, lookup=lookup, residents=residents, widest_sliver=asked.widest_sliver
    )
    return weights, (*said, *weights.remarks)


@dataclass(frozen=True)
class _People:
    """A population by old ward (indexed by code), by new ward, and the account of its file."""

    before: pd.DataFrame
    after: pd.DataFrame
    report: TableReport
    invented: bool


def _people(
    asked: Conversion, *, old: Vintage, new: Vintage, weights: VintageWeights, settings: Settings
) -> _People | None:
    if asked.from_population is None:
        return None
    read = read_population(asked.from_population, settings.population, limits=settings.limits)
    filled, report = add_population(old.wards, read, vintage=old.year)
    before = pd.DataFrame(filled[list(PEOPLE)]).set_index(pd.Index(filled["ward_code"]))
    after = pd.DataFrame({key: convert_people(before[key], weights.table) for key in PEOPLE})
    after = after.reindex(sorted(new.wards["ward_code"])).rename_axis("ward_code").reset_index()
    return _People(before, after, report, read.invented)


def _named(rows: pd.DataFrame, *, new: Vintage) -> pd.DataFrame:
    """Give rows the names of the new wards."""
    places = pd.DataFrame(new.wards[["ward_code", "ward_name", "district"]])
    named = rows.merge(places, on="ward_code", how="left", validate="m:1")
    others = [column for column in rows.columns if column != "ward_code"]
    return named[["ward_code", "ward_name", "district", *others]]


def _say_left_out(rows: pd.DataFrame, *, read: pd.DataFrame, old: Vintage, new: Vintage) -> tuple[str, ...]:
    """Say of rows that belong to no old ward that they were left out, and whether they are of new wards."""
    left = read[~read["source_row"].isin(rows["source_row"])]
    if left.empty:
        return ()
    newer = int(
        (left["ward_code"].isin(new.wards["ward_code"]) & ~left["ward_code"].isin(old.wards["ward_code"])).sum()
    )
    said = f"{len(left):,} of {len(read):,} rows of counts are of no ward in {old.file}"
    if newer:
        said += f"; {newer:,} of them have codes of wards in {new.file}"
    if 2 * len(left) > len(read):
        raise RefusedInputError(f"{said}. The counts are of another vintage: take the wards they were made for.")
    if newer:
        said += ": the file mixes two vintages. Take these rows out, convert the rest, and put them together"
    return (f"{said}. They were not converted: {int(left['count'].sum()):,} referrals",)
