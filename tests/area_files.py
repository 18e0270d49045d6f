"""A small area as input files, made by hand: six square wards of 1 km in two districts, two years of events."""

from functools import cache
from pathlib import Path

import geopandas as gpd
import shapely

from data.demo.files import wards_geojson
from data.settings import Settings
from ingest.pipeline import Inputs

EAST, NORTH, SIDE = 450_000, 300_000, 1_000
CODES = [f"X0590000{number}" for number in range(6)]
NAMES = ["Castle", "Mill & Bridge", "St Anne's", "Castle", "Park", "Weir"]
DISTRICTS = ["North", "North", "North", "South", "South", "South"]
QUARTERS = ["2024/25 Q1", "2024/25 Q2", "2024/25 Q3", "2024/25 Q4"]

PLACES = """
[partnership]
name = "Sixwards"
[wards]
vintage = 2023
[population]
name = "ward_name"
district = "district"
"""
"""Settings of an area without its incidents."""

SETTINGS = (
    PLACES
    + """[incidents]
date = "date"
easting = "easting"
northing = "northing"
category = "strand"
"""
)

POPULATION = ["ward_code,ward_name,district,residents"] + [
    f"{code},{name},{district},{3_000 + 100 * number}"
    for number, (code, name, district) in enumerate(zip(CODES, NAMES, DISTRICTS, strict=True))
]
REFERRALS = ["ward_code,quarter,category,sector,count"] + [
    f"{code},{quarter},concern,education,{9 if code == CODES[0] else 1}" for code in CODES for quarter in QUARTERS
]


def middle(ward: int, *, dx: int = 0, dy: int = 0) -> str:
    """Easting and northing of the middle of a ward, moved by some metres."""
    return f"{EAST + (ward % 3) * SIDE + SIDE // 2 + dx},{NORTH + (ward // 3) * SIDE + SIDE // 2 + dy}"


INCIDENTS = ["date,easting,northing,strand"] + [
    f"{year}-{month:02d}-15,{middle(ward)},race"
    for year, months in ((2024, range(4, 13)), (2025, range(1, 4)))
    for month in months
    for ward in [*range(6), 0, 0, 0, 4]
]


def write_area(
    folder: Path,
    *,
    settings: str = SETTINGS,
    population: list[str] = POPULATION,
    referrals: list[str] = REFERRALS,
    incidents: list[str] = INCIDENTS,
    names: list[str] = NAMES,
    provenance: str | None = None,
) -> tuple[Path, Inputs]:
    """Write the files; give the path of the settings and the inputs."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(settings, encoding="utf-8")
    (folder / "wards.geojson").write_text(_wards_text(tuple(names), provenance), encoding="utf-8")
    for name, lines in {"population": population, "referrals": referrals, "incidents": incidents}.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "settings.toml", Inputs(
        wards=folder / "wards.geojson",
        population=folder / "population.csv",
        referrals=folder / "referrals.csv",
        incidents=[folder / "incidents.csv"],
    )


@cache
def _wards_text(names: tuple[str, ...], provenance: str | None) -> str:
    return wards_geojson(squares([*names], provenance=provenance))


def squares(names: list[str] = NAMES, *, provenance: str | None = None) -> gpd.GeoDataFrame:
    """The six wards, EPSG:27700."""
    corners = [(EAST + x * SIDE, NORTH + y * SIDE) for y in range(2) for x in range(3)]
    table: dict[str, object] = {"ward_code": CODES, "ward_name": names, "district": DISTRICTS}
    if provenance:
        table["provenance"] = provenance
    boxes = [shapely.box(x, y, x + SIDE, y + SIDE) for x, y in corners]
    return gpd.GeoDataFrame(table, geometry=boxes, crs="EPSG:27700")


def in_place_of(settings: Settings, **sections: dict[str, object]) -> Settings:
    """The same settings with some keys of some sections changed."""
    plain = settings.model_dump(exclude_unset=True)
    for section, keys in sections.items():
        plain[section] = {**plain.get(section, {}), **keys}
    return Settings.model_validate(plain)
