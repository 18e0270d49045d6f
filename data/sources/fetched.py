"""What was fetched, written whole or not at all: the data, and beside them where they came from and on what terms.

A folder holds one data file and `source.json`: address, service, layer, fields, counts promised and got, times, hash, licence,
attribution, and the lines to paste into the settings. The data file is read back by the program's own reader before the folder
is put in its place.
"""

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from data.durable import write_folder
from data.errors import UsageError
from data.limits_settings import LIMITS, Limits
from data.reading_population import read_population
from data.reading_wards import read_wards
from data.settings import Population, Wards
from data.settings_columns import Columns as Mapped
from data.settings_columns import lines_to_paste
from data.sources.faults import ServiceError
from data.sources.paging import Fetched
from data.sources.terms import Terms
from data.spreadsheet_text import harmless_table
from data.version import software_version

SOURCE = "source.json"
_OUTLINES, _TABLE = "wards.gpkg", "table.csv"


@dataclass(frozen=True)
class Product:
    """A table that is ready to be saved."""

    name: str
    """Of the folder, e.g. `wards_2023_BGC`."""
    table: pd.DataFrame
    """With outlines, if it is a GeoDataFrame."""
    settings: Mapped
    """Section of the settings to key to value."""
    sources: tuple[tuple[str, Fetched], ...]
    """Address of each layer that it was made of, and what came."""
    terms: Terms
    areas: tuple[str, ...] = ()
    """To which the table was cut; all if empty."""

    def lines(self) -> str:
        """Write the lines to paste into the settings."""
        return lines_to_paste(self.settings)


def refuse_to_overwrite(folder: Path) -> None:
    """Stop before anything is asked if the place is taken.

    Raises
    ------
    UsageError
        Saying so.
    """
    if folder.exists():
        raise UsageError(
            f"{folder} is there already, and is left as it is. Remove it, or give another folder with --out."
        )


def save(product: Product, out: Path, *, limits: Limits = LIMITS) -> Path:
    """Write the folder, and give it; the pages that it was made of are then removed.

    Raises
    ------
    ServiceError
        If the program's own reader does not take what was to be saved. Nothing is left then.
    """
    target = out / product.name
    refuse_to_overwrite(target)
    if not write_folder(target, lambda folder: _fill(folder, product, limits=limits)):
        refuse_to_overwrite(target)
    for _, fetched in product.sources:
        shutil.rmtree(fetched.files[0].parent, ignore_errors=True)
    return target


def _fill(folder: Path, product: Product, *, limits: Limits) -> None:
    file = folder / (_OUTLINES if isinstance(product.table, gpd.GeoDataFrame) else _TABLE)
    if isinstance(product.table, gpd.GeoDataFrame):
        product.table.to_file(file, driver="GPKG", layer="wards", engine="pyogrio")
    else:
        harmless_table(product.table).to_csv(file, index=False, lineterminator="\n")
    _read_back(file, product, limits=limits)
    said = json.dumps(_said(file, product), indent=2, ensure_ascii=False)
    (folder / SOURCE).write_text(said + "\n", encoding="utf-8")


def _read_back(file: Path, product: Product, *, limits: Limits) -> None:
    for section, keys in product.settings.items():
        plain = {key: value for key, value in keys.items() if value is not None}
        if section == "wards":
            rows = len(read_wards(file, Wards.model_validate(plain), limits=limits).rows)
        else:
            rows = len(read_population(file, Population.model_validate(plain), limits=limits).rows)
        if rows != len(product.table):
            raise ServiceError(
                f"Of {len(product.table):,} wards that were fetched, {rows:,} can be read back. Nothing was saved. "
                "Please report it."
            )


def _said(file: Path, product: Product) -> dict[str, Any]:
    """Write down where it came from."""
    return {
        "file": file.name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "records": len(product.table),
        "areas": list(product.areas) or "all",
        "sources": [_source(address, fetched) for address, fetched in product.sources],
        **asdict(product.terms),
        "settings": product.lines().splitlines(),
        "software": f"ward-overlap {software_version()}",
    }


def _source(address: str, fetched: Fetched) -> dict[str, Any]:
    edited = fetched.layer.edited
    return {
        "address": address,
        "layer": fetched.layer.name,
        "fields": list(fetched.fields),
        "records_promised": len(fetched.ids),
        "records_got": fetched.got,
        "pages": len(fetched.files),
        "edited": None if edited is None else datetime.fromtimestamp(edited / 1000, UTC).isoformat(timespec="seconds"),
        "fetched": fetched.finished.isoformat(timespec="seconds"),
    }
