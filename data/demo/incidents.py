"""Invented incidents: dates, street points and strands, with the gaps that real files have."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from data.demo import published
from data.demo.cells import Integers
from data.demo.ground import Array
from data.demo.referrals import INVENTED
from data.quarters import parse_quarter

STREET_POINTS = 70
"""Places per ward that incidents are snapped to."""
ON_BORDER = 2
"""How many of them lie exactly on the ward's border, as points on a road between two wards do."""
UNLOCATED, OUTSIDE = 0.026, 0.006
"""Shares of incidents without coordinates, and with coordinates outside the county."""
DISPERSION = 12.0
"""Shape of the gamma noise on each ward and quarter: counts vary a little more than Poisson."""
_SEASON = {1: 1.05, 2: 1.12, 3: 0.97, 4: 0.86}
_WEEKDAYS = np.array([0.95, 0.95, 0.95, 1.0, 1.15, 1.15, 0.85])


def draw_incidents(
    wards: gpd.GeoDataFrame, expected: Array, quarters: list[str], rng: np.random.Generator
) -> pd.DataFrame:
    """Draw incidents.

    Parameters
    ----------
    wards
        `geometry`, EPSG:27700.
    expected
        (quarters, n) expected count of each quarter and ward, before the season.

    Returns
    -------
    pandas.DataFrame
        `date`, `easting`, `northing` (whole metres; missing where unlocated), `strand`, `provenance`; by date.
    """
    places = [_street_points(polygon, rng) for polygon in wards.geometry]
    season = np.array([_SEASON[parse_quarter(quarter).quarter] for quarter in quarters])[:, None]
    noise = rng.gamma(DISPERSION, 1 / DISPERSION, size=expected.shape)
    counts = rng.poisson(expected * season * noise)
    quarter, ward = (np.repeat(axis.ravel(), counts.ravel()) for axis in np.indices(counts.shape))
    points = _blemished(_placed(places, ward, rng), wards.total_bounds, rng)
    shares = np.array(list(published.STRANDS.values()))
    table = pd.DataFrame(
        {
            "date": _dates(quarter, quarters, rng),
            "easting": pd.array(points[:, 0], dtype="Float64").astype("Int64"),
            "northing": pd.array(points[:, 1], dtype="Float64").astype("Int64"),
            "strand": rng.choice(list(published.STRANDS), size=len(ward), p=shares / shares.sum()),
            "provenance": INVENTED,
        }
    )
    return table.sort_values("date", kind="stable").reset_index(drop=True)


def _street_points(polygon: BaseGeometry, rng: np.random.Generator) -> Array:
    """Invent places in a ward, near a few centres of activity; the first few lie on its border."""
    left, low, right, high = polygon.bounds
    anywhere = rng.uniform((left, low), (right, high), size=(4000, 2))
    inside = anywhere[shapely.contains_xy(polygon, *anywhere.T)]
    if not len(inside):
        inside = shapely.get_coordinates(shapely.point_on_surface(polygon))
    hubs = inside[:5]
    spread = 0.13 * np.sqrt(polygon.area)
    near = hubs[rng.integers(len(hubs), size=1500)] + rng.normal(scale=spread, size=(1500, 2))
    near = np.rint(np.vstack([near, inside]))
    near = near[shapely.contains_xy(polygon, *near.T)]
    border = shapely.get_coordinates(shapely.boundary(polygon))
    places = np.vstack([border[rng.integers(len(border), size=ON_BORDER)], near])[:STREET_POINTS]
    # Islands far apart fill little of the box around them: places then repeat.
    return places if len(places) == STREET_POINTS else places[np.arange(STREET_POINTS) % len(places)]


def _placed(places: list[Array], ward: Integers, rng: np.random.Generator) -> Array:
    """Put each incident at a place of its ward; some places see many, most few."""
    favour = rng.permuted(np.tile(1 / (np.arange(STREET_POINTS) + 4.0), (len(places), 1)), axis=1)
    limits = np.cumsum(favour, axis=1) / favour.sum(axis=1, keepdims=True)
    drawn = rng.random(len(ward))
    which = (drawn[:, None] > limits[ward]).sum(axis=1)
    return np.asarray(np.stack(places)[ward, which])


def _blemished(points: Array, bounds: Array, rng: np.random.Generator) -> Array:
    """Leave some points out and put a few elsewhere, as in files from real systems."""
    points = points.copy()
    fate = rng.random(len(points))
    points[fate < UNLOCATED] = np.nan
    elsewhere = fate > 1 - OUTSIDE
    margin = rng.uniform(4_000, 40_000, size=int(elsewhere.sum()))
    angle = rng.uniform(np.pi / 2, 3 * np.pi / 2, size=len(margin))
    west = np.column_stack([bounds[0] + margin * np.cos(angle), rng.uniform(bounds[1], bounds[3], size=len(margin))])
    points[elsewhere] = np.rint(np.minimum(west, [bounds[0] - 500, np.inf]))
    return points


def _dates(quarter: Integers, quarters: list[str], rng: np.random.Generator) -> "pd.Series[pd.Timestamp]":
    dates = np.empty(len(quarter), dtype="datetime64[D]")
    for number, label in enumerate(quarters):
        period = parse_quarter(label)
        days = pd.date_range(period.start_time.normalize(), period.end_time.normalize(), freq="D")
        chance = _WEEKDAYS[days.day_of_week]
        here = quarter == number
        drawn = rng.choice(days.to_numpy().astype("datetime64[D]"), size=int(here.sum()), p=chance / chance.sum())
        dates[here] = drawn
    return pd.Series(dates.astype("datetime64[s]"))
