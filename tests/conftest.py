"""Small inputs made by hand, shared by many tests."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from analysis.counting import EventTables

pytest_plugins = ["tests.postgres"]
os.environ.pop("DATABASE_URL", None)  # no test may write to a database that the machine happens to name
# Only what tests of every kind need is imported above: whoever hands tests out to others, and a test of one page, load this too.
# No test is timed: a busy machine is not a fault.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

_LONGEST_FIRST = (
    *("tests/hostile/test_corpus.py", "tests/attack/", "tests/reference/", "tests/property/", "tests/screen/"),
    *("tests/unit/disclosure/", "tests/unit/briefing/", "tests/unit/analysis/"),
    *("tests/browser/test_looks.py", "tests/browser/test_dashboard.py"),
    *("tests/browser/test_accessibility.py", "tests/browser/test_map_component.py"),
)
"""Files that take long are handed out first, so that no worker is left with one of them when the others have nothing to do."""
SIDE = 1_000.0
COLUMNS, ROWS = 5, 4


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; within these the order stays what it was, at random."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    places = (place for place, start in enumerate(_LONGEST_FIRST) if nodeid.startswith(start))
    return next(places, len(_LONGEST_FIRST))


@pytest.fixture(scope="module")
def remembered_fits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Of the fits of a study, make each once: for tests of what becomes of them."""
    from tests.remembered_fits import remembering_fits

    of_this_worker = tmp_path_factory.getbasetemp()
    shared = of_this_worker.parent / "fits" if os.environ.get("PYTEST_XDIST_WORKER") else None
    with remembering_fits(shared=shared):
        yield


@pytest.fixture
def grid_wards() -> gpd.GeoDataFrame:
    """Twenty square wards of 1 km in two districts, with 5,000 residents each; the last one without residents."""
    return _grid(COLUMNS, ROWS)


@pytest.fixture
def tables(grid_wards: gpd.GeoDataFrame) -> "EventTables":
    """Eight quarters of events: ward 0 is very high on both, ward 4 on incidents only."""
    return _events(grid_wards)


@pytest.fixture
def more_tables() -> "EventTables":
    """The same events on sixty-four wards: for real fits, which take longest where there are sixty wards or fewer."""
    return _events(_grid(8, 8))


def _grid(columns: int, rows: int) -> gpd.GeoDataFrame:
    codes = [f"X0590{number:04d}" for number in range(columns * rows)]
    squares = [
        shapely.box(x * SIDE, y * SIDE, (x + 1) * SIDE, (y + 1) * SIDE) for y in range(rows) for x in range(columns)
    ]
    residents = [5_000.0] * (len(codes) - 1) + [float("nan")]
    return gpd.GeoDataFrame(
        {
            "ward_code": codes,
            "ward_name": [f"Ward {number}" for number in range(len(codes))],
            "district": ["North" if 2 * number < len(codes) else "South" for number in range(len(codes))],
            "residents": residents,
            "workday": [2_000.0] * len(codes),
        },
        geometry=squares,
        crs="EPSG:27700",
    )


def _events(wards: gpd.GeoDataFrame) -> "EventTables":
    from analysis.counting import EventTables

    quarters = [f"{year}/{year + 1 - 2000} Q{number}" for year in (2024, 2025) for number in (1, 2, 3, 4)]
    codes = wards["ward_code"].tolist()
    rows = [(code, quarter) for code in codes for quarter in quarters]
    referrals = pd.DataFrame(rows, columns=["ward_code", "quarter"]).assign(
        category="concern A", sector="education", count=1
    )
    incidents = pd.DataFrame(rows, columns=["ward_code", "quarter"]).assign(category="race", count=5)
    referrals.loc[referrals["ward_code"] == codes[0], "count"] = 12
    incidents.loc[incidents["ward_code"].isin([codes[0], codes[4]]), "count"] = 60
    return EventTables(wards=wards, referrals=referrals, incidents=incidents)
