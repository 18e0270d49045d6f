"""What is provided where, as one audience may have it.

It is no count of records and tells nothing of one: what may be told of counts is the same with and without it. But where it is
hints at where somebody was worried, and what it costs can be a matter between the partnership and a supplier. So
`disclosure.audiences` says who gets it at all (not the public), and who gets cost and funder (not councillors); the evidence for
a bid has cost and funder only where the settings say so. It is put beside flags as that audience has them, and beside no others.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

import pandas as pd

from analysis.provision import Gaps, QuarterCoverage, coverage, find_gaps
from analysis.windows import Window
from data.quarters import parse_quarter, quarter_range, quarters_of
from data.settings import Settings
from disclosure.audiences import Reader, permission
from disclosure.gate import Released

__all__ = [
    "Gaps",
    "QuarterCoverage",
    "ReleasedProvision",
    "Status",
    "Thing",
    "Window",
    "kinds_in_words",
    "release_provision",
]
QUARTERS_BACK = 12
"""Quarters over which coverage is told."""


class Status(StrEnum):
    """How a thing stands on a day."""

    RUNNING = "running"
    PLANNED = "planned"
    ENDED = "ended"


@dataclass(frozen=True)
class Thing:
    """One thing that is provided."""

    number: int
    name: str
    """Empty for kinds of which no names are kept."""
    kind: str
    how_many: int | None
    start: date
    end: date | None
    for_whom: str
    wards: tuple[str, ...]
    """Codes of its wards, of those the reader may see."""
    wards_in_all: int
    point: tuple[float, float] | None
    """Easting and northing (EPSG:27700), where the file says one."""
    cost: float | None = None
    """Pounds; as `funder`, only for those who may have it."""
    funder: str = ""

    def status(self, day: date) -> Status:
        """Say how it stands on a day."""
        if self.start > day:
            return Status.PLANNED
        return Status.ENDED if self.end is not None and self.end < day else Status.RUNNING


@dataclass(frozen=True)
class ReleasedProvision:
    """What one audience may have of what is provided."""

    as_at: date
    """Of which day the file is."""
    day: date
    """On which day it is looked at: that of the file, or the last of a window that is not the newest."""
    things: tuple[Thing, ...]
    """Those that began by then or are planned, the earliest first."""
    tells_cost: bool
    costs_are_yearly: bool
    tells_cost_in_bids: bool = False
    bid_things: tuple[Thing, ...] = ()
    """The same with cost and funder, for the evidence for a bid; empty unless the settings say that it may have them."""

    @cached_property
    def by_ward(self) -> dict[str, tuple[Thing, ...]]:
        """Things of each ward in which there are, were or will be any."""
        found: dict[str, list[Thing]] = {}
        for thing in self.things:
            for code in thing.wards:
                found.setdefault(code, []).append(thing)
        return {code: tuple(things) for code, things in found.items()}

    def of(self, code: str, status: Status) -> tuple[Thing, ...]:
        """Give the things of a ward that stand so."""
        return tuple(one for one in self.by_ward.get(code, ()) if one.status(self.day) is status)

    @cached_property
    def running_in(self) -> frozenset[str]:
        """Codes of wards in which anything runs."""
        return frozenset(code for code in self.by_ward if self.of(code, Status.RUNNING))

    def gaps(self, released: Released) -> Gaps:
        """Put the wards of an answer beside it: those that are flagged the surest first, the others by name."""
        others = released.wards[~released.wards["flagged"]].sort_values(["ward_name", "ward_code"])
        flagged = released.flagged["ward_code"].astype(str).tolist()
        return find_gaps([*flagged, *others["ward_code"].astype(str)], flagged=flagged, provided=self.running_in)

    def over_time(self, wards: Collection[str]) -> list[QuarterCoverage]:
        """Count wards and things by quarter, for the quarters up to the day it is looked at."""
        last = quarters_of(pd.Series([pd.Timestamp(self.day)])).iloc[0]
        return coverage(self._rows, wards=wards, quarters=quarter_range(str(last), QUARTERS_BACK))

    @cached_property
    def _rows(self) -> pd.DataFrame:
        rows = [(one.number, code, one.start, one.end) for one in self.things for code in one.wards]
        table = pd.DataFrame(rows, columns=["provision", "ward_code", "start", "end"])
        return table.assign(start=pd.to_datetime(table["start"]), end=pd.to_datetime(table["end"]))


def kinds_in_words(things: Sequence[Thing]) -> str:
    """Count things by kind, e.g. `2 projects, 1 forum`."""
    kinds = dict.fromkeys(one.kind for one in things)
    counts = {kind: sum(one.kind == kind for one in things) for kind in kinds}
    return ", ".join(f"{n} {_plural(kind, n)}" for kind, n in counts.items())


def release_provision(
    rows: pd.DataFrame,
    *,
    as_at: date,
    window: Window,
    newest: bool,
    wards: Iterable[str],
    reader: Reader,
    settings: Settings,
) -> ReleasedProvision | None:
    """Release what is provided to a reader; nothing where the audience may not have it.

    Parameters
    ----------
    rows
        Of a snapshot: a row for each thing and ward.
    as_at
        Of which day the file is.
    window
        Of the question beside which it stands.
    newest
        Whether that is the newest window that may be asked about. Then it is looked at on the day of the file, else on the last
        day of the window, or on the file's if that was before.
    wards
        Codes of those the reader may see.
    """
    allowed = permission(reader.audience, rule=settings.disclosure)
    if not allowed.provision:
        return None
    day = as_at if newest else min(as_at, parse_quarter(window.last).end_time.date())
    seen = frozenset(wards)
    whole = [thing for thing in _things(rows) if seen.intersection(thing.wards)]
    whole = [replace(thing, wards=tuple(code for code in thing.wards if code in seen)) for thing in whole]
    bare = tuple(replace(thing, cost=None, funder="") for thing in whole)
    in_bids = settings.disclosure.provision_cost_in_bids
    return ReleasedProvision(
        as_at=as_at,
        day=day,
        things=tuple(whole) if allowed.provision_cost else bare,
        tells_cost=allowed.provision_cost,
        costs_are_yearly=settings.provision.costs_are == "yearly",
        tells_cost_in_bids=in_bids,
        bid_things=tuple(whole) if in_bids else (),
    )


def _things(rows: pd.DataFrame) -> list[Thing]:
    found = [_thing(wards) for _, wards in rows.groupby("provision", sort=True)]
    return sorted(found, key=lambda one: (one.start, one.kind, one.name, one.number))


def _thing(wards: pd.DataFrame) -> Thing:
    first = wards.iloc[0]
    east, north = first["easting"], first["northing"]
    return Thing(
        number=int(first["provision"]),
        name=_text(first["name"]),
        kind=str(first["kind"]),
        how_many=None if pd.isna(first["number"]) else int(first["number"]),
        start=first["start"].date(),
        end=None if pd.isna(first["end"]) else first["end"].date(),
        for_whom=_text(first["for_whom"]),
        wards=tuple(wards["ward_code"].astype(str)),
        wards_in_all=len(wards),
        point=None if pd.isna(east) or pd.isna(north) else (float(east), float(north)),
        cost=None if pd.isna(first["cost"]) else float(first["cost"]),
        funder=_text(first["funder"]),
    )


def _plural(kind: str, number: int) -> str:
    return kind if number == 1 or kind == "training" else f"{kind}s"


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)  # type: ignore[call-overload]
