"""Ward outlines for the browser: published once as a file, fetched once, kept by the browser."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely

from pages.components.script_text import as_script
from pages.components.static_files import STATIC_ROOT, hashed_name, prune_static, publish_static

_FOLDER = "outlines"

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees (EPSG:4326)."""


@dataclass(frozen=True)
class MapOutlines:
    """Published outlines: where they are, and which ward each row is."""

    url: str
    """Address of the outlines, relative to the map's own page."""
    version: str
    """Changes with the outlines; the map is built anew when it does."""
    ward_codes: tuple[str, ...]
    """In the order of the file: class codes are sent in this order and no other."""
    bounds: Bounds
    n: int
    districts_url: str | None = None
    """Address of the district borders, if they were published."""


def publish_outlines(
    geojson: str, ward_codes: Sequence[str], *, district_lines: str | None = None, root: Path = STATIC_ROOT
) -> MapOutlines:
    """Publish ward outlines for the map.

    Parameters
    ----------
    geojson : str
        FeatureCollection in EPSG:4326, one feature a ward in row order, with properties `code`, `name` and `district`.
        Anyone who reaches the server can fetch it: no value belongs in it.
    ward_codes : sequence of str
        The wards in row order; must be the features' own codes.
    district_lines : str, optional
        GeoJSON of district borders (any line or polygon geometry), drawn thicker over the wards.
    root : Path
        The static folder of the script that Streamlit runs.

    Raises
    ------
    ValueError
        If the features are not these wards in this order, carry another property, or there are none.
    """
    collection = json.loads(geojson)
    _check(collection, ward_codes)
    wards = _script("wardOutlines", collection)
    url = publish_static(wards, name=f"{_FOLDER}/wards.js", root=root)
    districts_url, version = None, hashed_name(wards, name="v")
    if district_lines is not None:
        lines = _script("wardDistrictLines", json.loads(district_lines))
        districts_url = publish_static(lines, name=f"{_FOLDER}/districts.js", root=root)
        version += hashed_name(lines, name="d")
    prune_static(_FOLDER, root=root)
    west, south, east, north = shapely.from_geojson(geojson).bounds
    return MapOutlines(url, version, tuple(ward_codes), (west, south, east, north), len(ward_codes), districts_url)


def _check(collection: dict[str, object], ward_codes: Sequence[str]) -> None:
    features = collection.get("features")
    if not isinstance(features, list) or not features:
        raise ValueError("the outlines hold no ward")
    if [feature["properties"].get("code") for feature in features] != list(ward_codes):
        raise ValueError("the outlines are not these wards in this order")
    if any(not set(feature["properties"]) <= {"code", "name", "district"} for feature in features):
        raise ValueError("the outlines carry a property other than code, name and district")


def _script(name: str, content: object) -> bytes:
    return f"window.{name}={as_script(content)};\n".encode("ascii")
