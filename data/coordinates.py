"""Points of incidents in metres on the British National Grid (EPSG:27700)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyproj import Transformer

from data.numbers import parse_numbers

# Great Britain, its islands and its territorial edge. Nothing on land has an easting or northing under a kilometre, so what
# is nearly 0 is an empty field that a system filled with zeros, or degrees in a column for metres.
_EASTINGS = (1_000.0, 700_000.0)
_NORTHINGS = (1_000.0, 1_300_000.0)
_LONGITUDES = (-9.5, 2.5)
_LATITUDES = (49.0, 61.5)


@dataclass(frozen=True)
class Points:
    """Points on the index of the rows. Easting and northing are both there or both missing."""

    easting: "pd.Series[float]"
    northing: "pd.Series[float]"
    impossible: "pd.Series[bool]"
    """Something is given that cannot be a place in Great Britain."""
    swapped: "pd.Series[bool]"
    """Impossible, but possible if the two numbers change places."""


def points_from_metres(eastings: "pd.Series[str]", northings: "pd.Series[str]") -> Points:
    """Read eastings and northings (text) in metres, EPSG:27700."""
    x, y = parse_numbers(eastings), parse_numbers(northings)
    right = x.between(*_EASTINGS) & y.between(*_NORTHINGS)
    given = eastings.notna() | northings.notna()
    # On this grid two numbers can often change places and still be on it, so nothing is called swapped.
    never = pd.Series(False, index=x.index)
    return Points(x.where(right), y.where(right), given & ~right, never)


def points_from_degrees(longitudes: "pd.Series[str]", latitudes: "pd.Series[str]") -> Points:
    """Read longitudes and latitudes (text) in degrees, EPSG:4326, and convert them to EPSG:27700.

    Converted by PROJ with the transformation that is on this machine: to a few metres without the OSTN15 grid, to
    centimetres with it.
    """
    x, y = parse_numbers(longitudes), parse_numbers(latitudes)
    right = x.between(*_LONGITUDES) & y.between(*_LATITUDES)
    swapped = x.between(*_LATITUDES) & y.between(*_LONGITUDES)
    given = longitudes.notna() | latitudes.notna()
    easting, northing = _to_metres(x.where(right), y.where(right))
    on_grid = easting.between(*_EASTINGS) & northing.between(*_NORTHINGS)
    return Points(easting.where(on_grid), northing.where(on_grid), given & ~on_grid, swapped)


def _to_metres(x: "pd.Series[float]", y: "pd.Series[float]") -> "tuple[pd.Series[float], pd.Series[float]]":
    known = (x.notna() & y.notna()).to_numpy()
    eastings, northings = np.full(len(x), np.nan), np.full(len(x), np.nan)
    if known.any():
        transformer = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
        eastings[known], northings[known] = transformer.transform(x.to_numpy()[known], y.to_numpy()[known])
    return pd.Series(eastings, index=x.index), pd.Series(northings, index=x.index)
