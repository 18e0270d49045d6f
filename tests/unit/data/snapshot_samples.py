"""Small contents of a snapshot, for the tests of snapshots and for the processes that those tests start and kill."""

import geopandas as gpd
import pandas as pd
from shapely import box

from data.manifest import SourceFile
from data.report import Finding, TableReport
from data.settings import Incidents, Partnership, Settings, Wards
from data.snapshot_contents import SnapshotContents

CODES = ["W3", "W1", "W2"]


def make_settings(**incidents: object) -> Settings:
    return Settings(
        partnership=Partnership(name="Merefield"),
        wards=Wards(vintage=2023),
        incidents=Incidents(date="Date", easting="E", northing="N", category="Strand", **incidents),
    )


def make_source(role: str = "wards", *, content: int = 0, file: str = "wards.geojson") -> SourceFile:
    return SourceFile(role=role, file=file, sha256=f"{content:064x}", bytes=10)


def make_contents(*, content: int = 0, **changes: object) -> SnapshotContents:
    squares = [box(450_000 + x, 300_000, 450_100 + x, 300_100) for x in (200, 0, 100)]
    names = {"ward_code": CODES, "ward_name": ["Three", "One", "Two"], "district": "Mere"}
    wards = gpd.GeoDataFrame({**names, "residents": [30.0, 10.0, 20.0], "workday": None}, geometry=squares, crs=27700)
    parts: dict[str, object] = {
        "wards": wards.astype({"workday": float}),
        "outlines": gpd.GeoDataFrame(names, geometry=squares, crs=27700).to_crs(4326),
        "referrals": make_referrals(),
        "incidents": make_incidents(),
        "reports": (TableReport("wards", ("w.csv",), 3, {"used": 3}, (Finding("w.csv", "odd", "Look.", row=2),)),),
        "sources": (make_source(content=content),),
        "settings": make_settings(),
    }
    return SnapshotContents(**{**parts, **changes})


def make_referrals() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ward_code": ["W2", "W1", "W1"],
            "quarter": ["2025/26 Q1", "2025/26 Q2", "2024/25 Q4"],
            "category": ["b", "a", "a"],
            "sector": ["education", "police", "health"],
            "count": [2, 1, 3],
        }
    )


def make_incidents() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ward_code": ["W3", "W1"],
            "quarter": ["2025/26 Q1", "2025/26 Q1"],
            "date": pd.to_datetime(["2025-05-01", None]),
            "category": ["race", None],
            "count": [1, 1],
            "easting": [450_250.0, None],
            "northing": [300_050.0, None],
            "joined_by": ["point", "code"],
        }
    )
