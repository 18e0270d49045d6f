"""Contiguous wards into areas large enough to publish.

The areas follow residents and geography; events only decide where two of them have to be one. They carry no significance:
an area is a way to show a number, not a finding.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from libpysal.graph import Graph
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.csgraph import connected_components

from analysis.area_hierarchy import pieces_by_residents
from analysis.area_names import code_area, name_areas
from analysis.patchwork import Piece, compactness, merge_short
from analysis.ward_land import WardLand, measure_land
from data.errors import RefusedInputError, UsageError

NO_SIGNIFICANCE = (
    "Areas put neighbouring wards together so that a number can be shown. They follow residents and district borders; "
    "where one begins or ends says nothing of risk."
)
MARGIN = 1.5
"""How many times the needed events an area is expected to have, at the whole area's rate: 1 would have areas change
with every quarter, 3 would make them coarse (measured by `bench/area_groups.py`)."""
_COLUMNS = {
    "area_code": "str",
    "wards": "int64",
    "residents": "float64",
    "referrals": "int64",
    "incidents": "int64",
    "compactness": "float64",
    "in_one_piece": "bool",
    "geometry": "object",
}
_STEPS = np.array([1.0, 1.25, 1.6, 2.0, 2.5, 3.15, 4.0, 5.0, 6.3, 8.0, 10.0])
"""Preferred numbers (ISO 3, R10)."""


@dataclass(frozen=True)
class Areas:
    """Areas of whole wards, with exact totals: for the gate, not for showing."""

    least: int
    """Every area has at least so many referrals and at least so many incidents."""
    least_residents: float
    """Residents that an area was to have at least; only a district or a part of one that is cut off can have fewer."""
    table: gpd.GeoDataFrame
    """One row an area, by name: `area_code`, `area_name`, `wards` (number of them), `residents` (of the wards where they
    are known), `referrals`, `incidents`, `compactness` (Polsby-Popper, 1 for a circle), `in_one_piece` (False where wards
    that touch no others were put to the nearest), `geometry` (in the CRS of the wards)."""
    ward_area: "pd.Series[str]"
    """Area code by ward code, in the order of the wards; missing where there is no area."""

    @property
    def too_few(self) -> tuple[str, ...]:
        """Codes of the wards in no area: none, or all of them because all together have too few events."""
        return tuple(self.ward_area.index[self.ward_area.isna()])

    @property
    def statement(self) -> str:
        """Say in two or three sentences what these areas are. It holds no count of events."""
        if self.too_few:
            return (
                f"All {len(self.ward_area)} wards together have too few referrals or too few incidents (under {self.least}) "
                "to be published, so there are no areas. Choose a longer window."
            )
        apart = int((~self.table["in_one_piece"]).sum())
        areas = "1 area" if len(self.table) == 1 else f"{len(self.table)} areas"
        parts = [
            f"{areas} of whole wards, each with at least {self.least} referrals and {self.least} incidents.",
            f"{apart} of them {'is' if apart == 1 else 'are'} not in one piece." if apart else "",
            NO_SIGNIFICANCE,
        ]
        return " ".join(part for part in parts if part)


def make_areas(
    wards: gpd.GeoDataFrame,
    *,
    referrals: ArrayLike,
    incidents: ArrayLike,
    neighbours: Graph,
    least: int,
    least_residents: float | None = None,
    least_wards: int = 1,
) -> Areas:
    """Put contiguous wards into areas that have at least `least` referrals and at least `least` incidents each.

    First pieces of at least `least_residents` are made within each district (`pieces_by_residents`): compact, of a size,
    and the same whatever the events. Then the piece furthest below `least` is merged with a neighbour, in its own
    district if it has one there, until no piece is below. So most borders do not depend on the events and stay where
    they are from quarter to quarter, and a merger says no more than that a piece had fewer than `least`.

    Every ward is in an area, or none is: a rest left out would follow from the total by subtraction. Wards that touch
    no other are put to the nearest area, which then is not in one piece, and says so.

    Parameters
    ----------
    wards : (n,) GeoDataFrame
        `ward_code`, `ward_name`, `district`, `residents` (missing counts as 0) and outlines, EPSG:27700.
    referrals, incidents : (n,) int arrays
        Events by ward, in the order of `wards`.
    neighbours : libpysal.graph.Graph
        Contiguity, as `geo.neighbours.ward_neighbours` gives it.
    least : int
        Events of each measure that an area needs, 1 or more: one more than the largest count that is suppressed.
    least_residents : float, optional
        Residents that a piece is to have. Without it, so many that at the whole area's rate `MARGIN` times `least`
        events of the rarer measure are expected among them, to the nearest of ten steps from 1 to 10, so that it does
        not move with every event. State it to keep the same areas for years.
    least_wards : int
        Wards that an area needs. Where there are fewer in all, there are no areas.

    Raises
    ------
    RefusedInputError
        If the wards, the neighbours or the counts cannot be used, or nobody is known to live in any ward.
    UsageError
        If `least` or `least_residents` is not above 0.

    Notes
    -----
    Two sets of areas from the same events (another `least`, another `least_residents`) may differ in a few wards, whose
    count then follows by subtraction: only one set may be shown. The same holds for totals of areas beside counts of
    their wards. Deciding that is the gate's work, not done here.
    """
    _check_options(least=least, least_residents=least_residents)
    counts = np.column_stack([_counts(referrals, name="referrals"), _counts(incidents, name="incidents")])
    if len(counts) != len(wards) or not len(wards):
        raise RefusedInputError(
            f"Expected at least one ward and a count for each, got {len(wards)} wards and {len(counts)} counts. "
            "Count by the codes of these wards."
        )
    # In order of their codes, so that the order of the rows of a file decides nothing.
    order = np.argsort(wards["ward_code"].astype("str").to_numpy(dtype=object), kind="stable")
    land, counts = measure_land(wards.iloc[order], neighbours=neighbours), counts[order]
    if not land.residents.any():
        raise RefusedInputError(
            "No ward has residents, and areas are made by residents. Load a population file with these wards."
        )
    enough = _usual_residents(land, counts=counts, least=least) if least_residents is None else float(least_residents)
    needed = np.array([least, least, least_wards])
    pieces = _pieces(land, counts=counts, needed=needed, least_residents=enough)
    table, area = _tabulate(wards.iloc[order], pieces=pieces, counts=counts, land=land)
    return Areas(least, enough, table, area.reindex(pd.Index(wards["ward_code"].astype("str"))))


def _check_options(*, least: int, least_residents: float | None) -> None:
    if least < 1:
        raise UsageError(
            f"least: expected 1 event or more, got {least}. Give one more than the largest suppressed count."
        )
    if least_residents is not None and not (np.isfinite(least_residents) and least_residents > 0):
        raise UsageError(
            f"least_residents: expected a number above 0, got {least_residents}. Leave it out for the usual one."
        )


def _counts(values: ArrayLike, *, name: str) -> NDArray[np.int64]:
    counts = np.asarray(values)
    if counts.ndim != 1 or not np.issubdtype(counts.dtype, np.integer) or (counts < 0).any():
        raise RefusedInputError(
            f"{name}: expected one whole number a ward, 0 or more, got something else. Count with count_by_ward."
        )
    return counts.astype(np.int64)


def _usual_residents(land: WardLand, *, counts: NDArray[np.int64], least: int) -> float:
    rarer = max(int(counts.sum(axis=0).min()), 1)
    expected = MARGIN * least * land.residents.sum() / rarer
    tens = 10.0 ** np.floor(np.log10(expected))
    return float(tens * _STEPS[np.abs(np.log(_STEPS * tens / expected)).argmin()])


def _pieces(
    land: WardLand, *, counts: NDArray[np.int64], needed: NDArray[np.int64], least_residents: float
) -> list[Piece]:
    """Give the rows of each area; none where all wards together have too few.

    `needed` is how many events of each measure, and how many wards, an area has at least.
    """
    amounts = np.column_stack([counts, np.ones(len(counts), dtype=np.int64)])
    if (amounts.sum(axis=0) < needed).any():
        return []
    whole = pieces_by_residents(land, least_residents=least_residents)
    return merge_short(whole, land=land, amounts=amounts.astype(np.float64), needed=needed.astype(np.float64))


def _tabulate(
    wards: gpd.GeoDataFrame, *, pieces: list[Piece], counts: NDArray[np.int64], land: WardLand
) -> tuple[gpd.GeoDataFrame, "pd.Series[str]"]:
    codes = wards["ward_code"].astype("str").to_numpy(dtype=object)
    area_of = np.full(len(wards), None, dtype=object)
    for piece in pieces:
        area_of[piece] = code_area(codes[piece])
    ward_area = pd.Series(area_of, index=pd.Index(codes, name="ward_code"), dtype="str", name="area_code")
    named = name_areas(wards, area=ward_area.set_axis(wards.index))
    rows = [_row(code_area(codes[piece]), piece=piece, counts=counts, land=land) for piece in pieces]
    table = gpd.GeoDataFrame(
        pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS), geometry="geometry", crs=wards.crs
    )
    table.insert(1, "area_name", table["area_code"].map(named).astype("str"))
    return table.sort_values(["area_name"], ignore_index=True), ward_area


def _row(code: str, *, piece: Piece, counts: NDArray[np.int64], land: WardLand) -> tuple[object, ...]:
    outline = shapely.union_all(land.outlines[piece])
    joined = connected_components(land.borders[piece][:, piece], directed=False)[0] == 1
    referrals, incidents = counts[piece].sum(axis=0)
    residents = land.residents[piece].sum()
    round_ = compactness(shapely.area(outline), shapely.length(outline))
    return code, len(piece), residents, referrals, incidents, round_, joined, outline
