"""Records to wards, by code, by name within district, or by point. Nothing is lost silently."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
from numpy.typing import NDArray

from data.errors import UsageError
from geo.locate import NOWHERE, Located, locate
from geo.record_points import record_points
from geo.ward_checks import check_wards, outlines_of
from geo.ward_names import given, match_codes, match_names

USED = ("code", "name", "point", "nearest")
NOT_USED = ("unlocated", "outside", "unmatched")


@dataclass(frozen=True)
class JoinReport:
    """What became of every record.

    `used`, `unlocated`, `outside` and `unmatched` sum to `read`; `by_code`, `by_name`, `by_point` and `nearest` sum to
    `used`. The last three say how far the codes can be trusted, and are in neither sum.
    """

    read: int
    used: int
    unlocated: int
    """No code, no name and no usable point."""
    outside: int
    """A point further than the tolerance from every ward."""
    unmatched: int
    """A code or a name that is none of the wards', and no usable point."""
    by_code: int
    by_name: int
    by_point: int
    nearest: int
    """Just outside the area, or in a gap between two wards."""
    contradictions: int
    """Code says one ward, name another. The code was used."""
    code_and_name: int
    """Code and name each say a ward: what `contradictions` are out of."""
    unknown_codes: int
    """A code was given that is none of the wards', whatever became of the record."""

    def __post_init__(self) -> None:
        """Refuse an account that does not add up: that would be a record lost silently."""
        outcomes = self.used + self.unlocated + self.outside + self.unmatched
        ways = self.by_code + self.by_name + self.by_point + self.nearest
        if outcomes != self.read or ways != self.used:
            raise ValueError(f"{self.read} records read, {outcomes} accounted for, {self.used} used, {ways} joined")

    @property
    def codes_doubtful(self) -> bool:
        """Whether most codes that could be checked against a name are contradicted by it."""
        return 2 * self.contradictions > self.code_and_name


@dataclass(frozen=True)
class JoinResult:
    """Records with their wards, and the account of them.

    Attributes
    ----------
    records : (n,) DataFrame
        Every input row, in input order and with the input's index and columns; `ward_code` is the ward joined to
        (missing where there is none) and `joined_by` how, or why not.
    report
        Counts only.
    contradictions : (k,) int array
        Positions (not index labels) of the rows whose code says one ward and whose name another.
    """

    records: pd.DataFrame
    report: JoinReport
    contradictions: NDArray[np.intp]


def join_to_wards(records: pd.DataFrame, wards: gpd.GeoDataFrame, *, tolerance: float = 50.0) -> JoinResult:
    """Give every record the one ward it belongs to, or the reason why it has none.

    A record is joined by its code if that is one of the wards'; else by its name within its district; else by its
    point. Codes are compared exactly but for blanks around them, names as `geo.ward_names.match_names` says. A point
    belongs to the ward that covers it, border included; where several do (shared border, corner, overlap) to the one
    with the lowest code. A point that no ward covers (outside, or in a gap between wards) goes to the nearest ward not
    further than `tolerance`, the lowest code if two are equally near. The order of records or wards changes nothing.

    Parameters
    ----------
    records : (n,) DataFrame or GeoDataFrame
        Any of `ward_code`; `ward_name` and `district`; `easting` and `northing` (EPSG:27700, metres). Or points in any
        stated CRS, which are then used instead of `easting` and `northing`.
    wards : (m,) GeoDataFrame
        `ward_code` (unique), `ward_name`, `district`, and valid outlines in a projected CRS in metres. The codes of
        this table are all that is known of its vintage.
    tolerance
        Metres. How far outside an outline a point may lie and still be joined to it.

    Returns
    -------
    JoinResult

    Raises
    ------
    RefusedInputError
        If the wards cannot be used, or points do not say their CRS.
    UsageError
        If the tolerance is negative or not a number.

    Notes
    -----
    Where both a code and a point are given the point is not looked at. Where code and name disagree the code is used
    and the row counted; ward code columns in the wild are sometimes wrong while the names are right, so look at
    `report.codes_doubtful` before going on.
    """
    if not (np.isfinite(tolerance) and tolerance >= 0):
        raise UsageError(f"The tolerance must be a distance in metres, zero or more, not {tolerance}.")
    check_wards(wards)
    ordered = wards.assign(ward_code=wards["ward_code"].astype("str").str.strip()).sort_values("ward_code")
    coded, named = _by_code(records, ordered), _by_name(records, ordered)
    xy = record_points(records, crs=pyproj.CRS(wards.crs))
    located = _by_point(xy, ordered, asked=(coded == NOWHERE) & (named == NOWHERE), tolerance=tolerance)
    ward, joined_by = _decide(records, coded=coded, named=named, located=located, has_point=np.isfinite(xy[:, 0]))
    contradictions = np.flatnonzero((coded != NOWHERE) & (named != NOWHERE) & (coded != named))
    codes = ordered["ward_code"].array.take(ward, allow_fill=True)
    return JoinResult(
        records=records.assign(ward_code=codes, joined_by=joined_by),
        report=_report(records, joined_by, coded=coded, named=named),
        contradictions=contradictions,
    )


