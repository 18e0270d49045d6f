"""The ground of the invented county: land, sea, the two banks of the river, and smooth noise to draw with."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from data.demo import plan

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Ground:
    """Kilometres of the sketch (`plan.ORIGIN`)."""

    mainland: shapely.Polygon
    island: shapely.Polygon
    north_bank: shapely.Polygon
    """Everything north of the river's middle, far beyond the county."""
    water_edge: shapely.Geometry
    """Shores and the river above its estuary: the lines that borders follow closely."""


def smooth_noise(points: Array, *, wavelength: float, rng: np.random.Generator, waves: int = 64) -> Array:
    """Draw a smooth random surface with mean 0 and variance 1 at some points.

    A sum of random cosine waves approximates a Gaussian field with a squared-exponential covariance
    (Rahimi and Recht 2007), without a matrix the size of the points squared.

    Parameters
    ----------
    points
        (n, 2) coordinates.
    wavelength
        About the distance, in the unit of the points, over which the surface turns from high to low.
    """
    frequency = rng.normal(scale=np.pi / wavelength, size=(2, waves))
    phase = rng.uniform(0, 2 * np.pi, size=waves)
    return np.asarray(np.sqrt(2 / waves) * np.cos(points @ frequency + phase).sum(axis=1))


def warped(points: Array, *, amplitude: float, wavelength: float, rng: np.random.Generator) -> Array:
    """Move points by a smooth random displacement, so that nothing measured from them stays round or straight."""
    moved = [smooth_noise(points, wavelength=wavelength, rng=rng) for _ in range(2)]
    return np.asarray(points + amplitude * np.column_stack(moved))


def make_ground(rng: np.random.Generator) -> Ground:
    """Draw shore, borders and river from the sketch."""
    coast, inland = _curve(plan.COAST), _curve((plan.COAST[-1], *plan.INLAND, plan.COAST[0]))
    for amplitude, wavelength in ((0.4, 2.6), (0.12, 0.8)):
        coast = _tapered(coast, amplitude=amplitude, wavelength=wavelength, rng=rng)
    inland = _tapered(inland, amplitude=0.7, wavelength=4.0, rng=rng)
    river = warped(_curve(plan.RIVER), amplitude=0.22, wavelength=1.6, rng=rng)
    county = shapely.Polygon(np.vstack([coast, inland[1:-1]])).buffer(0)
    estuary = _estuary(river)
    mainland = _largest(county.difference(estuary))
    island = shapely.Polygon(warped(_curve((*plan.ISLAND, plan.ISLAND[0])), amplitude=0.12, wavelength=1.0, rng=rng))
    shore = shapely.boundary(mainland).difference(shapely.LineString(inland).buffer(0.5))
    upstream = shapely.LineString(river).difference(estuary)
    return Ground(mainland, island, _north_of(river), shapely.union_all([shore, island.boundary, upstream]))


def _curve(controls: tuple[plan.Point, ...], *, step: float = 0.2) -> Array:
    points = np.asarray(controls)
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    return np.asarray(CubicSpline(along, points)(np.arange(0, along[-1] + step / 2, step)))


def _tapered(curve: Array, *, amplitude: float, wavelength: float, rng: np.random.Generator) -> Array:
    """Warp a curve but leave its two ends where they are, so that it still meets the next one."""
    moved = warped(curve, amplitude=amplitude, wavelength=wavelength, rng=rng)
    from_end = np.minimum(np.arange(len(curve)), np.arange(len(curve))[::-1]) * 0.2
    share = np.clip(from_end / 2.0, 0, 1)[:, None]
    return np.asarray(curve + share * (moved - curve))


def _estuary(river: Array) -> shapely.Geometry:
    opening = (river[:, 0] - plan.ESTUARY_FROM_KM) / (plan.ESTUARY_TO_KM - plan.ESTUARY_FROM_KM)
    wet = opening > 0
    half_width = 0.06 + plan.ESTUARY_HALF_WIDTH_KM * np.clip(opening[wet], 0, 1) ** 2.2
    return shapely.union_all(shapely.buffer(shapely.points(river[wet]), half_width))


def _largest(geometry: shapely.Geometry) -> shapely.Polygon:
    parts = shapely.get_parts(geometry)
    polygon: shapely.Polygon = parts[int(np.argmax(shapely.area(parts)))]
    return polygon


def _north_of(river: Array) -> shapely.Polygon:
    far = [(river[-1, 0] + 30, river[-1, 1]), (river[-1, 0] + 30, 120), (river[0, 0] - 30, 120)]
    return shapely.Polygon([*map(tuple, river), *far, (river[0, 0] - 30, river[0, 1])]).buffer(0)
