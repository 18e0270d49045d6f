"""What is planted in the invented county, for tests to look for. Nothing in the product reads it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from data.demo import plan
from data.demo.cells import Integers
from data.demo.ground import Array

QUARTERS = 16
LAST_QUARTER = "2026/27 Q2"
_ALWAYS = (1.0,) * QUARTERS
_RISING = (0.0,) * 12 + (0.4, 0.7, 1.0, 1.0)
_FALLING = (1.0,) * 8 + (0.75, 0.45, 0.2) + (0.0,) * 5


@dataclass(frozen=True)
class Planted:
    """Wards whose relative risks are set, not drawn."""

    area: str
    kind: str
    place: str
    """A town, or a district for its country wards."""
    near: plan.Point
    """The area grows from the ward of that place nearest to here, kilometres of the sketch."""
    wards: int
    referrals: float
    """Relative risk at its highest; 0 where it is not planted and stays as drawn."""
    incidents: float
    course: tuple[float, ...] = _ALWAYS
    """Share of the planted excess that is there in each quarter."""


PLANTED: tuple[Planted, ...] = (
    Planted("city north-east", "overlap", "Wendcaster", (28.2, 29.0), 6, 3.1, 3.0),
    Planted("harbour town", "overlap", "Gannetsea", (49.4, 16.6), 3, 3.8, 3.6),
    Planted("western country", "overlap", "Brackwold", (9.0, 34.0), 2, 4.0, 3.8),
    Planted("schools in the north", "referrals only", "Quernford", (24.0, 42.5), 2, 3.4, 0.0),
    Planted("schools in the south", "referrals only", "Oakenstow", (31.4, 20.0), 2, 3.4, 0.0),
    Planted("night-time economy", "incidents only", "Wendcaster", (25.4, 26.0), 3, 0.0, 3.5),
    Planted("one ward alone", "isolated", "Petherwick", (33.0, 9.4), 1, 4.2, 4.0),
    Planted("south of the city", "emerging", "Wendcaster", (23.6, 22.8), 2, 4.0, 3.6, _RISING),
    Planted("northern coast", "fading", "Saltenby", (37.6, 44.8), 2, 4.0, 3.6, _FALLING),
)


def place_truth(wards: pd.DataFrame, geometry: "np.ndarray[tuple[int], np.dtype[np.object_]]") -> list[Integers]:
    """Choose the wards of each planted area: one that touches the next, none twice.

    Returns
    -------
    list of numpy.ndarray
        Row numbers of the wards of each area, in the order of `PLANTED`.
    """
    centroids = shapely.get_coordinates(shapely.centroid(geometry))
    chosen: list[Integers] = []
    for planted in PLANTED:
        taken = np.concatenate([np.array([], dtype=np.int64), *chosen])
        may = _of_place(wards, planted.place) & ~np.isin(np.arange(len(wards)), taken)
        near = np.asarray(plan.ORIGIN) + 1000 * np.asarray(planted.near)
        distance = np.where(may, np.hypot(*(centroids - near).T), np.inf)
        chosen.append(_grown(geometry, distance, planted.wards))
    return chosen


def _of_place(wards: pd.DataFrame, place: str) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    town = (wards["town"] == place).to_numpy(dtype=bool, na_value=False)
    if town.any():
        return town
    return ((wards["district"] == place) & wards["town"].isna()).to_numpy(dtype=bool)


def _grown(geometry: "np.ndarray[tuple[int], np.dtype[np.object_]]", distance: Array, wards: int) -> Integers:
    members = [int(distance.argmin())]
    while len(members) < wards:
        touching = shapely.touches(shapely.union_all(geometry[members]), geometry)
        far = np.where(touching, distance, np.inf)
        far[members] = np.inf
        members.append(int(far.argmin()))
        if not np.isfinite(far.min()):
            raise RuntimeError("a planted area of the invented county has no room: move it")
    return np.array(sorted(members), dtype=np.int64)


def truth_table(wards: pd.DataFrame, chosen: list[Integers], quarters: list[str]) -> pd.DataFrame:
    """Write down what was planted: one row per ward.

    Returns
    -------
    pandas.DataFrame
        `area`, `kind`, `ward_code`, `from_quarter`, `to_quarter` (in which any of it is there),
        `relative_risk_referrals`, `relative_risk_incidents` (at the highest; missing where only drawn).
    """
    tables = [
        pd.DataFrame(
            {
                "area": planted.area,
                "kind": planted.kind,
                "ward_code": wards["ward_code"].to_numpy()[members],
                "from_quarter": quarters[np.flatnonzero(planted.course)[0]],
                "to_quarter": quarters[np.flatnonzero(planted.course)[-1]],
                "relative_risk_referrals": planted.referrals or np.nan,
                "relative_risk_incidents": planted.incidents or np.nan,
            }
        )
        for planted, members in zip(PLANTED, chosen, strict=True)
    ]
    return pd.concat(tables, ignore_index=True)
