"""The demonstration area as plain files: a worked example of the file formats, marked invented throughout."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.demo import plan
from data.demo.provision import FILE, demo_provision
from data.demo.stored import stored_area
from data.settings import Settings

VINTAGE = 2025
SETTINGS_TOML = f"""\
# Settings of the demonstration area. Everything it describes is fictional.
# Columns that have the usual names (ward_code, ward_name, district, residents, quarter, category, sector, count)
# need no mention.

[partnership]
name = "{plan.COUNTY} (fictional)"

[wards]
vintage = {VINTAGE}            # the year of the boundaries

[population]
name = "ward_name"        # names are compared with the boundaries' as a check on the codes
district = "district"
workday = "workday"

[incidents]
date = "date"
easting = "easting"
northing = "northing"
category = "strand"

[briefing]
second_person = false     # one person alone may try every step here; documents say that no second person approved them
"""

README = f"""\
{plan.COUNTY}: THIS PLACE IS FICTIONAL

No place, ward, person, referral or incident in these files is real. The county lies in open sea, its codes begin
with X, which no real area's code does, and every row says `invented` in the column `provenance`. That mark travels
with the data: everything made from it says so.

The files are also a worked example of what the program reads.

settings.toml   what the columns are called, and how the area is analysed
wards.geojson   ward boundaries: ward_code, ward_name, district (longitude and latitude, EPSG:4326)
population.csv  one row a ward: residents, and workday (people there on a working day)
referrals.csv   counts of Prevent referrals by ward, quarter, type of concern (category) and sector. No row is about
                a person, and a column that was would be refused. Types of concern change with 2024/25, as they did.
incidents.csv   one row an incident: date, easting and northing (EPSG:27700, metres, of a street point), strand.
                As in real files some have no coordinates and a few lie outside the area.
{FILE}
                what is provided where: projects, groups, forums, training, champions (whose names are never kept), with dates
                and cost. Its name says of which day it is. It may be left out.
truth.csv       where risks were raised on purpose, and when. The program never reads it: compare what it finds.

Load them:

    python cli.py ingest --settings settings.toml --wards wards.geojson --population population.csv \\
        --referrals referrals.csv --incidents incidents.csv --provision {FILE}
"""


def demo_settings() -> Settings:
    """Give the settings of the demonstration area."""
    return Settings.model_validate(tomllib.loads(SETTINGS_TOML))


def write_demo(folder: Path, *, progress: Callable[[str], None] | None = None) -> list[Path]:
    """Write the demonstration area as plain files.

    Parameters
    ----------
    folder
        Made if it is not there. Files of the same names are replaced.
    progress
        Called with the name of each file once it is written.

    Returns
    -------
    list of pathlib.Path
        `README.txt`, `settings.toml`, `wards.geojson`, `population.csv`, `referrals.csv`, `incidents.csv`, the file of what is
        provided, `truth.csv`.
    """
    area = stored_area()
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "README.txt": README,
        "settings.toml": SETTINGS_TOML,
        "wards.geojson": wards_geojson(area.wards.drop(columns="district_code")),
        "population.csv": _csv(area.population),
        "referrals.csv": _csv(area.referrals),
        "incidents.csv": _csv(area.incidents),
        FILE: _csv(demo_provision(area.wards, area.truth)),
        "truth.csv": _csv(area.truth),
    }
    for name, text in content.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        if progress:
            progress(name)
    return [folder / name for name in content]


def wards_geojson(wards: gpd.GeoDataFrame) -> str:
    """Write wards as GeoJSON text: EPSG:4326, six decimals, each shared corner the same on both sides."""
    degrees = wards.to_crs("EPSG:4326")
    degrees = degrees.set_geometry(shapely.transform(degrees.geometry.to_numpy(), lambda corners: np.round(corners, 6)))
    return degrees.set_crs("EPSG:4326").to_json(drop_id=True, ensure_ascii=False)


def _csv(table: pd.DataFrame) -> str:
    return table.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
