import numpy as np
import pytest
import scipy.sparse as sp
from libpysal.graph import Graph

from analysis.smooth_shuffle import SmoothShuffle, moran
from tests.overlap_worlds import draw_log_risks, lattice

LINKS = lattice(12, 12)
GRAPH = Graph.from_sparse(LINKS)
AVERAGE = sp.csr_array(sp.diags_array(1 / LINKS.sum(axis=1)) @ LINKS)


def surface(lam: float, seed: int = 4):
    rng = np.random.default_rng(seed)
    return draw_log_risks(LINKS, sd=[1.0, 1.0], correlation=0.0, lam=lam, rng=rng)[:, 0]


def shuffled(values, *, maps=60, graph=GRAPH):
    rng = np.random.default_rng(8)
    shuffle = SmoothShuffle(values, neighbours=graph, rng=rng)
    return shuffle, [shuffle(rng) for _ in range(maps)]


def test_every_ward_gets_one_ward_s_value():
    _, sources = shuffled(surface(0.9), maps=5)
    for source in sources:
        assert np.array_equal(np.sort(source), np.arange(144))
    assert not np.array_equal(sources[0], sources[1])


def test_moran_on_a_chessboard_is_minus_one_and_of_equal_values_zero():
    row, column = np.divmod(np.arange(144), 12)
    assert moran((row + column) % 2.0, average=AVERAGE) == pytest.approx(-1)
    assert moran(np.ones(144), average=AVERAGE) == 0


@pytest.mark.parametrize("lam", [0.95, 0.6])
def test_what_was_smooth_stays_about_as_smooth(lam):
    values = surface(lam)
    _, sources = shuffled(values)
    reached = [moran(values[source], average=AVERAGE) for source in sources]
    assert np.mean(reached) == pytest.approx(moran(values, average=AVERAGE), abs=4 * np.std(reached) / np.sqrt(16))
    assert np.mean(reached) > 0.1


def test_values_without_pattern_are_shuffled_plainly():
    values = np.random.default_rng(1).permutation(np.arange(144.0))
    shuffle, sources = shuffled(values)
    assert shuffle.smoothness < 0.3
    assert abs(np.mean([moran(values[source], average=AVERAGE) for source in sources])) < 0.1


def test_where_the_values_lie_has_nothing_to_do_with_where_they_lay():
    values = surface(0.9)
    _, sources = shuffled(values, maps=200)
    correlations = [np.corrcoef(values, values[source])[0, 1] for source in sources]
    assert abs(np.mean(correlations)) < 4 * np.std(correlations) / np.sqrt(200)


def test_islands_take_part():
    apart = sp.block_diag([LINKS, sp.csr_array((3, 3))], format="csr")
    values = np.append(surface(0.9), [5.0, -5.0, 0.0])
    _, sources = shuffled(values, graph=Graph.from_sparse(apart), maps=40)
    assert len({int(source[-1]) for source in sources}) > 10
