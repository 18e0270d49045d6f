"""Which share of each ward of one vintage goes to each ward of another. Why not `tobler`: docs/adr, on vintages."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from data.errors import RefusedInputError, UsageError
from geo.vintage_names import say_contradictions, shared_codes
from geo.vintage_pieces import DrawingError, lay_over, measure_drawing
from geo.vintage_sizes import residents_by_density, residents_by_places
from geo.ward_checks import check_wards
from geo.ward_names import plain_name

CODE, NAME, OUTLINE, LOOKUP = "code and outline", "name and outline", "outline", "lookup"
AREA, RESIDENTS = "area", "residents"
BASES = (CODE, NAME, OUTLINE, LOOKUP, AREA, RESIDENTS)
"""By what the shares of an old ward are known. The first three move it whole; the last two estimate."""
_LEAST_COVERED = 0.5
_SHOWN = 8


@dataclass(frozen=True)
class VintageWeights:
    """Shares of old wards, and how they were found.

    Attributes
    ----------
    table
        `from_code`, `to_code`, `share` (above 0; those of one old ward sum to 1) and `basis` (one of `BASES`), sorted by codes.
    pieces
        What the outlines say, slivers and all, as `geo.vintage_pieces.lay_over` gives it.
    drawing
        How wide a piece had to be to count.
    remarks
        Sentences: codes that contradict names or outlines, and what could not be done as asked.
    """

    table: pd.DataFrame
    pieces: pd.DataFrame
    drawing: DrawingError
    remarks: tuple[str, ...]

    @property
    def split(self) -> pd.DataFrame:
        """The shares of wards that go to several new ones."""
        return self.table[self.table["from_code"].duplicated(keep=False)]

    @property
    def whole(self) -> pd.DataFrame:
        """The shares of wards that go to one new ward."""
        return self.table[~self.table["from_code"].duplicated(keep=False)]


def vintage_weights(
    old: gpd.GeoDataFrame,
    new: gpd.GeoDataFrame,
    *,
    lookup: pd.DataFrame | None = None,
    residents: "pd.Series[float] | gpd.GeoDataFrame | None" = None,
    widest_sliver: float | None = None,
) -> VintageWeights:
    """Find the share of each old ward that goes to each new one.

    In this order: what a lookup says of a ward; else, where only one new ward holds more of it than a sliver, that one, whole;
    else by the area of the pieces, or by the residents of the pieces where those are given. Slivers are pieces too narrow to be
    more than a difference of drawing (`geo.vintage_pieces.measure_drawing`); their share goes to the ward's other pieces. A
    new ward of which old wards cover at least half keeps the largest piece in it, however narrow.

    Parameters
    ----------
    old, new : GeoDataFrame
        `ward_code` (unique), `ward_name`, `district` and valid outlines, in one projected CRS in metres.
    lookup
        `from_code`, `to_code` and `share` (missing where it says only where, not how much: then the pieces decide among the
        wards it names). As `data.reading_lookup.read_lookup` gives it.
    residents
        Of the new wards, by code; or of finer areas, as points or outlines with `residents`. Area decides without.
    widest_sliver
        Metres, instead of what is measured. Zero: every piece counts, as in plain areal weighting.

    Returns
    -------
    VintageWeights

    Raises
    ------
    RefusedInputError
        If the wards cannot be used, or the new ones do not cover the old.
    UsageError
        If the width is negative or not a number.
    """
    _check(old, new, widest_sliver=widest_sliver)
    old, new = (wards.assign(ward_code=wards["ward_code"].astype("str").str.strip()) for wards in (old, new))
    pieces = lay_over(old, new)
    _refuse_uncovered(old, pieces, lookup=lookup)
    shared = shared_codes(old, new)
    kept = pd.Index(shared.loc[shared["same"], "ward_code"])
    drawing = measure_drawing(pieces, kept=kept, given=widest_sliver)
    sized = _sized(pieces, old=old, new=new, residents=residents)
    estimated = _shares(sized[_counting(pieces, new=new, width=drawing.width)])
    said = _by_lookup(lookup, sized)
    table = pd.concat([said, estimated[~estimated["from_code"].isin(said["from_code"])]])
    table = _with_basis(table, old=old, new=new).sort_values(["from_code", "to_code"], ignore_index=True)
    remarks = (*say_contradictions(shared, table=table, named=new), *_say_fallen_back(table, residents=residents))
    return VintageWeights(table, pieces, drawing, remarks)


def _check(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, *, widest_sliver: float | None) -> None:
    check_wards(old)
    check_wards(new)
    if old.crs != new.crs:
        raise RefusedInputError("The wards of the two vintages are in different coordinate reference systems.")
    if widest_sliver is not None and not (np.isfinite(widest_sliver) and widest_sliver >= 0):
        raise UsageError("The width of a sliver must be a distance in metres, zero or more.")


def _refuse_uncovered(old: gpd.GeoDataFrame, pieces: pd.DataFrame, *, lookup: pd.DataFrame | None) -> None:
    covered = old["ward_code"].map(pieces.groupby("from_code")["area"].sum()).fillna(0.0)
    known = old["ward_code"].isin(lookup["from_code"]) if lookup is not None else False
    bare = old.loc[(covered < _LEAST_COVERED * old.geometry.area) & ~known, "ward_code"].tolist()
    if bare:
        listed = ", ".join(bare[:_SHOWN]) + (f" and {len(bare) - _SHOWN} more" if len(bare) > _SHOWN else "")
        raise RefusedInputError(
            f"The new wards do not cover the old: {len(bare):,} of {len(old):,} old wards lie by less than half in any of them "
            f"({listed}). Take both files for the same area, or say in a lookup where these wards went."
        )


def _sized(
    pieces: pd.DataFrame,
    *,
    old: gpd.GeoDataFrame,
    new: gpd.GeoDataFrame,
    residents: "pd.Series[float] | gpd.GeoDataFrame | None",
) -> pd.DataFrame:
    """Give each piece the `size` by which its ward is divided, and the `basis`: residents where known in all of the ward."""
    if residents is None:
        return pieces.assign(size=pieces["area"], basis=AREA)
    if isinstance(residents, gpd.GeoDataFrame):
        people = residents_by_places(pieces, old=old, new=new, places=residents)
    else:
        people = residents_by_density(pieces, residents=residents)
    by_ward = people.groupby(pieces["from_code"])
    usable = by_ward.transform("count").eq(by_ward.transform("size")) & by_ward.transform("sum").gt(0)
    return pieces.assign(size=people.where(usable, pieces["area"]), basis=np.where(usable, RESIDENTS, AREA))


def _counting(pieces: pd.DataFrame, *, new: gpd.GeoDataFrame, width: float) -> "pd.Series[bool]":
    """Tell which pieces are more than slivers."""
    counting = pieces["width"] > width
    area = pd.Series(new.geometry.area.to_numpy(), index=new["ward_code"])
    into = pieces.groupby("to_code")["area"]
    covered = into.transform("sum") >= _LEAST_COVERED * pieces["to_code"].map(area)
    counting |= covered & (pieces["area"] == into.transform("max"))
    # A ward narrower than that everywhere has only what would be slivers of another.
    return counting | ~counting.groupby(pieces["from_code"]).transform("any")


def _shares(sized: pd.DataFrame) -> pd.DataFrame:
    """Divide each old ward among its pieces by their size; by area where no piece that counts has any."""
    whole = sized.groupby("from_code")["size"].transform("sum")
    size = sized["size"].where(whole > 0, sized["area"])
    share = size / size.groupby(sized["from_code"]).transform("sum")
    basis = sized["basis"].where(whole > 0, AREA)
    shares = sized[["from_code", "to_code"]].assign(share=share, basis=basis)
    return shares[shares["share"] > 0]


def _by_lookup(lookup: pd.DataFrame | None, sized: pd.DataFrame) -> pd.DataFrame:
    """Give the shares that a lookup states; where it only names the new wards, divide by the pieces in them."""
    keys = ["from_code", "to_code"]
    if lookup is None:
        return pd.DataFrame({"from_code": [], "to_code": [], "share": [], "basis": []}).astype({"share": "float64"})
    alone = ~lookup["from_code"].duplicated(keep=False)
    stated = lookup["share"].where(~alone, 1.0)
    told = lookup[keys].assign(share=stated, basis=LOOKUP)
    open_ends = told.loc[told["share"].isna(), keys].merge(sized, on=keys, how="left")
    lacking = open_ends.loc[~(open_ends.groupby("from_code")["size"].transform("sum") > 0), "from_code"].unique()
    if len(lacking):
        raise RefusedInputError(
            f"The lookup names several new wards for {', '.join(lacking[:_SHOWN])}, without shares, and the outlines lie in none "
            "of them. State the shares in the lookup."
        )
    divided = _shares(open_ends.dropna(subset="size")) if len(open_ends) else told.head(0)
    told = told[told["share"] > 0]
    return pd.concat([told, divided], ignore_index=True)


def _with_basis(table: pd.DataFrame, *, old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> pd.DataFrame:
    """Say by what each ward that goes whole, and not by a lookup, is known."""
    names = [wards.set_index("ward_code")["ward_name"].fillna("").map(plain_name) for wards in (old, new)]
    same_code = table["from_code"] == table["to_code"]
    before, after = table["from_code"].map(names[0]), table["to_code"].map(names[1])
    known = [same_code & (before == after), before == after]
    whole = np.select(known, [CODE, NAME], default=OUTLINE)
    moved_whole = ~table["from_code"].duplicated(keep=False) & (table["basis"] != LOOKUP)
    return table.assign(basis=table["basis"].where(~moved_whole, whole), share=table["share"].where(~moved_whole, 1.0))


def _say_fallen_back(table: pd.DataFrame, *, residents: object) -> list[str]:
    by_area = table.loc[table["basis"] == AREA, "from_code"].unique()
    if residents is None or not len(by_area):
        return []
    return [f"{', '.join(by_area)}: divided by area, because residents of their pieces are not known or there are none"]
