"""Outlines drawn from cells, on four hand-made square cells, and the noise they are drawn with."""

import numpy as np
import pytest
import shapely

from data.demo.cells import Cells
from data.demo.ground import make_ground, smooth_noise, warped
from data.demo.outlines import make_outlines
from data.demo.plan import ORIGIN


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


@pytest.fixture
def cells() -> Cells:
    """Two by two cells of 1 km, numbered 0 1 below and 2 3 above; cell 4 is all that lies outside."""
    corners = np.array([(x, y) for y in range(3) for x in range(3)], dtype=float)
    edges = {
        (0, 1): (1, 4), (2, 3): (4, 7), (0, 2): (3, 4), (1, 3): (4, 5),
        (0, 4): (0, 1), (1, 4): (1, 2), (2, 4): (6, 7), (3, 4): (7, 8),
    }  # fmt: skip
    sides = {(0, 4): (0, 3), (2, 4): (3, 6), (1, 4): (2, 5), (3, 4): (5, 8)}
    pairs = np.array([*edges, *sides])
    ends = np.array([*edges.values(), *sides.values()])
    sites = np.array([(0.5, 0.5), (1.5, 0.5), (0.5, 1.5), (1.5, 1.5), (9.0, 9.0)])
    return Cells(sites, corners, pairs, ends)


def test_each_ward_is_about_its_cells(cells: Cells) -> None:
    ward = np.array([0, 0, 1, 2, -1])
    outlines = make_outlines(cells, ward, rng())
    areas = shapely.area(outlines) / 1e6
    assert areas == pytest.approx([2.0, 1.0, 1.0], abs=0.3)
    for number, site in zip(ward[:4], cells.sites[:4], strict=True):
        assert outlines[number].contains(shapely.Point(site * 1000 + np.asarray(ORIGIN)))


def test_borders_are_rough_but_shared(cells: Cells) -> None:
    outlines = make_outlines(cells, np.array([0, 1, 2, 3, -1]), rng())
    assert shapely.coverage_is_valid(outlines)
    assert (shapely.get_num_coordinates(outlines) > 50).all()
    assert (shapely.length(outlines) > 4000).all()


def test_a_county_of_one_ward_has_one_outline(cells: Cells) -> None:
    outlines = make_outlines(cells, np.array([0, 0, 0, 0, -1]), rng())
    assert len(outlines) == 1
    assert shapely.get_num_interior_rings(outlines[0]) == 0


@pytest.mark.parametrize("seed", range(8))
def test_any_seed_gives_a_valid_coverage_with_room_between_corners(cells: Cells, seed: int) -> None:
    outlines = make_outlines(cells, np.array([0, 1, 2, 3, -1]), rng(seed))
    assert shapely.coverage_is_valid(outlines)
    assert shapely.minimum_clearance(outlines).min() > 0.5


def test_another_seed_draws_another_county_on_the_same_sketch() -> None:
    one, again, other = (make_ground(rng(seed)) for seed in (1, 1, 2))
    assert one.mainland.equals(again.mainland)
    assert not one.mainland.equals(other.mainland)
    assert one.mainland.intersection(other.mainland).area > 0.9 * one.mainland.area


def test_smooth_noise_has_mean_zero_and_variance_one() -> None:
    points = rng(2).uniform(0, 1000, size=(20_000, 2))
    surface = np.concatenate([smooth_noise(points, wavelength=3.0, rng=rng(seed)) for seed in range(5)])
    assert surface.mean() == pytest.approx(0, abs=0.03)
    assert surface.var() == pytest.approx(1, abs=0.05)


def test_smooth_noise_is_alike_nearby_and_not_far_away() -> None:
    here = rng(3).uniform(0, 1000, size=(5_000, 2))
    near, far = here + np.array([0.05, 0.0]), here + np.array([30.0, 0.0])
    surface, close, distant = np.split(smooth_noise(np.vstack([here, near, far]), wavelength=3.0, rng=rng(4)), 3)
    assert np.corrcoef(surface, close)[0, 1] > 0.98
    assert abs(np.corrcoef(surface, distant)[0, 1]) < 0.25


def test_warping_leaves_its_input_alone_and_moves_by_about_the_amplitude() -> None:
    points = rng(5).uniform(0, 100, size=(2_000, 2))
    before = points.copy()
    moved = warped(points, amplitude=0.5, wavelength=4.0, rng=rng(6)) - points
    assert (points == before).all()
    assert moved.std() == pytest.approx(0.5, rel=0.2)
