"""Two sets of data of which the same is told: other counts within the ranges of the first, and totals that are shown alike."""

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.counting import EventTables
from data.settings import Disclosure
from data.snapshots import Snapshot
from disclosure.area_making import areas_by_residents
from disclosure.audiences import COARSE_WINDOWS
from disclosure.cells import CellTables
from disclosure.suppression import ANY_NUMBER, range_shown
from disclosure.telling import windows_told
from disclosure.ward_areas import SEVERAL

Counts = NDArray[np.int64]
Fact = tuple[NDArray[np.float64], float, float]
"""What a sum of counts by ward and quarter is made of, and its ends."""
_MOST = 400


def tables_of(counts: Counts, *, wards: pd.DataFrame, quarters: list[str]) -> EventTables:
    """Tables with these counts, (2, n, q)."""
    places = pd.MultiIndex.from_product([wards["ward_code"], quarters], names=["ward_code", "quarter"])
    referrals, incidents = (pd.DataFrame({"count": one.ravel()}, index=places).reset_index() for one in counts)
    dates = pd.Series(pd.NaT, index=incidents.index, dtype="datetime64[ns]")
    return EventTables(
        wards=wards,
        referrals=referrals.assign(category="any", sector="any"),
        incidents=incidents.assign(category="any", date=dates, easting=np.nan, northing=np.nan),
    )


def as_snapshot(snapshot: Snapshot, *, tables: EventTables, id: str = "") -> SimpleNamespace:
    """A snapshot with other counts in it, as if its files had held them."""
    return SimpleNamespace(
        id=id or snapshot.id,
        manifest=snapshot.manifest,
        outlines=snapshot.outlines,
        wards=lambda: tables.wards,
        referrals=lambda: tables.referrals,
        incidents=lambda: tables.incidents,
        provision=snapshot.provision,
    )


def others_told_the_same(
    counts: Counts, *, cells: CellTables, tables: EventTables, rule: Disclosure, direction: NDArray[np.float64]
) -> Counts:
    """Find other counts, (2, n, q), that fit all that is told of the first, as far as may be in a direction."""
    return np.stack(
        [
            _farthest(list(_facts(cells, measure=measure, tables=tables, counts=one, rule=rule)), direction[measure])
            for measure, one in enumerate(counts)
        ]
    )


def _facts(cells: CellTables, *, measure: int, tables: EventTables, counts: Counts, rule: Disclosure) -> Iterator[Fact]:
    """Ranges of each ward, and how the totals of all wards and of each area are shown."""
    for window in windows_told(tables.covered, lengths=COARSE_WINDOWS, step=rule.window_step):
        inside = np.isin(tables.covered, window.labels).astype(float)
        ranges = cells.ranges(window)[measure]
        for ward in range(len(counts)):
            yield _sum_of([ward], inside, counts), float(ranges.least[ward]), float(ranges.most[ward])
        groups = [np.arange(len(counts))]
        for least_wards in (1, SEVERAL):
            areas = areas_by_residents(tables, totals=cells.totals(window), rule=rule, least_wards=least_wards)
            of_ward = np.zeros(len(counts)) if areas is None else areas.ward_area.to_numpy()
            groups += [np.flatnonzero(of_ward == one) for one in set(of_ward)]
        for group in groups:
            summed = _sum_of(group, inside, counts)
            shown = range_shown(np.array([int((summed * counts).sum())]), rule=rule)
            yield summed, float(shown.least[0]), float(shown.most[0])


def _sum_of(wards: object, inside: NDArray[np.float64], counts: Counts) -> NDArray[np.float64]:
    summed = np.zeros(counts.shape)
    summed[wards] = inside
    return summed


def _farthest(facts: list[Fact], direction: NDArray[np.float64]) -> Counts:
    least, most = (np.array([one[end] for one in facts]) for end in (1, 2))
    most = np.where(most >= ANY_NUMBER, np.inf, most)
    matrix = np.stack([one[0].ravel() for one in facts])
    # Without presolve: with it, HiGHS as in SciPy 1.17 calls some solutions the best that are not.
    found = milp(
        direction.ravel(),
        constraints=LinearConstraint(matrix, least, most),
        bounds=Bounds(0, _MOST),
        integrality=1,
        options={"presolve": False, "node_limit": 200},
    )
    assert found.x is not None, "the first counts fit"
    whole = np.round(found.x).astype(np.int64)
    assert ((matrix @ whole >= least) & (matrix @ whole <= most)).all()
    return whole.reshape(direction.shape)
