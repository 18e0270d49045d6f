"""Records to wards, by code, by name within district, or by point. Nothing is lost silently."""

from dataclasses import dataclass, fields

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
OUTCOMES = (*USED, "outside", "unmatched", "unlocated")
"""What can become of a record, in the order in which it is tried."""


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

    def plus(self, other: "JoinReport") -> "JoinReport":
        """Add the account of other records."""
        return JoinReport(**{one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)})

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
    said = _said(records, ordered)
    xy = record_points(records, crs=pyproj.CRS(wards.crs))
    asked = (said.by_code == NOWHERE) & (said.by_name == NOWHERE)
    located = locate(np.where(asked[:, np.newaxis], xy, np.nan), outlines_of(ordered), tolerance=tolerance)
    outcome, ward = _decide(said, located=located, has_point=np.isfinite(xy[:, 0]))
    joined = {
        "ward_code": ordered["ward_code"].array.take(ward, allow_fill=True),
        "joined_by": pd.array(OUTCOMES, dtype="str").take(outcome),
    }
    report = _report(outcome, said)
    return JoinResult(records=records.assign(**joined), report=report, contradictions=np.flatnonzero(said.contradicts))


@dataclass(frozen=True)
class _Said:
    """Which ward each record says it is in, (n,) arrays: positions of wards, -1 where there is none."""

    by_code: NDArray[np.intp]
    by_name: NDArray[np.intp]
    code_given: NDArray[np.bool_]
    name_given: NDArray[np.bool_]

    @property
    def both(self) -> NDArray[np.bool_]:
        both: NDArray[np.bool_] = (self.by_code != NOWHERE) & (self.by_name != NOWHERE)
        return both

    @property
    def contradicts(self) -> NDArray[np.bool_]:
        contradicts: NDArray[np.bool_] = self.both & (self.by_code != self.by_name)
        return contradicts


def _said(records: pd.DataFrame, wards: gpd.GeoDataFrame) -> _Said:
    none, never = np.full(len(records), NOWHERE, dtype=np.intp), np.zeros(len(records), dtype=np.bool_)
    coded, named = "ward_code" in records.columns, "ward_name" in records.columns
    absent = pd.Series(pd.NA, index=records.index, dtype="str")
    districts = records["district"] if "district" in records.columns else absent
    return _Said(
        by_code=match_codes(records["ward_code"], wards) if coded else none,
        by_name=match_names(records["ward_name"], districts, wards) if named else none,
        code_given=given(records["ward_code"]) if coded else never,
        name_given=given(records["ward_name"]) if named else never,
    )


def _decide(
    said: _Said, *, located: Located, has_point: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give each record its outcome (a position in `OUTCOMES`: the first that is true) and its ward."""
    found = located.ward != NOWHERE
    true = [
        said.by_code != NOWHERE,
        said.by_name != NOWHERE,
        found & ~located.nearest,
        found,
        has_point,
        said.code_given | said.name_given,
    ]
    outcome = np.select(true, list(range(len(true))), default=len(true))
    ward = np.select(true[:2], [said.by_code, said.by_name], default=located.ward)
    return outcome.astype(np.intp), ward.astype(np.intp)


def _report(outcome: NDArray[np.intp], said: _Said) -> JoinReport:
    counted = np.bincount(outcome, minlength=len(OUTCOMES)).tolist()
    count = dict(zip(OUTCOMES, counted, strict=True))
    return JoinReport(
        read=len(outcome),
        used=sum(count[way] for way in USED),
        unlocated=count["unlocated"],
        outside=count["outside"],
        unmatched=count["unmatched"],
        by_code=count["code"],
        by_name=count["name"],
        by_point=count["point"],
        nearest=count["nearest"],
        contradictions=int(said.contradicts.sum()),
        code_and_name=int(said.both.sum()),
        unknown_codes=int((said.code_given & (said.by_code == NOWHERE)).sum()),
    )
