"""Invented referrals: ward x quarter x sector x type of concern counts, for the demonstration or for real wards."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.demo import published
from data.demo.ground import Array
from data.demo.risks import smooth_risk
from data.errors import UsageError
from data.quarters import parse_quarter, quarter_range

INVENTED = "invented"
COLUMNS = ["ward_code", "quarter", "category", "sector", "count", "provenance"]
_SUMMER = 2
"""Quarter of the year to March (July to September) in which schools are closed."""
_SCHOOL_YEAR = {1: 1.05, 2: 0.62, 3: 1.18, 4: 1.15}
_SPREAD = 1.8
"""Real wards get no planted areas, so their risks vary more by themselves than the demonstration's background."""
_REACH_IN_WARDS = 6.0
"""How many typical ward spacings the smooth part of the risk reaches over."""


def draw_referrals(codes: list[str], expected: Array, quarters: list[str], rng: np.random.Generator) -> pd.DataFrame:
    """Draw referrals as Poisson counts and say of each which sector made it and for which type of concern.

    Parameters
    ----------
    codes
        (n,) ward codes.
    expected
        (quarters, n) expected count of each quarter and ward, before the season.
    quarters
        Labels, in the order of the rows of `expected`.

    Returns
    -------
    pandas.DataFrame
        `ward_code`, `quarter`, `category`, `sector`, `count` (positive), `provenance`; sorted by these.
    """
    tables = [_one_quarter(codes, row, quarter, rng) for row, quarter in zip(expected, quarters, strict=True)]
    keys = COLUMNS[:4]
    counted = pd.concat(tables).groupby(keys, sort=True).size().rename("count").reset_index()
    return counted.assign(provenance=INVENTED)[COLUMNS]


def _one_quarter(codes: list[str], expected: Array, quarter: str, rng: np.random.Generator) -> pd.DataFrame:
    recent = quarter >= published.FIRST_QUARTER_OF_NEW_LIST
    sectors = published.SECTORS_FROM_2024_25 if recent else published.SECTORS_TO_2023_24
    concerns = published.CONCERNS_FROM_2024_25 if recent else published.CONCERNS_TO_2023_24
    drawn = []
    for sector, share in _shares(sectors).items():
        season = _SCHOOL_YEAR[parse_quarter(quarter).quarter] if sector == "Education" else 1.0
        counts = rng.poisson(expected * share * season)
        ward = np.repeat(np.asarray(codes, dtype=object), counts)
        category = rng.choice(list(concerns), size=len(ward), p=list(_shares(concerns).values()))
        drawn.append(pd.DataFrame({"ward_code": ward, "quarter": quarter, "category": category, "sector": sector}))
    return pd.concat(drawn)


def _shares(shares: published.Shares) -> published.Shares:
    total = sum(shares.values())
    return {name: share / total for name, share in shares.items()}


def invent_referrals(
    wards: gpd.GeoDataFrame,
    population: pd.DataFrame | None = None,
    *,
    per_year: int,
    quarters: int,
    last_quarter: str,
    seed: int,
) -> pd.DataFrame:
    """Invent referrals for the codes of real wards, since none are published by ward.

    Relative risks are smooth over the map and say nothing of any real place. Every row is marked in the column
    `provenance`, and that mark travels into the snapshot. The same input and seed give the same rows, whatever
    the order of the wards.

    Parameters
    ----------
    wards
        `ward_code` and `geometry`, projected in metres (EPSG:27700).
    population
        `ward_code` and `residents`. Without it every ward is taken to have the same number of residents; a ward
        that is not in it, or has none stated, is given the median of the others.
    per_year
        Expected number of referrals in four quarters, over all wards.
    quarters, last_quarter
        How many quarters, ending with which, e.g. `2025/26 Q2`.

    Returns
    -------
    pandas.DataFrame
        `ward_code`, `quarter`, `category`, `sector`, `count`, `provenance`.

    Raises
    ------
    UsageError
        If there are no wards, the quarter is not one, a number is not positive, or the wards are not in metres.
    """
    labels = _checked(wards, per_year=per_year, quarters=quarters, last_quarter=last_quarter)
    rng = np.random.Generator(np.random.PCG64(seed))
    ordered = wards.sort_values("ward_code", kind="stable").reset_index(drop=True)
    points = shapely.get_coordinates(shapely.centroid(ordered.geometry.to_numpy()))
    residents = _residents(ordered, population)
    spacing = np.sqrt(np.prod(np.ptp(points, axis=0) + 1.0) / len(points))
    risk = residents * smooth_risk(points, wavelength=_REACH_IN_WARDS * spacing, rng=rng, spread=_SPREAD)
    expected = np.tile(per_year / 4 * risk / risk.sum(), (len(labels), 1))
    return draw_referrals(ordered["ward_code"].tolist(), expected, labels, rng)


def _checked(wards: gpd.GeoDataFrame, *, per_year: int, quarters: int, last_quarter: str) -> list[str]:
    if wards.empty:
        raise UsageError("There are no wards to invent referrals for. Give a file of ward boundaries.")
    if per_year < 1 or quarters < 1:
        raise UsageError("The number of referrals a year and of quarters must be at least 1.")
    if wards.crs is None or not wards.crs.is_projected:
        raise UsageError("Invented referrals need wards in metres (EPSG:27700). Convert the wards first.")
    try:
        return quarter_range(last_quarter, quarters)
    except ValueError as error:
        raise UsageError(f"The last quarter is not one: {error}.") from error


def _residents(wards: gpd.GeoDataFrame, population: pd.DataFrame | None) -> Array:
    if population is None:
        return np.ones(len(wards))
    known = population.drop_duplicates("ward_code").set_index("ward_code")["residents"].astype(float)
    residents = wards["ward_code"].map(known)
    typical = residents.median()
    return np.asarray(residents.fillna(typical if typical > 0 else 1.0).clip(lower=0.0), dtype=float)
