import numpy as np
import pytest

from bench.overlap.areas import made_up_area
from bench.overlap.run import draw_maps
from bench.overlap.worlds import World, clusters, draw_map, equal, isolated, worlds


@pytest.mark.parametrize("world", worlds(), ids=lambda world: world.name)
def test_true_risks_are_relative_to_the_whole_areas_rate(world):
    drawn = draw_map(world, rng=np.random.default_rng(2))
    assert drawn.counts.shape == drawn.risks.shape == (world.wards, 2)
    assert np.average(drawn.risks, axis=0, weights=drawn.residents) == pytest.approx([1, 1])
    assert drawn.expected.sum(axis=0) == pytest.approx(drawn.counts.sum(axis=0))


def test_made_up_wards_cover_without_overlap_and_are_connected_both_ways():
    area = made_up_area(30, rng=np.random.default_rng(0))
    assert area.wards == 30
    assert area.outlines.area.sum() == pytest.approx(area.outlines.union_all().area)
    assert abs(area.adjacency - area.adjacency.T).sum() == 0
    assert area.adjacency.sum(axis=1).min() >= 1


def test_islands_have_no_neighbour():
    area = made_up_area(40, rng=np.random.default_rng(0), islands=0.1)
    assert (area.adjacency.sum(axis=1) == 0).sum() >= 4


def test_an_area_is_the_same_for_the_same_seed_whatever_else_is_run():
    first, second = draw_maps(worlds()[0], maps=2, seed=3)
    again = draw_maps(worlds()[0], maps=1, seed=3)[0]
    assert np.array_equal(first.counts, again.counts)
    assert not np.array_equal(first.counts, second.counts)


def test_clusters_on_one_measure_only_are_no_overlap():
    area, rng = made_up_area(176, rng=np.random.default_rng(0)), np.random.default_rng(1)
    one, both = clusters(shared=0, own=3)(area, rng), clusters(shared=3, own=0)(area, rng)
    assert not (one > 1).all(axis=1).any()
    # a cluster loses the members that another one already has
    assert 6 * 3 < (one > 1).any(axis=1).sum() <= 6 * 7
    assert np.array_equal((both > 1).all(axis=1), (both > 1).any(axis=1))
    assert 3 * 3 < (both > 1).all(axis=1).sum() <= 3 * 7


def test_single_wards_are_as_many_as_asked():
    area = made_up_area(50, rng=np.random.default_rng(0))
    assert (isolated(wards=4)(area, np.random.default_rng(0)) > 1).all(axis=1).sum() == 4


def test_overdispersed_reporting_varies_more_than_poisson():
    world = World("", equal, years=20, uneven=0.0, overdispersion=(0.5, 0.5))
    counts = draw_map(world, rng=np.random.default_rng(0)).counts[:, 1]
    assert counts.var() > 50 * counts.mean()