def _column(records: pd.DataFrame, name: str) -> "pd.Series[str]":
    absent = pd.Series(pd.NA, index=records.index, dtype="str")
    return records[name] if name in records.columns else absent


def _by_code(records: pd.DataFrame, wards: gpd.GeoDataFrame) -> NDArray[np.intp]:
    return match_codes(_column(records, "ward_code"), wards)


def _by_name(records: pd.DataFrame, wards: gpd.GeoDataFrame) -> NDArray[np.intp]:
    return match_names(_column(records, "ward_name"), _column(records, "district"), wards)


def _by_point(
    xy: NDArray[np.float64], wards: gpd.GeoDataFrame, *, asked: NDArray[np.bool_], tolerance: float
) -> Located:
    only_asked = np.where(asked[:, np.newaxis], xy, np.nan)
    return locate(only_asked, outlines_of(wards), tolerance=tolerance)


def _decide(
    records: pd.DataFrame,
    *,
    coded: NDArray[np.intp],
    named: NDArray[np.intp],
    located: Located,
    has_point: NDArray[np.bool_],
) -> tuple[NDArray[np.intp], "pd.api.extensions.ExtensionArray"]:
    """Choose the first way that answers, for each record; the words in the order in which they are tried."""
    found = located.ward != NOWHERE
    says_ward = given(_column(records, "ward_code")) | given(_column(records, "ward_name"))
    outcomes = {
        "code": coded != NOWHERE,
        "name": named != NOWHERE,
        "nearest": found & located.nearest,
        "point": found,
        "outside": has_point,
        "unmatched": says_ward,
    }
    joined_by = np.select(list(outcomes.values()), list(outcomes), default="unlocated")
    ward = np.select([coded != NOWHERE, named != NOWHERE], [coded, named], default=located.ward)
    return ward, pd.array(joined_by, dtype="str")


def _report(
    records: pd.DataFrame,
    joined_by: "pd.api.extensions.ExtensionArray",
    *,
    coded: NDArray[np.intp],
    named: NDArray[np.intp],
) -> JoinReport:
    count = pd.Series(joined_by).value_counts().to_dict()
    both = (coded != NOWHERE) & (named != NOWHERE)
    return JoinReport(
        read=len(records),
        used=sum(count.get(way, 0) for way in USED),
        **{reason: count.get(reason, 0) for reason in NOT_USED},
        by_code=count.get("code", 0),
        by_name=count.get("name", 0),
        by_point=count.get("point", 0),
        nearest=count.get("nearest", 0),
        contradictions=int((both & (coded != named)).sum()),
        code_and_name=int(both.sum()),
        unknown_codes=int((given(_column(records, "ward_code")) & (coded == NOWHERE)).sum()),
    )
