"""Invented residents and workday population of each ward."""

import numpy as np
import pandas as pd

from data.demo import plan, published
from data.demo.ground import Array

SMALLEST, LARGEST = 2_000, 20_000
"""Residents of a ward."""
CITY_CENTRE_WARDS = 4
_MEDIAN = {"city": 10_500, "town": 6_000, "country": 3_900}
_BUSINESS_PARKS: tuple[plan.Point, ...] = ((20.0, 30.5), (33.5, 23.5), (27.0, 33.5))
"""Where large employers sit outside the centre: kilometres of the sketch."""


def make_populations(wards: pd.DataFrame, centroids: Array, rng: np.random.Generator) -> pd.DataFrame:
    """Invent residents and workday population.

    Parameters
    ----------
    wards
        `ward_code`, `ward_name`, `district` and `town` (missing in the country).
    centroids
        (n, 2) kilometres of the sketch.

    Returns
    -------
    pandas.DataFrame
        `ward_code`, `ward_name`, `district`, `residents`, `workday` (whole people).
    """
    kind = np.where(wards["district"] == plan.CITY_DISTRICT, "city", np.where(wards["town"].isna(), "country", "town"))
    median = pd.Series(kind).map(_MEDIAN).to_numpy(dtype=float)
    drawn = median * np.exp(rng.normal(scale=0.3, size=len(wards)))
    residents = np.clip(drawn * published.RESIDENTS / drawn.sum(), SMALLEST, LARGEST).round()
    workday = residents * _pull_of_work(wards, centroids, rng)
    known = wards[["ward_code", "ward_name", "district"]].reset_index(drop=True)
    return known.assign(residents=residents.astype(np.int64), workday=workday.round().astype(np.int64))


def _pull_of_work(wards: pd.DataFrame, centroids: Array, rng: np.random.Generator) -> Array:
    """Say how many people are in each ward on a working day, for each resident."""
    pull = rng.uniform(0.6, 0.9, size=len(wards))
    for _, town in wards[wards["town"].notna()].groupby("town", sort=True):
        at = town.index.to_numpy()
        centre = np.asarray(next(t.centre for t in _towns() if t.name == town["town"].iloc[0]))
        nearest = at[np.hypot(*(centroids[at] - centre).T).argsort(kind="stable")]
        if town["town"].iloc[0] == plan.CITY.name:
            pull[nearest[:CITY_CENTRE_WARDS]] = np.linspace(5.0, 2.5, CITY_CENTRE_WARDS)
        else:
            pull[nearest[0]] = 1.6
    for park in _BUSINESS_PARKS:
        pull[np.hypot(*(centroids - np.asarray(park)).T).argmin()] = rng.uniform(2.0, 2.8)
    return pull


def _towns() -> list[plan.Town]:
    return [plan.CITY, *(town for district in plan.DISTRICTS for town in district.towns)]
