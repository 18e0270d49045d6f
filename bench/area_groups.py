"""Put areas beside plain clusterings of the same wards: how many, how balanced, how compact, how stable.

    OMP_NUM_THREADS=1 python -m bench.area_groups [--least 8] [--redraws 20] [--data ../shared/data]

On the demonstration area, and on Leicester, Leicestershire and Rutland where its public files are present (invented
referrals; police.uk public order offences stand in for hate crime). The window is the last four quarters.

`short`: areas under `--least` of one measure, which could not be published. `residents cv`: standard deviation over mean;
`max/min`: the largest area over the smallest. `compact`: mean and least Polsby-Popper. `across`: areas of more than one
district. Stability is the adjusted Rand index with the areas of changed data: `redrawn` (each count drawn again, Poisson
around what was counted; mean and least), `a quarter on` (the window moved by one quarter, over all the data there are), `a
quarter more` (five quarters for four).
"""

import argparse
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from libpysal.graph import Graph
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering
from sklearn.metrics import adjusted_rand_score

from analysis.areas import make_areas
from analysis.patchwork import compactness, merge_short
from analysis.ward_land import measure_land
from analysis.windows import count_by_ward_and_quarter, quarters_covered
from data.snapshot import Snapshot
from data.snapshots import SnapshotStore
from geo.neighbours import ward_neighbours
from ingest.demonstration import ensure_demonstration
from tests.llr_partnership import ingest_llr

Counts = NDArray[np.int64]
Labels = NDArray[np.int64]

HEAD = (
    "| areas by | areas | short | residents cv | max/min | compact | across | redrawn | a quarter on | a quarter more |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


@dataclass(frozen=True)
class Place:
    """Wards with their events by quarter."""

    name: str
    wards: gpd.GeoDataFrame
    graph: Graph
    quarterly: NDArray[np.int64]
    """(n, q, 2) referrals and incidents."""

    def counts(self, *, back: int = 0, quarters: int = 4) -> Counts:
        """(n, 2) events of the quarters that end `back` before the last."""
        end = self.quarterly.shape[1] - back
        return self.quarterly[:, end - quarters : end].sum(axis=1)


Maker = Callable[[Place, Counts], Labels]


def main() -> None:
    """Print a table for each place."""
    parser = argparse.ArgumentParser(prog="python -m bench.area_groups", description=__doc__)
    parser.add_argument("--least", type=int, default=8)
    parser.add_argument("--redraws", type=int, default=20)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for place in _places(Path(folder), asked.data / "llr"):
            events = place.counts().sum(axis=0)
            print(
                f"\n{place.name}: {len(place.wards)} wards, {events[0]:,} referrals, {events[1]:,} incidents\n\n{HEAD}"
            )
            for name, maker in _makers(place, least=asked.least).items():
                print(_line(name, place, maker, least=asked.least, redraws=asked.redraws), flush=True)


def _places(folder: Path, llr: Path) -> Iterator[Place]:
    store = SnapshotStore(folder / "store")
    yield _place("Demonstration area", store.open(ensure_demonstration(store)))
    if not llr.is_dir():
        print(f"Left out: {llr} is not present.")
        return
    done, settings, store = ingest_llr(folder, files=llr)
    yield _place(settings.partnership.name, store.open(done.snapshot_id))


def _place(name: str, snapshot: Snapshot) -> Place:
    wards, tables = snapshot.wards(), (snapshot.referrals(), snapshot.incidents())
    codes, quarters = pd.Index(wards["ward_code"]), quarters_covered(*tables)
    counted = [count_by_ward_and_quarter(table, ward_codes=codes, quarters=quarters) for table in tables]
    return Place(name, wards, ward_neighbours(wards), np.stack(counted, axis=2))


def _makers(place: Place, *, least: int) -> dict[str, Maker]:
    def ours(place: Place, counts: Counts) -> Labels:
        made = make_areas(
            place.wards, referrals=counts[:, 0], incidents=counts[:, 1], neighbours=place.graph, least=least
        )
        return np.asarray(made.ward_area.factorize()[0])

    as_many = len(set(ours(place, place.counts())))
    return {
        "`make_areas`": ours,
        f"agglomerative clustering, {as_many} clusters": lambda place, _: _agglomerative(place, clusters=as_many),
        "agglomerative clustering, most clusters with enough": lambda place, counts: _most(place, counts, least=least),
        "ward by ward, furthest below first": lambda place, counts: _by_events(place, counts, least=least),
    }


def _agglomerative(place: Place, *, clusters: int) -> Labels:
    centres = shapely.get_coordinates(shapely.centroid(place.wards.geometry.to_numpy()))
    with warnings.catch_warnings():
        # scikit-learn links parts that do not touch, and says so.
        warnings.filterwarnings("ignore", message="the number of connected components")
        model = AgglomerativeClustering(n_clusters=clusters, linkage="ward", connectivity=place.graph.sparse)
        return np.asarray(model.fit_predict(centres))


def _most(place: Place, counts: Counts, *, least: int) -> Labels:
    for clusters in range(int(counts.sum(axis=0).min() // least), 1, -1):
        labels = _agglomerative(place, clusters=clusters)
        if pd.DataFrame(counts).groupby(labels).sum().min().min() >= least:
            return labels
    return np.zeros(len(counts), dtype=np.int64)


def _by_events(place: Place, counts: Counts, *, least: int) -> Labels:
    land = measure_land(place.wards, neighbours=place.graph)
    alone = [[ward] for ward in range(len(counts))]
    pieces = merge_short(alone, land=land, amounts=counts.astype(float), needed=np.full(2, float(least)))
    labels = np.zeros(len(counts), dtype=np.int64)
    for number, piece in enumerate(pieces):
        labels[piece] = number
    return labels


def _line(name: str, place: Place, maker: Maker, *, least: int, redraws: int) -> str:
    counts = place.counts()
    labels = maker(place, counts)
    groups = place.wards.assign(referrals=counts[:, 0], incidents=counts[:, 1]).groupby(labels)
    residents = groups["residents"].sum()
    outlines = groups["geometry"].apply(lambda shapes: shapely.union_all(shapes.to_numpy()))
    round_ = [compactness(outline.area, outline.length) for outline in outlines]
    short = (groups[["referrals", "incidents"]].sum().min(axis=1) < least).sum()
    cells = [
        len(residents),
        short,
        f"{residents.std(ddof=0) / residents.mean():.2f}",
        f"{residents.max() / residents.min():.1f}",
        f"{np.mean(round_):.2f}, {min(round_):.2f}",
        groups["district"].nunique().gt(1).sum(),
        *_stability(place, maker, labels=labels, redraws=redraws),
    ]
    return f"| {name} | " + " | ".join(str(cell) for cell in cells) + " |"


def _stability(place: Place, maker: Maker, *, labels: Labels, redraws: int) -> list[str]:
    rng, counts = np.random.default_rng(0), place.counts()
    again = [adjusted_rand_score(labels, maker(place, rng.poisson(counts))) for _ in range(redraws)]
    starts = range(place.quarterly.shape[1] - 3)
    windows = [maker(place, place.counts(back=back)) for back in starts]
    on = [adjusted_rand_score(one, other) for one, other in zip(windows[1:], windows, strict=False)]
    longer = [maker(place, place.counts(back=back, quarters=5)) for back in starts[:-1]]
    more = [adjusted_rand_score(one, other) for one, other in zip(windows, longer, strict=False)]
    return [f"{np.mean(again):.2f}, {min(again):.2f}", f"{np.mean(on):.2f}", f"{np.mean(more):.2f}"]


if __name__ == "__main__":
    main()
