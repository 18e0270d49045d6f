"""Populations onto wards."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd

from data.errors import RefusedInputError
from data.report import USED, TableReport
from data.tables import Table
from geo.join import join_to_wards
from ingest.accounting import after_join

REPEATED = "repeated"
NAMES_SHOWN = 12


def add_population(
    wards: gpd.GeoDataFrame, population: Table[pd.DataFrame], *, vintage: int
) -> tuple[gpd.GeoDataFrame, TableReport]:
    """Give each ward its residents and workday population; missing where the file has none, never guessed.

    Returns
    -------
    GeoDataFrame
        `wards` with `residents` and `workday` (float, missing where unknown).
    TableReport
        Of the population file; its notes name the wards that got no residents.

    Raises
    ------
    RefusedInputError
        If no row belongs to any ward, or most codes contradict their names.
    """
    joined = join_to_wards(population.rows, wards)
    _check_codes(population, contradictions=joined.report.contradictions, used=joined.report.used)
    report = after_join(population.report, records=joined.records, join=joined.report, vintage=vintage)
    matched = joined.records.dropna(subset="ward_code")
    once = matched.drop_duplicates("ward_code")
    report = _count_repeats(report, repeats=len(matched) - len(once))
    columns = once.set_index("ward_code")[["residents", "workday"]].reindex(wards["ward_code"])
    filled = wards.assign(residents=columns["residents"].to_numpy(), workday=columns["workday"].to_numpy())
    return filled, replace(report, notes=(*report.notes, *_without_residents(filled)))


def _check_codes(population: Table[pd.DataFrame], *, contradictions: int, used: int) -> None:
    file = population.report.files[0]
    if used == 0:
        raise RefusedInputError(
            f"{file}: no row belongs to any ward of the boundaries file. Check that both are of the same vintage "
            "and that [population] code, name and district in the settings name the right columns."
        )
    if contradictions > used / 2:
        raise RefusedInputError(
            f"{file}: in {contradictions} of {used} rows the ward code says one ward and the name another, so one of the "
            "columns is wrong. Correct the file, or map a code column that holds the right codes under [population]."
        )


def _count_repeats(report: TableReport, *, repeats: int) -> TableReport:
    if not repeats:
        return report
    rows = {**report.rows, USED: report.used - repeats, REPEATED: report.rows.get(REPEATED, 0) + repeats}
    return replace(report, rows=rows)


def _without_residents(wards: gpd.GeoDataFrame) -> list[str]:
    lacking: pd.DataFrame = wards[~(wards["residents"] > 0)]
    if lacking.empty:
        return []
    named = [f"{row.ward_name} ({row.district}, {row.ward_code})" for row in lacking.head(NAMES_SHOWN).itertuples()]
    more = f" and {len(lacking) - NAMES_SHOWN} more" if len(lacking) > NAMES_SHOWN else ""
    return [
        f"{len(lacking)} of {len(wards)} wards have no residents in this file and are shown as no denominator: "
        f"{', '.join(named)}{more}."
    ]
