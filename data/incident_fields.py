"""What an incidents row says of when, how many and where, each told to the table's account."""

from dataclasses import dataclass, replace

import pandas as pd

from data.accounts import RowAccount
from data.coordinates import Points, points_from_degrees, points_from_metres
from data.date_order import check_date_order
from data.dates import parse_dates
from data.errors import RefusedInputError
from data.mixed_columns import refuse_quarters_as_counts
from data.quarter_texts import parse_quarters
from data.quarters import quarters_of
from data.remarks import Fact, RowsWith, Teller
from data.row_checks import check_counts, check_dates, check_quarters, refuse_one_year_quarters

# So many rows without one possible point are columns named wrongly, not slips.
_FEWEST_IMPOSSIBLE = 20


@dataclass(frozen=True)
class Decided:
    """What all rows of an input decide of each, where only a block of them is looked at."""

    dates_month_first: bool = False
    quarters_month_first: bool = False
    broken_down: bool = True
    """Whether any row names a real category."""


USUAL = Decided()
"""What is taken until rows say otherwise."""


def read_times(
    account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str], decided: Decided | None = None
) -> "tuple[pd.Series[pd.Timestamp], pd.Series[str]]":
    """Read dates and quarters: the date's quarter counts, the quarter column stands in where there is no date."""
    parsed = parse_dates(cells["date"], month_first=decided.dates_month_first if decided else None)
    labels = quarters_of(parsed.dates)
    if "date" in names:
        check_date_order(account, parsed, cells, column=names["date"])
        check_dates(account, parsed, cells["date"], column=names["date"], needed="quarter" not in names)
    if "quarter" not in names:
        return parsed.dates, labels
    quarters = parse_quarters(cells["quarter"], month_first=decided.quarters_month_first if decided else None)
    refuse_one_year_quarters(quarters.is_one_year & account.open, cells, column=names["quarter"])
    differ = labels.notna() & quarters.labels.notna() & (labels != quarters.labels) & account.open
    account.remark(
        differ, "the date is not in the quarter; the date counts", do="Correct one of them.", column=names["quarter"]
    )
    check_date_order(account, quarters.dates, cells, column=names["quarter"])
    labels = labels.fillna(quarters.labels)
    refuse_quarters_as_counts(account, cells, labels=labels, names=names)
    check_quarters(account, labels, cells["quarter"].where(labels.isna(), labels), column=names["quarter"])
    return parsed.dates, labels


def read_counts(account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str]) -> "pd.Series[int]":
    """Read counts; a row is one incident where no column counts them."""
    if "count" in names:
        return check_counts(account, cells["count"], column=names["count"])
    return pd.Series(1, index=cells.index, dtype="int64")


def read_points(account: RowAccount, cells: pd.DataFrame, *, names: dict[str, str]) -> Points:
    """Read the points. A row without a possible one stays: the join counts it as unlocated unless a ward is named."""
    degrees = "longitude" in names
    points = (
        points_from_degrees(cells["longitude"], cells["latitude"])
        if degrees
        else points_from_metres(cells["easting"], cells["northing"])
    )
    if not degrees and "easting" not in names:
        return points
    column = names["longitude" if degrees else "easting"]
    _refuse_wrong_columns(points, account=account, cells=cells, column=column)
    impossible = points.impossible & account.open
    do = "Correct it at the source; until then the row has no point."
    account.remark(impossible & points.swapped, "longitude and latitude have changed places", do=do, column=column)
    account.remark(impossible & ~points.swapped, "the coordinates are no place in Great Britain", do=do, column=column)
    for rows, what in (
        (impossible, "impossible coordinates"),
        (points.easting.isna() & ~impossible & account.open, "no coordinates"),
    ):
        account.settle(RowsWith(what, int(rows.sum())))
    return points


def _refuse_wrong_columns(points: Points, *, account: RowAccount, cells: pd.DataFrame, column: str) -> None:
    if len(cells):
        impossible, possible = int(points.impossible.sum()), bool(points.easting.notna().any())
        wanted = bool(account.open.any())
        account.settle(
            PointsSaid(str(cells["source_file"].iloc[0]), column, impossible, possible=possible, wanted=wanted)
        )


@dataclass(frozen=True)
class PointsSaid:
    """Whether any point is a place in Great Britain."""

    file: str
    column: str
    impossible: int
    possible: bool
    wanted: bool
    """Whether any row is to be used."""

    @property
    def about(self) -> str:
        """Which question."""
        return "points"

    def plus(self, other: Fact) -> "PointsSaid":
        """Add those of rows further on."""
        assert isinstance(other, PointsSaid)
        return replace(
            self,
            impossible=self.impossible + other.impossible,
            possible=self.possible or other.possible,
            wanted=self.wanted or other.wanted,
        )

    def judge(self, _account: Teller) -> None:
        """Refuse a table whose columns for points are named wrongly."""
        if self.wanted and self.impossible >= _FEWEST_IMPOSSIBLE and not self.possible:
            raise RefusedInputError(
                f"{self.file}, column '{self.column}': not one of the points is a place in Great Britain. "
                "Longitude is near -1 and latitude near 52; eastings and northings are metres. "
                "Check which columns [incidents] names for them."
            )
