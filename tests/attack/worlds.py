"""Made-up partnerships to attack: a few square wards, some years of quarters, tiny counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.quarters import quarter_range

LAST = "2025/26 Q4"
SIDE = 1_000
EAST, NORTH = 450_000, 300_000
CONCERN, SECTOR, STRAND = "concern A", "education", "race"


@dataclass(frozen=True)
class World:
    """The truth: events on pieces of ground, and which pieces make a ward."""

    truth: NDArray[np.int64]
    """(2, p, q) referrals and incidents by piece and quarter, oldest first."""
    wards: Mapping[str, tuple[int, ...]]
    """Pieces by ward code."""
    columns: int = 4
    """Pieces in a row of the map."""
    vintage: int = 2025
    last: str = LAST
    residents: tuple[float, ...] = ()
    """By piece; 6,000 each if none are given."""
    districts: tuple[str, ...] = ()
    """By ward, in the order of `wards`; two halves if none are given."""
    sliver: tuple[int, int] | None = None
    """A piece that is a strip along the edge of another, of a hundredth of its ground."""
    classes: int = field(default=1)
    """In how many categories the events fall, one after the other."""

    @property
    def quarters(self) -> list[str]:
        """Labels of the quarters, oldest first."""
        return quarter_range(self.last, self.truth.shape[2])

    def between(self, first: int, stop: int) -> "World":
        """The same with some of the quarters only."""
        last = self.quarters[stop - 1]
        return replace(self, truth=self.truth[:, :, first:stop], last=last)

    def with_truth(self, truth: NDArray[np.int64]) -> "World":
        """Other events on the same ground."""
        return replace(self, truth=truth)

    def ward_table(self) -> gpd.GeoDataFrame:
        """Wards as a snapshot holds them."""
        codes = list(self.wards)
        people = self.residents or (6_000.0,) * self.truth.shape[1]
        residents = [sum(people[piece] for piece in self.wards[code]) for code in codes]
        halves = ["North" if 2 * number < len(codes) else "South" for number in range(len(codes))]
        return gpd.GeoDataFrame(
            {
                "ward_code": codes,
                "ward_name": [f"Ward {code[-3:]}" for code in codes],
                "district": list(self.districts) or halves,
                "residents": residents,
                "workday": [0.5 * one for one in residents],
            },
            geometry=[shapely.union_all([self._outline(piece) for piece in self.wards[code]]) for code in codes],
            crs="EPSG:27700",
        )

    def referrals(self) -> pd.DataFrame:
        """Referrals as a snapshot holds them: no row where there are none."""
        rows = self._rows(0)
        rows["category"] = [f"concern {'ABC'[one]}" for one in rows.pop("class")]
        return rows.assign(sector=SECTOR)

    def incidents(self) -> pd.DataFrame:
        """Incidents, one row each, without points."""
        rows = self._rows(1)
        rows = rows.loc[rows.index.repeat(rows["count"])].reset_index(drop=True).assign(count=1)
        rows["category"] = [f"strand {'ABC'[one]}" for one in rows.pop("class")]
        return rows.assign(date=pd.NaT, easting=np.nan, northing=np.nan)

    def _rows(self, measure: int) -> pd.DataFrame:
        codes, counts = list(self.wards), self.by_ward()[measure]
        found = [
            (codes[ward], self.quarters[quarter], part, n)
            for ward, quarter in zip(*np.nonzero(counts), strict=True)
            for part, n in enumerate(self._split(counts[ward, quarter]))
            if n
        ]
        return pd.DataFrame(found, columns=["ward_code", "quarter", "class", "count"]).astype({"count": "int64"})

    def _split(self, count: int) -> list[int]:
        return [count // self.classes + (part < count % self.classes) for part in range(self.classes)]

    def by_ward(self) -> NDArray[np.int64]:
        """(2, n, q) counts by ward."""
        return np.stack([self.truth[:, list(pieces)].sum(axis=1) for pieces in self.wards.values()], axis=1)

    def _outline(self, piece: int) -> shapely.Polygon:
        if self.sliver is None or piece not in self.sliver:
            return self._square(piece)
        whole = self._square(self.sliver[1])
        west, south, _, north = whole.bounds
        strip = shapely.box(west, south, west + SIDE / 100, north)
        return strip if piece == self.sliver[0] else shapely.difference(whole, strip)

    def _square(self, piece: int) -> shapely.Polygon:
        x, y = EAST + SIDE * (piece % self.columns), NORTH + SIDE * (piece // self.columns)
        return shapely.box(x, y, x + SIDE, y + SIDE)


def one_ward_each(truth: NDArray[np.int64], *, columns: int = 4) -> World:
    """A world in which every piece is a ward."""
    return World(truth, {f"X0500{piece:04d}": (piece,) for piece in range(truth.shape[1])}, columns=columns)


def from_series(referrals: Sequence[Sequence[int]], incidents: Sequence[Sequence[int]] | None = None) -> World:
    """A world of given series, a ward each; the incidents are the same series if none are given."""
    first = np.array(referrals, dtype=np.int64)
    return one_ward_each(np.stack([first, first if incidents is None else np.array(incidents, dtype=np.int64)]))


SERIES: dict[str, Callable[[int], list[int]]] = {
    "none at all": lambda n: [0] * n,
    "hovers around the threshold": lambda n: [(2, 2, 2, 1, 2, 2, 2, 2)[q % 8] for q in range(n)],
    "threshold and one more in turn": lambda n: [(7, 0, 0, 0, 8, 0, 0, 0)[q % 8] for q in range(n)],
    "one spike just above": lambda n: [8 if q == n // 2 else 0 for q in range(n)],
    "one large spike": lambda n: [43 if q == n // 2 else 0 for q in range(n)],
    "far above, one quarter empty": lambda n: [0 if q == n // 2 else 30 for q in range(n)],
    "steps at the edges of rounding": lambda n: [
        (2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 4, 5, 5)[q % 16] for q in range(n)
    ],
    "all in the first quarters": lambda n: [3 if q < 3 else 0 for q in range(n)],
    "all in the last quarters": lambda n: [4 if q >= n - 2 else 0 for q in range(n)],
    "one a quarter": lambda n: [1] * n,
    "empty and full years": lambda n: [5 if q // 4 % 2 else 0 for q in range(n)],
    "falling": lambda n: [max(0, 10 - q) for q in range(n)],
}
"""Shapes of a ward's history that were made to be hard to hide, by name."""


def hard_world(quarters: int = 16) -> World:
    """One ward of each shape; incidents have the shapes in the other order."""
    shapes = [shape(quarters) for shape in SERIES.values()]
    return from_series(shapes, shapes[::-1])


def short_world(quarters: int) -> World:
    """Every hard shape once, half of them as referrals and the other half as incidents."""
    shapes = [shape(quarters) for shape in SERIES.values()]
    return from_series(shapes[::2], shapes[::-2])


def random_world(seed: int, *, wards: int = 8, quarters: int = 14) -> World:
    """Poisson counts around means from a third to nine a quarter, with spikes."""
    rng = np.random.default_rng(seed)
    means = rng.choice([0.3, 0.8, 1.5, 2.0, 3.0, 9.0], size=(2, wards, 1))
    counts = rng.poisson(means, size=(2, wards, quarters))
    counts[rng.random(counts.shape) < 0.03] += 12
    return one_ward_each(counts.astype(np.int64))
