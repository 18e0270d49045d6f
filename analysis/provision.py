"""What runs where and when: things that are provided, on a day and over time, beside wards that are flagged or not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.quarters import parse_quarter


def runs_between(rows: pd.DataFrame, first: date, last: date) -> "pd.Series[bool]":
    """Tell which rows run on any day from `first` to `last`: they begin by then, and have not ended before.

    Parameters
    ----------
    rows
        With `start` and `end` (datetime64; missing while there is no end; both days are within).
    """
    return (rows["start"] <= pd.Timestamp(last)) & (rows["end"].isna() | (rows["end"] >= pd.Timestamp(first)))


@dataclass(frozen=True)
class QuarterCoverage:
    """How far what is provided reached in one quarter."""

    quarter: str
    wards: int
    """Wards, of those asked about, in which anything ran on any day of it."""
    things: int
    """Things that ran in any of them."""


def coverage(rows: pd.DataFrame, *, wards: Collection[str], quarters: Sequence[str]) -> list[QuarterCoverage]:
    """Count wards and things by quarter.

    Parameters
    ----------
    rows
        A row for each thing and ward: `provision` (which thing), `ward_code`, `start`, `end`.
    wards
        Codes of the wards asked about.
    """
    among = rows[rows["ward_code"].isin(list(wards))]
    found = []
    for quarter in quarters:
        period = parse_quarter(quarter)
        running = among[runs_between(among, period.start_time.date(), period.end_time.date())]
        found.append(QuarterCoverage(quarter, int(running["ward_code"].nunique()), int(running["provision"].nunique())))
    return found


@dataclass(frozen=True)
class Gaps:
    """The wards of an area by whether they are flagged and whether anything runs there; codes, each in the order given."""

    flagged_without: tuple[str, ...]
    flagged_with: tuple[str, ...]
    others_with: tuple[str, ...]
    others_without: tuple[str, ...]


def find_gaps(wards: Sequence[str], *, flagged: Collection[str], provided: Collection[str]) -> Gaps:
    """Put every ward into one of four lists."""
    marked, there = frozenset(flagged), frozenset(provided)

    def those(*, high: bool, covered: bool) -> tuple[str, ...]:
        return tuple(code for code in wards if (code in marked) is high and (code in there) is covered)

    return Gaps(
        flagged_without=those(high=True, covered=False),
        flagged_with=those(high=True, covered=True),
        others_with=those(high=False, covered=True),
        others_without=those(high=False, covered=False),
    )
