"""Invented relative risks: smooth over the map, a little ragged, associated between referrals and incidents."""

import numpy as np

from data.demo.cells import Integers
from data.demo.ground import Array, smooth_noise
from data.demo.truth import PLANTED, QUARTERS

SMOOTH, RAGGED = 0.24, 0.14
"""Standard deviations of the two parts of a log relative risk."""
ASSOCIATION = 0.45
"""Share of the smooth part that both surfaces have in common (as a correlation)."""
HIGHEST_UNPLANTED = 1.35
"""Relative risk that no ward exceeds on both measures unless it was planted: the truth has no grey zone."""


def smooth_risk(
    points: Array, *, wavelength: float, rng: np.random.Generator, shared: Array | None = None, spread: float = 1.0
) -> Array:
    """Draw relative risks, with mean about 1.

    Parameters
    ----------
    points
        (n, 2) centroids.
    wavelength
        Unit of `points`: how far the smooth part reaches.
    shared
        (n,) a surface with variance 1 that the smooth part follows with correlation `ASSOCIATION`.
    spread
        Multiplies both standard deviations of the log relative risk.
    """
    smooth = smooth_noise(points, wavelength=wavelength, rng=rng)
    if shared is not None:
        smooth = ASSOCIATION * shared + np.sqrt(1 - ASSOCIATION**2) * smooth
    return np.asarray(np.exp(spread * (SMOOTH * smooth + RAGGED * rng.normal(size=len(points)))))


def planted_risks(
    centroids: Array, chosen: list[Integers], residents: Array, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Draw the relative risks of the invented county, quarter by quarter.

    Parameters
    ----------
    centroids
        (n, 2) kilometres.
    chosen
        Wards of each planted area (`truth.place_truth`).
    residents
        (n,) by which relative risks average 1 in each quarter.

    Returns
    -------
    tuple of numpy.ndarray
        (quarters, n) relative risks of referrals and of incidents.
    """
    common = smooth_noise(centroids, wavelength=12.0, rng=rng)
    drawn = [smooth_risk(centroids, wavelength=12.0, rng=rng, shared=common) for _ in range(2)]
    drawn = _without_grey(drawn[0], drawn[1])
    courses = np.array([planted.course for planted in PLANTED])
    heights = ([planted.referrals for planted in PLANTED], [planted.incidents for planted in PLANTED])
    surfaces = [
        _with_planted(base, chosen, high, courses, residents) for base, high in zip(drawn, heights, strict=True)
    ]
    return surfaces[0], surfaces[1]


def _without_grey(referrals: Array, incidents: Array) -> list[Array]:
    both = (referrals > HIGHEST_UNPLANTED) & (incidents > HIGHEST_UNPLANTED)
    return [referrals, np.where(both, HIGHEST_UNPLANTED, incidents)]


def _with_planted(base: Array, chosen: list[Integers], heights: list[float], courses: Array, residents: Array) -> Array:
    """Set the planted wards and bring the others to a mean that leaves 1 over the whole area."""
    share = residents / residents.sum()
    risk = np.tile(base, (QUARTERS, 1))
    fixed = np.zeros(risk.shape, dtype=bool)
    for wards, height, course in zip(chosen, heights, courses, strict=True):
        if height:
            there = course[:, None] * np.ones(len(wards))
            plain = np.minimum(base[wards], 1.0)
            risk[:, wards] = there * height + (1 - there) * plain
            fixed[:, wards] = there > 0
    for quarter in range(QUARTERS):
        planted = fixed[quarter]
        left = 1 - (share * risk[quarter])[planted].sum()
        risk[quarter, ~planted] *= left / (share * risk[quarter])[~planted].sum()
    return risk
