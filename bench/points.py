"""Ten million points counted into ward, quarter and category: ours in one process and on two workers, and three other ways.

    python -m bench.points                             # a million points over the demonstration area
    python -m bench.points --area england_wales --points 10000000
    python -m bench.points --only one-process,sedonadb

Each way runs in a process of its own, from the same folder of Parquet to the same table of counts, and is measured from outside:
seconds of the clock, seconds of processor time of all its processes, and the peak of their resident memory together (sampled
twenty times a second). Starting, importing, reading the wards and starting workers count. Ours checks every row as a load does,
gives an account of it, takes a point just outside an outline to the nearest ward, and one on a border to one ward; the others do
what is written below for each and no more. So the last columns say how their counts differ: points that they have less (`lost`)
and more (`doubled`).

The points are scattered around the wards' middles, each on a place of its own, which is harder than real points, snapped to
streets; one in a thousand stands exactly on a corner of an outline, and one in a hundred well outside.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from data.demo.files import demo_settings, write_demo  # noqa: E402
from data.readers import read_wards  # noqa: E402
from data.settings import Settings, Wards  # noqa: E402

KEYS = ["ward_code", "quarter", "category"]
CATEGORIES = ["Race", "Religion", "Sexual orientation", "Disability", "Transgender", "Other"]
DAYS = np.arange(np.datetime64("2015-04-01"), np.datetime64("2025-04-01"))
FILE, GROUP, BLOCK = 500_000, 250_000, 250_000
FAR_AWAY = np.array([2_000.0, 1_200_000.0])
SCATTER = 800.0
"""Metres."""
WORKERS, MEMORY = 2, "700MB"
EW = PROJECT / "../shared/data/england_wales/wards_dec2023.geojson"


def settings() -> Settings:
    """Those of the points that are made here."""
    incidents = {"date": "date", "easting": "easting", "northing": "northing", "category": "strand"}
    return demo_settings().model_copy(update={"incidents": type(demo_settings().incidents).model_validate(incidents)})


def make_points(folder: Path, wards: gpd.GeoDataFrame, *, count: int) -> None:
    """Write a folder of Parquet files."""
    rng = np.random.default_rng(0)
    middles = shapely.get_coordinates(shapely.point_on_surface(wards.geometry.values))
    corners = shapely.get_coordinates(wards.geometry.values)
    for number, start in enumerate(range(0, count, FILE)):
        rows = min(FILE, count - start)
        xy = middles[rng.integers(0, len(middles), rows)] + rng.normal(0, SCATTER, (rows, 2))
        on_corner, outside = rng.random(rows) < 0.001, rng.random(rows) < 0.01
        xy[on_corner] = corners[rng.integers(0, len(corners), int(on_corner.sum()))]
        xy[outside] = FAR_AWAY + rng.uniform(0, 50_000, (int(outside.sum()), 2))
        table = pa.table(
            {
                "date": pa.array(DAYS[rng.integers(0, len(DAYS), rows)], type=pa.date32()),
                "easting": xy[:, 0],
                "northing": xy[:, 1],
                "strand": pa.DictionaryArray.from_arrays(rng.integers(0, len(CATEGORIES), rows), CATEGORIES).cast(
                    pa.string()
                ),
            }
        )
        pq.write_table(table, folder / f"part-{number:03}.parquet", row_group_size=GROUP)


def ours(folder: Path, wards: Path, *, workers: int) -> pd.DataFrame:
    """`count_points`, as the verb does."""
    from ingest.counting_executors import LocalWorkers, OneProcess
    from ingest.counting_points import count_points

    executor = LocalWorkers(workers, MEMORY) if workers else OneProcess()
    counted = count_points(folder, wards=gpd.read_parquet(wards), settings=settings(), executor=executor)
    print("note", *counted.report.notes)
    return counted.counts


def plain(folder: Path, wards: Path) -> pd.DataFrame:
    """geopandas by hand: blocks, points, `sjoin`, group and add up. A point on a border has as many rows as wards."""
    areas = gpd.read_parquet(wards)[["ward_code", "geometry"]]
    parts = []
    for path in sorted(folder.glob("*.parquet")):
        for batch in pq.ParquetFile(path).iter_batches(batch_size=BLOCK):
            rows = batch.to_pandas()
            points = gpd.GeoDataFrame(
                rows, geometry=gpd.points_from_xy(rows["easting"], rows["northing"]), crs=areas.crs
            )
            joined = gpd.sjoin(points, areas, predicate="intersects")
            parts.append(_grouped(pd.DataFrame(joined[["ward_code", "date", "strand"]])))
    return pd.concat(parts).groupby(KEYS, as_index=False)["count"].sum()


def dask_geopandas(folder: Path, wards: Path) -> pd.DataFrame:
    """dask-geopandas on two workers: `dask_geopandas.sjoin` of partitions of points with the wards.

    Without a limit of memory: with ours, its workers pause at the limit and never end.
    """
    import dask.dataframe as dd
    import dask_geopandas as dg
    from distributed import Client, LocalCluster

    areas = gpd.read_parquet(wards)[["ward_code", "geometry"]]
    with (
        LocalCluster(
            n_workers=WORKERS, threads_per_worker=1, memory_limit=0, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        Client(cluster),
    ):
        table = dd.read_parquet(str(folder), split_row_groups=True)
        points = dg.from_dask_dataframe(table, geometry=dg.points_from_xy(table, "easting", "northing", crs=areas.crs))
        joined = dg.sjoin(points, areas, predicate="intersects")[["ward_code", "date", "strand"]]
        meta = _grouped(pd.DataFrame({"ward_code": ["X"], "date": [DAYS[0].astype(object)], "strand": ["Race"]}))
        parts = joined.map_partitions(_grouped, meta=meta).compute()
    return parts.groupby(KEYS, as_index=False)["count"].sum()


def sedonadb(folder: Path, wards: Path) -> pd.DataFrame:
    """SedonaDB: one statement of SQL. A point on a border counts in each of its wards."""
    import sedonadb as sedona

    engine = sedona.connect()
    engine.read_parquet(str(folder)).to_view("points")
    engine.read_parquet(str(wards)).to_view("wards")
    found = engine.sql(
        """
        SELECT w.ward_code, date_trunc('quarter', p.date) AS date, p.strand, COUNT(*) AS count FROM wards w
        JOIN (SELECT date, strand, ST_SetCRS(ST_Point(easting, northing), 'EPSG:27700') AS place FROM points) p
        ON ST_Intersects(w.geometry, p.place) GROUP BY 1, 2, 3
        """
    ).to_pandas()
    return _grouped(found)  # to labels


def _grouped(rows: pd.DataFrame) -> pd.DataFrame:
    months = pd.to_datetime(rows["date"]).to_numpy().astype("datetime64[M]").astype(int)
    year, quarter = 1970 + (months - 3) // 12, (months - 3) % 12 // 3 + 1
    years, which = np.unique(year * 10 + quarter, return_inverse=True)
    names = np.array([f"{one // 10}/{(one // 10 + 1) % 100:02d} Q{one % 10}" for one in years], dtype=object)
    labelled = pd.DataFrame(
        {
            "ward_code": rows["ward_code"].to_numpy(),
            "quarter": pd.Categorical.from_codes(which, names) if len(names) else [],
            "category": rows["strand"].to_numpy(),
            "count": rows["count"].to_numpy() if "count" in rows else 1,
        }
    )
    counted = labelled.groupby(KEYS, observed=True, as_index=False)["count"].sum()
    return counted.astype({"quarter": "str", "category": "str", "ward_code": "str", "count": "int64"})


WAYS: dict[str, tuple[str, Callable[[Path, Path], pd.DataFrame]]] = {
    "one-process": ("ours, one process", lambda folder, wards: ours(folder, wards, workers=0)),
    "workers": (f"ours, {WORKERS} workers of {MEMORY}", lambda folder, wards: ours(folder, wards, workers=WORKERS)),
    "geopandas": ("geopandas.sjoin in blocks", plain),
    "dask-geopandas": (f"dask_geopandas.sjoin, {WORKERS} workers", dask_geopandas),
    "sedonadb": ("SedonaDB, SQL", sedonadb),
}
NEEDS = {"dask-geopandas": "dask_geopandas", "sedonadb": "sedonadb"}


@dataclass(frozen=True)
class Run:
    """What one way took."""

    counts: pd.DataFrame
    seconds: float
    processor: float
    memory: float
    """Peak, megabytes."""


def measure(way: str, *, folder: Path, wards: Path, out: Path) -> Run:
    """Run one way in a process of its own and watch it."""
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.points", "--child", way, "--folder", folder, "--wards", wards, "--out", out],
        cwd=PROJECT,
    )
    watched = psutil.Process(child.pid)
    peak, processor = 0.0, {}
    while child.poll() is None:
        together = 0
        for process in _family(watched):
            try:
                together += process.memory_info().rss
                times = process.cpu_times()
                processor[process.pid] = times.user + times.system
            except psutil.Error:
                continue
        peak = max(peak, together)
        time.sleep(0.05)
    if child.returncode:
        raise SystemExit(f"{way} failed")
    return Run(pd.read_parquet(out), time.perf_counter() - start, sum(processor.values()), peak / 2**20)


def _family(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.Error:
        return []


def compare(ours: pd.DataFrame, theirs: pd.DataFrame) -> tuple[int, int]:
    """Count points that they have less and more, ward by quarter by category."""
    both = pd.concat([ours.set_index(KEYS)["count"], theirs.set_index(KEYS)["count"]], axis=1).fillna(0)
    difference = both.iloc[:, 0] - both.iloc[:, 1]
    return int(difference.clip(lower=0).sum()), int((-difference).clip(lower=0).sum())


def main() -> int:
    """Print one line a way."""
    options = _options()
    if options.child:
        WAYS[options.child][1](options.folder, options.wards).to_parquet(options.out, index=False)
        return 0
    with tempfile.TemporaryDirectory(prefix="points-") as folder:
        return _compare_all(options, Path(folder))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--area", choices=["demo", "england_wales"], default="demo")
    parser.add_argument("--only", default=",".join(WAYS))
    for hidden in ("--child", "--folder", "--wards", "--out"):
        parser.add_argument(hidden, type=str if hidden == "--child" else Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _wards(area: str, folder: Path) -> gpd.GeoDataFrame | None:
    if area == "demo":
        write_demo(folder / "demo")
        return read_wards(folder / "demo" / "wards.geojson", demo_settings().wards).rows
    if not EW.exists():
        print(f"The wards of England and Wales are not there ({EW}): nothing is measured.")
        return None
    return read_wards(EW, Wards(vintage=2023, code="WD23CD", name="WD23NM", district="LAD23NM")).rows


def _compare_all(options: argparse.Namespace, folder: Path) -> int:
    wards = _wards(options.area, folder)
    if wards is None:
        return 0
    places, points = folder / "wards.parquet", folder / "points"
    points.mkdir()
    wards.to_parquet(places)
    make_points(points, wards, count=options.points)
    size = sum(path.stat().st_size for path in points.iterdir()) / 1e6
    print(
        f"{options.points:,} points, {len(wards):,} wards, {len(list(points.iterdir()))} Parquet files, {size:,.0f} MB"
    )
    heading = ("way", "seconds", "CPU s", "points/s", "/CPU s", "ratio", "peak MB", "lost", "doubled")
    print("{:<36}{:>9}{:>9}{:>11}{:>11}{:>7}{:>9}{:>9}{:>9}".format(*heading), flush=True)
    first: Run | None = None
    worst = 0
    for way in options.only.split(","):
        if way in NEEDS and importlib.util.find_spec(NEEDS[way]) is None:
            print(f"{WAYS[way][0]:<36}not measured: {NEEDS[way]} is not installed here (requirements-bench.txt)")
            continue
        run = measure(way, folder=points, wards=places, out=folder / f"{way}.parquet")
        first = first or run
        lost, doubled = compare(first.counts, run.counts)
        same = way == "workers" and run.counts.equals(first.counts)
        print(
            f"{WAYS[way][0]:<36}{run.seconds:>9.1f}{run.processor:>9.1f}{options.points / run.seconds:>11,.0f}"
            f"{options.points / run.processor:>11,.0f}{run.processor / first.processor:>7.2f}{run.memory:>9,.0f}"
            f"{lost:>9,}{doubled:>9,}{'  identical' if same else ''}",
            flush=True,
        )
        worst |= int(way == "workers" and not same and first is not run)
    print(json.dumps({"counted": int(first.counts["count"].sum()) if first else 0}))
    return worst


if __name__ == "__main__":
    raise SystemExit(main())
