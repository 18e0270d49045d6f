"""A real partnership on its real public files: Leicester, Leicestershire and Rutland, 24 months of police.uk.

The incidents stand in for hate crime (police.uk public order offences) and the referrals are invented: neither is public.
"""

from pathlib import Path

from data.settings import Settings, load_settings
from data.snapshots import SnapshotStore
from ingest.inventing import write_invented_referrals
from ingest.pipeline import Ingested, Inputs, ingest

SETTINGS = """
[partnership]
name = "Leicester, Leicestershire and Rutland"
[wards]
vintage = 2023
code = "WD23CD"
name = "WD23NM"
district = "LAD23NM"
[population]
code = "ward24_code"
name = "ward24_name"
district = "ltla24_name"
residents = "total_residents"
[incidents]
date = "Month"
longitude = "Longitude"
latitude = "Latitude"
category = "Crime type"
keep = ["Public order"]
stand_in = "police.uk public order offences"
[analysis]
threshold = 1.5
fdr = 0.10
"""


def ingest_llr(folder: Path, *, files: Path) -> tuple[Ingested, Settings, SnapshotStore]:
    """Ingest the partnership into a store in `folder`, from the public files in `files`."""
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    settings = load_settings(folder / "settings.toml")
    wards, population = files / "wards_dec2023.geojson", files / "population_census2021_wd24_bestfit.csv"
    write_invented_referrals(
        folder / "referrals.csv",
        settings=settings,
        wards=wards,
        population=population,
        per_year=300,
        quarters=12,
        last_quarter="2022/23 Q3",
        seed=0,
    )
    inputs = Inputs(wards, population, folder / "referrals.csv", [files / "police_uk_street"])
    store = SnapshotStore(folder / "store")
    return ingest(inputs, settings=settings, store=store), settings, store
