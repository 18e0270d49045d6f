"""The invented county as it is kept in the repository, small, and read back."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.demo.generate import DemoArea

STORED = Path(__file__).parent / "stored"
_TABLES = ("population", "referrals", "incidents", "truth")


def store_area(area: DemoArea, folder: Path = STORED) -> list[Path]:
    """Write the county as Parquet; `python -m data.demo` does this for the repository's own copy."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / "wards.parquet"]
    area.wards.to_parquet(paths[0], compression="zstd", compression_level=19, index=False)
    for name in _TABLES:
        paths.append(folder / f"{name}.parquet")
        getattr(area, name).to_parquet(paths[-1], compression="zstd", compression_level=19, index=False)
    return paths


def stored_area(folder: Path = STORED) -> DemoArea:
    """Read the county as stored."""
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in _TABLES}
    return DemoArea(wards=gpd.read_parquet(folder / "wards.parquet"), **tables)
