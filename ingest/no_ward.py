"""Why no row of a file belongs to a ward, as far as can be told: a column taken for another, or a file of elsewhere.

Codes and names that belong to no ward are what a file says of people: they are counted, never shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from data.codes import are_ward_codes, clean_codes
from data.report import TableReport

_MOST = 0.5


@dataclass(frozen=True)
class Places:
    """What the rows of a table say of where they are."""

    rows: pd.DataFrame
    """As read, not joined: with any of `ward_code` and `ward_name`."""
    wards: gpd.GeoDataFrame
    columns: Mapping[str, str | None]
    """Headings of the two in the file, where known."""

    @property
    def column(self) -> str | None:
        """Heading of the column that names the ward."""
        return self.columns.get("ward_code" if len(self.texts("ward_code")) else "ward_name")

    def texts(self, key: str) -> "pd.Series[str]":
        """Give the filled cells of one of the two."""
        return self.rows[key].dropna().astype("str") if key in self.rows else pd.Series([], dtype="str")

    def called(self, key: str) -> str:
        """Name the column of one of the two."""
        heading = self.columns.get(key)
        return f"The column '{heading}'" if heading else f"The column of the ward's {key.removeprefix('ward_')}"


def why_none_belongs(report: TableReport, *, swapped: int, vintage: int, places: Places | None) -> str:
    """Say it, and what to do.

    Parameters
    ----------
    swapped
        How many rows would lie in the area were easting and northing exchanged.
    """
    file = report.files[0] if len(report.files) == 1 else f"{len(report.files)} files"
    none = f"{file}: no row of the {report.table} belongs to any ward"
    if swapped:
        return (
            f"{none}, and {swapped:,} would lie in the area if easting and northing were exchanged. Exchange the two columns, or "
            "correct the file."
        )
    if places and (said := _mixed_up(places) or _of_elsewhere(places, vintage=vintage)):
        return f"{none}. {said}"
    return (
        f"{none}. No place in it lies in this area. Check that it is the right file, and which columns hold the ward or the "
        "coordinates."
    )


def _mixed_up(places: Places) -> str:
    names, codes = places.texts("ward_name"), clean_codes(places.texts("ward_name"))
    own = codes.isin(places.wards["ward_code"].str.upper())
    if len(names) and (own | are_ward_codes(codes)).mean() >= _MOST:
        return f"{places.called('ward_name')} holds codes of wards, not names. Take it as the ward code."
    codes = places.texts("ward_code").str.casefold()
    if len(codes) and codes.isin(places.wards["ward_name"].str.casefold()).mean() >= _MOST:
        return f"{places.called('ward_code')} holds names of wards, not codes. Take it as the ward name."
    return ""


def _of_elsewhere(places: Places, *, vintage: int) -> str:
    for key, what in (("ward_code", "code"), ("ward_name", "name")):
        texts = places.texts(key)
        if len(texts):
            kinds = texts.nunique()
            rows = "1 row" if len(texts) == 1 else f"{len(texts):,} rows"
            none = f"its {what} is not that" if kinds == 1 else f"none of its {kinds:,} different {what}s is that"
            return (
                f"{places.called(key)} names a ward in {rows}, and {none} of one of this area's {len(places.wards):,} wards of "
                f"{vintage}. It looks like a file of another area, or of another year's boundaries. Check that it is the right "
                "file; if it is, load the boundaries that it uses."
            )
    return ""
