"""Invented referrals for real wards, as a file that says of itself that it is invented."""

from pathlib import Path

import pandas as pd

from data.demo.referrals import invent_referrals
from data.errors import UsageError
from data.quarters import parse_quarter
from data.readers import read_population, read_wards
from data.settings import Settings
from ingest.population import add_population


def write_invented_referrals(
    path: Path,
    *,
    settings: Settings,
    wards: Path,
    population: Path | None,
    per_year: int,
    quarters: int,
    last_quarter: str,
    seed: int,
) -> int:
    """Invent referrals for the wards of a boundaries file; give the number of rows written.

    Every row carries `provenance` = `invented`, which travels into the snapshot and onto every screen and file.

    Raises
    ------
    UsageError
        If the last quarter is not one.
    RefusedInputError
        If the wards or the population cannot be used.
    """
    try:
        parse_quarter(last_quarter)
    except ValueError as error:
        raise UsageError(f"--last-quarter: {error}.") from error
    outlines = read_wards(wards, settings.wards).rows
    people: pd.DataFrame | None = None
    if population is not None:
        read = read_population(population, settings.population)
        people, _ = add_population(outlines, read, vintage=settings.wards.vintage)
    rows = invent_referrals(
        outlines, people, per_year=per_year, quarters=quarters, last_quarter=last_quarter, seed=seed
    )
    names = settings.referrals
    heading = {one: getattr(names, one) for one in ("ward_code", "quarter", "category", "sector", "count")}
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.rename(columns=heading).to_csv(path, index=False, lineterminator="\n")
    return len(rows)
