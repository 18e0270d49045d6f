"""Two snapshots beside each other, as an analyst may have it: with counts where exact values are theirs, else without."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from data.settings import Disclosure
from data.snapshots import Snapshot
from disclosure.audiences import Audience, permission
from ingest.comparing import EVENTS, Comparison, WardChanges, compare
from ingest.comparing_provision import what_is_provided

APPEARED, VANISHED, MORE, FEWER, SAME = "appeared", "vanished", "more", "fewer", "the same"

_NOTHING = {True: "no quarter differs", False: "no quarter appeared or vanished"}


@dataclass(frozen=True)
class QuarterLine:
    """One quarter of one table."""

    quarter: str
    before: str
    after: str
    what: str
    """`appeared`, `vanished`, `more`, `fewer` or `the same`."""
    difference: str
    counts: tuple[int, int] | None
    """Before and after, to draw; none for those without exact values."""


@dataclass(frozen=True)
class CellLine:
    """One ward in one quarter of which a count differs."""

    ward: str
    district: str
    quarter: str
    before: str
    after: str
    difference: str


@dataclass(frozen=True)
class ReleasedComparison:
    """What may be shown of a comparison."""

    earlier: str
    later: str
    wards: WardChanges
    quarters: dict[str, tuple[QuarterLine, ...]]
    sentences: tuple[str, ...]
    """The whole in words, the most important first."""
    exact: bool
    cells: dict[str, tuple[CellLine, ...]]
    """Wards and quarters that differ, of each table; none for those without exact values."""

    @property
    def loses_something(self) -> bool:
        """Whether quarters or wards that were there are not any more."""
        gone = any(one.what == VANISHED for lines in self.quarters.values() for one in lines)
        return gone or bool(self.wards.vanished)


def release_comparison(
    later: Snapshot, earlier: Snapshot, *, rule: Disclosure, districts: Collection[str] | None
) -> ReleasedComparison:
    """Compare two snapshots for an analyst.

    Without exact values, which quarters there are in the whole area is told, and no more: that a count changed, that a kind is
    new or that a district has any could be the record of one person.

    Parameters
    ----------
    districts
        Those that the analyst may see; all if none are named.
    """
    exact = permission(Audience.ANALYST, rule=rule).exact
    found = compare(later, earlier, districts=districts if exact else None)
    quarters = {table: tuple(_lines(found.quarters[table], exact=exact)) for table in EVENTS}
    return ReleasedComparison(
        earlier=earlier.id,
        later=later.id,
        wards=found.wards,
        quarters=quarters,
        sentences=tuple(
            one
            for one in (
                *_sentences(found, quarters, exact=exact),
                what_is_provided(later, earlier, districts=districts),
            )
            if one
        ),
        exact=exact,
        cells={table: tuple(_cells(found.cells[table])) if exact else () for table in EVENTS},
    )


def _cells(rows: pd.DataFrame) -> list[CellLine]:
    return [
        CellLine(ward, district, quarter, f"{before:,}", f"{after:,}", _signed(after - before))
        for ward, district, quarter, before, after in rows.itertuples(index=False, name=None)
    ]


def _lines(rows: pd.DataFrame, *, exact: bool) -> list[QuarterLine]:
    return [_line(str(row.quarter), row.before, row.after, exact=exact) for row in rows.itertuples()]


def _line(quarter: str, before: object, after: object, *, exact: bool) -> QuarterLine:
    was, now = (None if pd.isna(one) else int(one) for one in (before, after))  # type: ignore[call-overload]
    what = APPEARED if was is None else VANISHED if now is None else _direction(was, now)
    if not exact:
        there = ["none" if one is None else "there" for one in (was, now)]
        return QuarterLine(
            quarter, there[0], there[1], what if what in (APPEARED, VANISHED) else "there in both", "", None
        )
    counts = (was or 0, now or 0)
    said = ["none" if one is None else f"{one:,}" for one in (was, now)]
    return QuarterLine(quarter, said[0], said[1], what, _signed(counts[1] - counts[0]), counts)


def _direction(was: int, now: int) -> str:
    return SAME if was == now else MORE if now > was else FEWER


def _signed(number: int) -> str:
    return f"{number:+,}".replace("-", "\u2212") if number else "0"


def _sentences(found: Comparison, quarters: dict[str, tuple[QuarterLine, ...]], *, exact: bool) -> list[str]:
    said = [_of_wards(found.wards)]
    for table in EVENTS:
        by = {what: [one.quarter for one in quarters[table] if one.what == what] for what in (VANISHED, APPEARED)}
        changed = sum(one.what in (MORE, FEWER) for one in quarters[table])
        parts = [f"{_listed(by[what])} {what}" for what in (VANISHED, APPEARED) if by[what]]
        parts += [f"{changed} quarter{'s' if changed > 1 else ''} changed"] if changed else []
        said.append(f"{table.capitalize()}: {'; '.join(parts) or _NOTHING[exact]}.")
        for kinds, what in ((found.kinds_vanished[table], "no longer there"), (found.kinds_appeared[table], "new")):
            said += [f"Kinds of {table} that are {what}: {', '.join(kinds)}."] if kinds and exact else []
    return said


def _of_wards(wards: WardChanges) -> str:
    if wards.are_none:
        return f"Wards: all {wards.after} are as they were."
    parts = {
        "appeared": len(wards.appeared),
        "vanished": len(wards.vanished),
        "renamed": len(wards.renamed),
        "with another outline": wards.moved,
        "with another number of residents": wards.other_residents,
    }
    return f"Wards: {', '.join(f'{count} {what}' for what, count in parts.items() if count)}."


def _listed(quarters: list[str]) -> str:
    return quarters[0] if len(quarters) == 1 else f"{len(quarters)} quarters ({quarters[0]} to {quarters[-1]})"
