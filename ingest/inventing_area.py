"""Everything that a trial needs for real wards, invented and marked so: residents, referrals, incidents as points, provision."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.demo.ground import Array, smooth_noise
from data.demo.incidents import draw_incidents
from data.demo.referrals import INVENTED, draw_referrals
from data.demo.risks import smooth_risk
from data.durable import write_folder
from data.errors import UsageError
from data.quarters import quarter_range
from data.readers import read_population, read_wards
from data.settings import Settings
from data.spreadsheet_text import harmless_table
from ingest.inventing_provision import invent_provision, provision_file
from ingest.population import add_population

POPULATION, REFERRALS, INCIDENTS = "population.csv", "referrals.csv", "incidents.csv"
PER_PERSON_REFERRALS, PER_PERSON_INCIDENTS = 300 / 1.1e6, 3_500 / 1.1e6
"""A year, of the order of a county of 1.1 million (reference: Home Office bulletins)."""
_TYPICAL, _SPREAD = 7_500, 0.4
"""Residents of a ward, and the standard deviation of their logarithm."""
_REACH_IN_WARDS, _ROUGH = 4.0, 1.3
_RAISED, _RAISED_BY = 0.03, 3.0
"""Share of the wards in which both risks are raised, so that there is something to find; at least one."""


@dataclass(frozen=True)
class Trial:
    """How much is invented."""

    quarters: int
    last_quarter: str
    referrals_per_year: int | None = None
    """In the whole area; by the number of residents if `None`."""
    incidents_per_year: int | None = None
    seed: int = 0


@dataclass(frozen=True)
class Invented:
    """What was written: rows of each file, and wards in which both risks are raised."""

    rows: Mapping[str, int]
    raised: int


def write_trial(folder: Path, *, settings: Settings, wards: Path, population: Path | None, trial: Trial) -> Invented:
    """Invent what a trial needs and write it whole or not at all; give the rows of each file.

    Relative risks are smooth over the map, higher on both in a few wards chosen by chance, and say nothing of any real place.
    Every row carries `provenance` = `invented`, which travels into the snapshot and onto every screen and file.

    Parameters
    ----------
    folder
        Must not be there yet.
    population
        Real residents by ward; invented ones are written if `None`.

    Returns
    -------
    Invented
        Rows of each file, and in how many wards both risks are raised.

    Raises
    ------
    UsageError
        If the folder is there, or the settings do not name the columns of incidents as points or of the ward of provision.
    RefusedInputError
        If the wards or the population cannot be used.
    """
    names = _incident_headings(settings)
    if folder.exists():
        raise UsageError(f"{folder} is there already, and is left as it is. Name another folder.")
    outlines = read_wards(wards, settings.wards, limits=settings.limits).rows
    outlines = outlines.sort_values("ward_code", kind="stable").reset_index(drop=True)
    rng = np.random.Generator(np.random.PCG64(trial.seed))
    invented = _people(outlines, rng)
    residents = invented if population is None else _counted(outlines, population, settings=settings)
    labels = quarter_range(trial.last_quarter, trial.quarters)
    raised, of_referrals, of_incidents = _risks(outlines, rng)
    referrals = _expected(residents * of_referrals, residents, labels, trial.referrals_per_year, PER_PERSON_REFERRALS)
    incidents = _expected(residents * of_incidents, residents, labels, trial.incidents_per_year, PER_PERSON_INCIDENTS)
    codes = outlines["ward_code"].tolist()
    provided = invent_provision(
        codes,
        [codes[place] for place in raised],
        last_quarter=trial.last_quarter,
        settings=settings.provision,
        rng=rng,
    )
    tables = {
        REFERRALS: _named_referrals(draw_referrals(codes, referrals, labels, rng), settings),
        INCIDENTS: draw_incidents(outlines, incidents, labels, rng).rename(columns=names),
        provision_file(trial.last_quarter): provided,
    }
    if population is None:
        tables[POPULATION] = _named_people(outlines, residents, settings)
    write_folder(folder, lambda place: _write(place, tables))
    return Invented({name: len(table) for name, table in tables.items()}, len(raised))


def _incident_headings(settings: Settings) -> dict[str, str]:
    mapped = settings.incidents
    names = {"date": mapped.date, "easting": mapped.easting, "northing": mapped.northing}
    missing = [key for key, heading in names.items() if heading is None]
    if missing:
        raise UsageError(
            f"[incidents]: to invent incidents as points, the settings have to name {', '.join(missing)}. Add them for the trial."
        )
    return {key: heading for key, heading in {**names, "strand": mapped.category}.items() if heading}


def _people(wards: gpd.GeoDataFrame, rng: np.random.Generator) -> Array:
    drawn = _TYPICAL * np.exp(_SPREAD * rng.normal(size=len(wards)) - _SPREAD**2 / 2)
    return np.asarray(np.rint(np.clip(drawn, 800, 40_000)))


def _counted(wards: gpd.GeoDataFrame, population: Path, *, settings: Settings) -> Array:
    read = read_population(population, settings.population, limits=settings.limits)
    people, _ = add_population(wards, read, vintage=settings.wards.vintage)
    known = wards["ward_code"].map(
        people.drop_duplicates("ward_code").set_index("ward_code")["residents"].astype(float)
    )
    return np.asarray(known.fillna(known.median()).clip(lower=1.0), dtype=float)


def _risks(wards: gpd.GeoDataFrame, rng: np.random.Generator) -> tuple[NDArray[np.int64], Array, Array]:
    points = shapely.get_coordinates(shapely.centroid(wards.geometry.to_numpy()))
    reach = _REACH_IN_WARDS * np.sqrt(np.prod(np.ptp(points, axis=0) + 1.0) / len(points))
    common = smooth_noise(points, wavelength=reach, rng=rng)
    both = [smooth_risk(points, wavelength=reach, rng=rng, shared=common, spread=_ROUGH) for _ in range(2)]
    raised = rng.permutation(len(wards))[: max(1, round(_RAISED * len(wards)))]
    for risk in both:
        risk[raised] = np.maximum(risk[raised], 1.0) * _RAISED_BY
    return raised, both[0], both[1]


def _expected(weights: Array, residents: Array, labels: list[str], per_year: int | None, per_person: float) -> Array:
    """Expected counts by quarter and ward: (quarters, n)."""
    total = max(1.0, residents.sum() * per_person) if per_year is None else float(per_year)
    return np.tile(total / 4 * weights / weights.sum(), (len(labels), 1))


def _named_referrals(rows: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    mapped = settings.referrals
    return rows.rename(
        columns={one: getattr(mapped, one) for one in ("ward_code", "quarter", "category", "sector", "count")}
    )


def _named_people(wards: gpd.GeoDataFrame, residents: Array, settings: Settings) -> pd.DataFrame:
    mapped = settings.population
    columns = {mapped.code: wards["ward_code"], mapped.name: wards["ward_name"], mapped.district: wards["district"]}
    said = {heading: column for heading, column in columns.items() if heading}
    return pd.DataFrame({**said, mapped.residents: residents.astype(int), "provenance": INVENTED})


def _write(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    for name, table in tables.items():
        harmless_table(table).to_csv(folder / name, index=False, lineterminator="\n", date_format="%Y-%m-%d")
