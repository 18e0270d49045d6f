"""Populations onto wards."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd

from data.accounts import REPEATED
from data.repeats import repeated_rows
from data.report import USED, TableReport
from data.tables import Table
from ingest.joining import join_table

NAMES_SHOWN = 12


def add_population(
    wards: gpd.GeoDataFrame, population: Table[pd.DataFrame], *, vintage: int
) -> tuple[gpd.GeoDataFrame, TableReport]:
    """Give each ward its residents and workday population; missing where the file has none, never guessed.

    The reader has seen to rows with the same code; here two rows can still turn out to be one ward, by code and name.

    Returns
    -------
    GeoDataFrame
        `wards` with `residents` and `workday` (float, missing where unknown).
    TableReport
        Of the population file; its notes name the wards that got no residents.

    Raises
    ------
    RefusedInputError
        If no row belongs to any ward, or two rows of one ward have different numbers.
    """
    matched, report = join_table(population, wards=wards, vintage=vintage)
    everywhere = pd.Series(True, index=matched.index)
    again = repeated_rows(matched, keys=["ward_code"], values=["residents", "workday"], among=everywhere, what="ward")
    report = _count_repeats(report, repeats=int(again.sum()))
    columns = matched[~again].set_index("ward_code")[["residents", "workday"]].reindex(wards["ward_code"])
    filled = wards.assign(residents=columns["residents"].to_numpy(), workday=columns["workday"].to_numpy())
    return filled, replace(report, notes=(*report.notes, *_without_residents(filled)))


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
