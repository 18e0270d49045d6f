import numpy as np
from libpysal.graph import Graph
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from analysis.planting import KINDS, Ground, Kind
from tests.overlap_worlds import lattice

LINKS = lattice(10, 10)
GRAPH = Graph.from_sparse(LINKS)
SIZE = np.random.default_rng(2).permutation(100.0 * np.arange(1, 101))
STEPS = shortest_path(LINKS, unweighted=True)
SMALL, TYPICAL, LARGE, GROUP = KINDS


def places(kinds=KINDS, seed=0):
    return Ground(size=SIZE, neighbours=GRAPH).choose(kinds, rng=np.random.default_rng(seed))


def test_wards_are_of_the_size_that_is_named():
    for kind, low, high in ((SMALL, 1, 20), (TYPICAL, 41, 60), (LARGE, 81, 100)):
        sizes = {float(SIZE[places([kind], seed)[0][1][0]]) / 100 for seed in range(30)}
        assert low <= min(sizes) <= max(sizes) <= high
        assert len(sizes) > 5


def test_a_group_adjoins():
    for seed in range(20):
        ((_, place),) = places([GROUP], seed)
        assert len(set(place.tolist())) == 5
        assert np.isfinite(shortest_path(csr_array(LINKS[place][:, place]), unweighted=True)).all()


def test_places_in_one_map_are_three_steps_apart_or_more():
    for seed in range(20):
        chosen = places(seed=seed)
        assert chosen[0][0] is SMALL
        for number, (_, one) in enumerate(chosen):
            for _, other in chosen[number + 1 :]:
                assert STEPS[np.ix_(one, other)].min() >= 3


def test_what_has_no_room_left_is_left_out():
    assert len(places([TYPICAL] * 50)) < 20


def test_an_area_of_islands_has_single_wards_but_no_group():
    islands = Ground(size=np.arange(1.0, 6.0), neighbours=Graph.from_sparse(csr_array((5, 5))))
    assert [islands.fits(kind) for kind in KINDS] == [True, True, True, False]
    assert len(islands.choose([GROUP, TYPICAL], rng=np.random.default_rng(0))) == 1


def test_more_than_half_of_a_group_must_be_flagged():
    assert [Kind("", 0.5, wards=wards).needed for wards in (1, 2, 5)] == [1, 2, 3]
