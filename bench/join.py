"""Time the join of 300,000 points to wards against plain geopandas.sjoin on the same points, in one run.

    python bench/join.py [--points 300000] [--repeats 5] [--data ../shared/data]

Both get the same points and the same wards, read afresh for each run so that neither finds an index or a prepared
outline of the run before; making the points is not timed. The two take turns, and the median of the repeats is printed
in seconds of processor time, so that other work on the machine does not count. Uses real points and wards where they
are present (police.uk street-level crime of all kinds, a stand-in for hate crime), otherwise points scattered over
squares. `lost` are points that have no row in sjoin's answer, `doubled` those that have several.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from geo.join import JoinResult, join_to_wards  # noqa: E402

CRS = "EPSG:27700"
NAMES = {"WD23CD": "ward_code", "WD23NM": "ward_name", "LAD23NM": "district"}
JITTER = 30.0
"""Metres: enough that no two points stand on the same place."""


Join = Callable[[gpd.GeoDataFrame, gpd.GeoDataFrame], object]


@dataclass(frozen=True)
class Case:
    """Some points, and the wards to join them to."""

    name: str
    points: np.ndarray
    wards: gpd.GeoDataFrame


def main() -> None:
    """Print one line a case."""
    options = _options()
    rng = np.random.default_rng(0)
    print(f"{options.points:,} points, median of {options.repeats} runs each")
    cases = _cases(options.data, count=options.points, rng=rng)
    heading = ("points", "wards", "ours s", "sjoin s", "ratio", "places", "lost", "of them nearest", "doubled")
    print("{:<28}{:>7}{:>9}{:>9}{:>8}{:>9}{:>8}{:>16}{:>9}".format(*heading))
    for case in cases:
        print(_line(case, repeats=options.repeats))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=300_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--data", type=Path, default=PROJECT / "../shared/data", help="folder with the real data")
    return parser.parse_args()


def _cases(data: Path, *, count: int, rng: np.random.Generator) -> list[Case]:
    areas = {name: data / name / "wards_dec2023.geojson" for name in ("llr", "england_wales")}
    wards = {name: _real_wards(path) for name, path in areas.items() if path.exists()}
    files = sorted((data / "llr" / "police_uk_street").glob("*.csv"))
    if "llr" not in wards or not files:
        print(f"No real data under {data}: squares, and points scattered over them.")
        wards = {"squares": _squares()}
        name, recorded = "scattered", rng.uniform(-50, 14_050, (count, 2))
    else:
        found = _real_points(files)
        print(f"{len(found):,} real points, drawn from with replacement to make {count:,}.")
        name, recorded = "as recorded", found[rng.integers(0, len(found), count)]
    cases = []
    for area in wards.values():
        corners = shapely.get_coordinates(area.geometry.array)
        cases += [
            Case(name, recorded, area),
            Case(f"moved by about {JITTER:.0f} m each", recorded + rng.normal(0, JITTER, recorded.shape), area),
            Case("on corners of the outlines", corners[rng.integers(0, len(corners), count)], area),
        ]
    return cases


def _real_wards(path: Path) -> gpd.GeoDataFrame:
    return gpd.read_file(path).rename(columns=NAMES)[[*NAMES.values(), "geometry"]].to_crs(CRS)


def _real_points(files: list[Path]) -> np.ndarray:
    degrees = pd.concat([pd.read_csv(path, usecols=["Longitude", "Latitude"]) for path in files]).dropna()
    points = gpd.GeoSeries.from_xy(degrees["Longitude"], degrees["Latitude"], crs="EPSG:4326").to_crs(CRS)
    return np.column_stack([points.x, points.y])


def _squares(across: int = 14) -> gpd.GeoDataFrame:
    cells = [
        shapely.box(x, y, x + 1000, y + 1000)
        for x in range(0, across * 1000, 1000)
        for y in range(0, across * 1000, 1000)
    ]
    codes = [f"X{number:04d}" for number in range(len(cells))]
    return gpd.GeoDataFrame({"ward_code": codes, "ward_name": codes, "district": "Mere"}, geometry=cells, crs=CRS)


def _fresh(case: Case) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    outlines = shapely.from_wkb(shapely.to_wkb(case.wards.geometry.array))
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(case.points[:, 0], case.points[:, 1]), crs=CRS)
    return points, case.wards.set_geometry(outlines, crs=CRS)


def _timed(case: Case, join: Join) -> tuple[float, object]:
    points, wards = _fresh(case)
    start = time.process_time()
    answer = join(points, wards)
    return time.process_time() - start, answer


def _line(case: Case, *, repeats: int) -> str:
    runs = [(_timed(case, join_to_wards), _timed(case, gpd.sjoin)) for _ in range(repeats)]
    ours = statistics.median(seconds for (seconds, _), _ in runs)
    theirs = statistics.median(seconds for _, (seconds, _) in runs)
    (_, mine), (_, joined) = runs[-1]
    assert isinstance(mine, JoinResult)
    assert isinstance(joined, gpd.GeoDataFrame)
    rows = joined.index.value_counts()
    lost, doubled = len(case.points) - len(rows), int((rows > 1).sum())
    places = len(np.unique(case.points, axis=0))
    return (
        f"{case.name:<28}{len(case.wards):>7,}{ours:>9.3f}{theirs:>9.3f}{ours / theirs:>8.2f}"
        f"{places:>9,}{lost:>8,}{mine.report.nearest:>16,}{doubled:>9,}"
    )


if __name__ == "__main__":
    main()
