"""The wards of a whole country as a boundary file gives them, with what it says of districts and what these lie in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.area_headings import DISTRICT, WARD, find_fields, year_of
from data.codes import clean_codes, clean_texts
from data.errors import RefusedInputError, UsageError
from data.headings import PROVENANCE
from data.input_guard import check_file
from data.limits_settings import LIMITS, Limits
from data.reading_areas import AreaLookup
from data.ward_files import GEOJSON, WARD_SUFFIXES, open_wards, read_outlines

_BY_HAND = ("ward_code", "ward_name", "district_code", "district_name")


@dataclass(frozen=True)
class NationalWards:
    """A boundary file before anything is chosen from it.

    Attributes
    ----------
    shapes : GeoSeries
        Outlines as they came, in the file's own coordinate reference system.
    cells : DataFrame
        In the same order: `ward_code`, `ward_name`, and where the file has them `district_code`, `district_name`,
        `district_welsh`, `county_code` and so on; cleaned. `provenance` too.
    headings
        Column of `cells` to the file's own heading.
    year
        Of the boundaries, if a heading says it.
    """

    shapes: gpd.GeoSeries
    cells: pd.DataFrame
    headings: Mapping[str, str]
    file: Path
    year: int | None
    notes: tuple[str, ...] = ()
    crs: str | None = None
    """Said by hand, for a file that names none."""

    @property
    def in_degrees_by_standard(self) -> bool:
        """Whether its coordinate reference system is only the one that its format implies."""
        return self.file.suffix.lower() in GEOJSON

    def own_lookup(self) -> AreaLookup:
        """What the file itself says of what its wards lie in."""
        return AreaLookup(self.cells, self.file.name, self.year)


def read_national(
    path: Path,
    *,
    layer: str | None = None,
    crs: str | None = None,
    by_hand: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
) -> NationalWards:
    """Read the wards of a country. Which column is which is told from the headings, or said by hand.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, shapefile (zipped too) or GeoParquet.
    layer
        Of a GeoPackage; the only one if `None`.
    crs
        Its coordinate reference system, if the file does not say it.
    by_hand
        `ward_code`, `ward_name`, `district_code`, `district_name` to a heading.

    Raises
    ------
    RefusedInputError
        If it cannot be read, or it cannot be told what a column holds that is needed.
    UsageError
        If a heading that was said by hand is not there.
    """
    check_file(path, suffixes=WARD_SUFFIXES, do="Use GeoJSON, GeoPackage, a shapefile or GeoParquet.", limits=limits)
    opened = open_wards(path, layer=layer, limits=limits)
    fields = {f"{kind}_{part}": opened.columns[at] for (kind, part), at in find_fields(opened.columns).items()}
    fields = {**fields, **_said_by_hand(by_hand or {}, opened.columns, file=path.name)}
    _refuse_untold(fields, opened.columns, file=path.name)
    year = year_of([*fields.values()], {(WARD, "code"): [*fields].index("ward_code")}, WARD)
    marks = [one for one in opened.columns if one.casefold() == PROVENANCE]
    fields |= {PROVENANCE: marks[0]} if marks else {}
    frame, notes = read_outlines(opened, list(dict.fromkeys(fields.values())), file=path.name, limits=limits)
    cells = pd.DataFrame({name: clean_texts(frame[heading].astype("str")) for name, heading in fields.items()})
    codes = {name: clean_codes(cells[name]) for name in fields if name.endswith("_code")}
    return NationalWards(frame.geometry, cells.assign(**codes), fields, path, year, notes, crs)


def _said_by_hand(by_hand: Mapping[str, str], columns: tuple[str, ...], *, file: str) -> dict[str, str]:
    for key, heading in by_hand.items():
        if key not in _BY_HAND:
            raise UsageError(f"--heading: there is no '{key}'. Choose among {', '.join(_BY_HAND)}.")
        if heading not in columns:
            raise UsageError(f"--heading: {file} has no column '{heading}'. Its headings are {_quoted(columns)}.")
    return dict(by_hand)


def _refuse_untold(fields: Mapping[str, str], columns: tuple[str, ...], *, file: str) -> None:
    for key in ("ward_code", "ward_name"):
        if key not in fields:
            raise RefusedInputError(
                f"{file}: it cannot be told which column holds the {key.replace('_', ' ')}s. Its headings are "
                f"{_quoted(columns)}. "
                f"Say it with --heading {key}=HEADING."
            )


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f"'{one}'" for one in columns[:40]) or "none"


def with_district_names(wards: NationalWards, lookup: AreaLookup | None) -> NationalWards:
    """Take the names of districts from a lookup where the boundary file has none.

    Raises
    ------
    RefusedInputError
        If they cannot be had for every ward: names of wards repeat, and only the district tells them apart.
    """
    if f"{DISTRICT}_name" in wards.headings:
        return wards
    names = pd.Series(pd.NA, index=wards.cells.index, dtype="str")
    for key in ("ward_code", "district_code"):
        if lookup is not None and {key, "district_name"} <= {*lookup.rows} and key in wards.cells:
            known = lookup.rows.dropna(subset=[key]).drop_duplicates(key).set_index(key)["district_name"]
            names = names.fillna(wards.cells[key].map(known).astype("str"))
    if names.isna().any():
        raise RefusedInputError(
            f"{wards.file.name}: {int(names.isna().sum()):,} of {len(names):,} wards have no name of a district, in the file or "
            "in a lookup. Give a lookup of the same year with --lookup (from codes of wards or districts to names of districts), "
            "or say the column with --heading district_name=HEADING."
        )
    headings = {**wards.headings, "district_name": "district"}
    return replace(wards, cells=wards.cells.assign(district_name=names), headings=headings)
