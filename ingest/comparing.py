"""Two snapshots beside each other: what appeared, what vanished, what changed. Exact: `disclosure.comparing` releases it."""

from collections.abc import Collection
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from data.snapshots import Snapshot

_MOVED = 1.0
"""Square metres by which two outlines of one ward may differ and still be the same: rounding of coordinates."""
EVENTS = ("referrals", "incidents")


@dataclass(frozen=True)
class WardChanges:
    """What differs in the wards."""

    appeared: tuple[str, ...]
    """Names with codes."""
    vanished: tuple[str, ...]
    renamed: tuple[str, ...]
    moved: int
    """Wards with another outline."""
    other_residents: int
    """Wards with another number of residents."""
    before: int
    after: int

    @property
    def are_none(self) -> bool:
        """Whether the wards are the same in everything."""
        return not (self.appeared or self.vanished or self.renamed or self.moved or self.other_residents)


@dataclass(frozen=True)
class Comparison:
    """An earlier snapshot beside a later one."""

    earlier: str
    later: str
    wards: WardChanges
    quarters: dict[str, pd.DataFrame]
    """Of referrals and of incidents: `quarter`, `before`, `after` (counts, missing where there are none), in time order."""
    cells: dict[str, pd.DataFrame]
    """Of both, the wards and quarters whose count differs, of quarters that stand in both: `ward`, `district`, `quarter`,
    `before`, `after` (0 where there is no record)."""
    kinds_appeared: dict[str, tuple[str, ...]]
    """Of both, types of concern or strands."""
    kinds_vanished: dict[str, tuple[str, ...]]


def compare(later: Snapshot, earlier: Snapshot, *, districts: Collection[str] | None = None) -> Comparison:
    """Put two snapshots beside each other.

    Parameters
    ----------
    districts
        Look at the wards of these alone; at all if none are named.

    Raises
    ------
    RefusedInputError
        If one is damaged.
    """
    wards = {one.id: _within(one.wards(), districts=districts) for one in (earlier, later)}
    before, after = wards[earlier.id], wards[later.id]
    events = {
        table: tuple(
            _of_wards(getattr(one, table)(), wards=wards[one.id], all_of_them=districts is None)
            for one in (earlier, later)
        )
        for table in EVENTS
    }
    kinds = {table: tuple(frozenset(rows["category"].dropna()) for rows in both) for table, both in events.items()}
    return Comparison(
        earlier=earlier.id,
        later=later.id,
        wards=_ward_changes(before, after),
        quarters={table: _by_quarter(old, new) for table, (old, new) in events.items()},
        cells={table: _cells(old, new, before=before, after=after) for table, (old, new) in events.items()},
        kinds_appeared={table: tuple(sorted(new - old)) for table, (old, new) in kinds.items()},
        kinds_vanished={table: tuple(sorted(old - new)) for table, (old, new) in kinds.items()},
    )


def _within(wards: gpd.GeoDataFrame, *, districts: Collection[str] | None) -> gpd.GeoDataFrame:
    return wards if districts is None else wards[wards["district"].isin(list(districts))]


def _of_wards(rows: pd.DataFrame, *, wards: gpd.GeoDataFrame, all_of_them: bool) -> pd.DataFrame:
    return rows if all_of_them else rows[rows["ward_code"].isin(wards["ward_code"])]


def _by_quarter(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    sums = {name: rows.groupby("quarter")["count"].sum() for name, rows in (("before", old), ("after", new))}
    return pd.DataFrame(sums).astype("Int64").sort_index().rename_axis("quarter").reset_index()


def _cells(old: pd.DataFrame, new: pd.DataFrame, *, before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> pd.DataFrame:
    keys = ["ward_code", "quarter"]
    counts = pd.DataFrame({name: rows.groupby(keys)["count"].sum() for name, rows in (("before", old), ("after", new))})
    found = counts.fillna(0).astype("int64").reset_index()
    in_both = found["quarter"].isin(old["quarter"]) & found["quarter"].isin(new["quarter"])
    found = found[in_both & (found["before"] != found["after"])]
    names = pd.concat([after, before])[["ward_code", "ward_name", "district"]].drop_duplicates("ward_code")
    named = found.merge(pd.DataFrame(names), on="ward_code", how="left").rename(columns={"ward_name": "ward"})
    return named.sort_values(["quarter", "ward"])[["ward", "district", "quarter", "before", "after"]].reset_index(
        drop=True
    )


def _ward_changes(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> WardChanges:
    old, new = before.set_index("ward_code"), after.set_index("ward_code")
    both = old.index.intersection(new.index)
    names = zip(both, old.loc[both, "ward_name"], new.loc[both, "ward_name"], strict=True)
    residents = [table.loc[both, "residents"].fillna(-1.0) for table in (old, new)]
    return WardChanges(
        appeared=_named(new, new.index.difference(old.index)),
        vanished=_named(old, old.index.difference(new.index)),
        renamed=tuple(f"{was} is now {now} ({code})" for code, was, now in names if was != now),
        moved=_moved(old.loc[both].geometry, new.loc[both].geometry),
        other_residents=int((residents[0] != residents[1]).sum()),
        before=len(old),
        after=len(new),
    )


def _moved(old: gpd.GeoSeries, new: gpd.GeoSeries) -> int:
    """Count the outlines that differ; only those that are not corner for corner the same are laid over each other."""
    shapes = old.to_numpy(), new.to_numpy()
    other = ~shapely.equals_exact(*shapes)
    apart = shapely.symmetric_difference(shapes[0][other], shapes[1][other])
    return int((shapely.area(apart) > _MOVED).sum())


def _named(wards: pd.DataFrame, codes: "pd.Index[str]") -> tuple[str, ...]:
    return tuple(f"{name} ({code})" for code, name in wards.loc[codes, "ward_name"].items())
