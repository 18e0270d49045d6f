"""Invented relative risks."""

import numpy as np
import pytest

from data.demo.risks import HIGHEST_UNPLANTED, planted_risks, smooth_risk
from data.demo.truth import PLANTED, QUARTERS


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


WARDS = 180
CENTROIDS = rng(9).uniform(0, 50, size=(WARDS, 2))
RESIDENTS = rng(10).uniform(2_000, 15_000, size=WARDS)
_ENDS = np.cumsum([planted.wards for planted in PLANTED])
CHOSEN = [np.arange(end - planted.wards, end) for planted, end in zip(PLANTED, _ENDS, strict=True)]


def test_risks_average_one_by_residents_in_every_quarter() -> None:
    for surface in planted_risks(CENTROIDS, CHOSEN, RESIDENTS, rng()):
        assert surface.shape == (QUARTERS, WARDS)
        assert np.average(surface, axis=1, weights=RESIDENTS) == pytest.approx(np.ones(QUARTERS))


def test_planted_wards_have_the_risk_that_was_planted() -> None:
    referrals, incidents = planted_risks(CENTROIDS, CHOSEN, RESIDENTS, rng())
    for planted, wards in zip(PLANTED, CHOSEN, strict=True):
        full = np.asarray(planted.course) == 1.0
        for surface, height in ((referrals, planted.referrals), (incidents, planted.incidents)):
            if height:
                assert surface[full][:, wards] == pytest.approx(np.full((full.sum(), len(wards)), height))


@pytest.mark.parametrize("seed", range(5))
def test_no_ward_is_high_on_both_unless_planted(seed: int) -> None:
    referrals, incidents = planted_risks(CENTROIDS, CHOSEN, RESIDENTS, rng(seed))
    rest = np.arange(_ENDS[-1], WARDS)
    both = np.minimum(referrals[:, rest], incidents[:, rest])
    assert both.max() <= HIGHEST_UNPLANTED


def test_a_wider_spread_gives_more_unequal_risks() -> None:
    narrow, wide = (smooth_risk(CENTROIDS, wavelength=12.0, rng=rng(2), spread=spread) for spread in (1.0, 2.0))
    assert np.log(wide) == pytest.approx(2 * np.log(narrow))
