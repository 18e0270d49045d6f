import numpy as np
import pytest
import scipy.sparse as sp
from libpysal.graph import Graph
from scipy import stats

from analysis.around_ward import AroundWard
from analysis.familiar_statistics import familiar_statistics
from data.errors import RefusedInputError
from tests.overlap_worlds import lattice

KEYS = [
    "local_moran_referrals",
    "local_moran_incidents",
    "gi_star_referrals",
    "gi_star_incidents",
    "bivariate_moran_referrals",
    "bivariate_moran_incidents",
    "local_lee",
]


def run(counts, links, *, expected=None, **options):
    counts = np.asarray(counts)
    expected = np.ones(counts.shape) if expected is None else np.asarray(expected, dtype=float)
    return familiar_statistics(
        referrals=counts[:, 0],
        incidents=counts[:, 1],
        expected_referrals=expected[:, 0],
        expected_incidents=expected[:, 1],
        neighbours=Graph.from_sparse(links) if isinstance(links, sp.csr_array) else links,
        **{"permutations": 4_999, **options},
    )


def labels(statistic, wards):
    return {AroundWard(statistic.label[ward]) for ward in wards}


@pytest.fixture(scope="module")
def corners():
    """Ten by ten; referrals are high in one corner, incidents in the same corner and low in the opposite one."""
    counts = np.full((100, 2), [5, 20])
    high = [row * 10 + column for row in range(4) for column in range(4)]
    low = [99 - ward for ward in high]
    counts[high] = [25, 80]
    counts[low, 1] = 2
    return run(counts, lattice(10, 10)), high, low


INSIDE = [0, 1, 10, 11]  # of the corner: all their neighbours lie in it


def test_a_corner_high_on_both_is_high_on_every_statistic(corners):
    found, *_ = corners
    for key in KEYS:
        wanted = AroundWard.HIGH if key.startswith("gi_star") else AroundWard.HIGH_HIGH
        assert labels(found.layers[key], [11]) == {wanted}, key


def test_what_lies_apart_is_not_clear(corners):
    found, *_ = corners
    for key in KEYS:
        assert labels(found.layers[key], [45, 54]) == {AroundWard.NOT_CLEAR}, key


def test_a_low_corner_is_low_on_that_measure_only(corners):
    found, _, low = corners
    assert AroundWard.LOW_LOW in labels(found.local_moran[1], low)
    assert AroundWard.LOW in labels(found.gi_star[1], low)
    assert labels(found.local_moran[0], low) == {AroundWard.NOT_CLEAR}


def test_the_bivariate_statistic_is_not_symmetric(corners):
    found, _, low = corners
    first, second = found.bivariate_moran
    # around the low corner it is the incidents that are low, beside ordinary referrals
    assert AroundWard.LOW_LOW in labels(first, low)
    assert labels(second, low) == {AroundWard.NOT_CLEAR}
    assert first.value != pytest.approx(second.value)


def test_a_ward_that_is_high_alone_is_not_called_high_by_what_looks_only_around_it():
    counts = np.full((64, 2), [5, 20])
    counts[27] = [50, 200]
    found = run(counts, lattice(8, 8))
    for key in [*KEYS[:2], *KEYS[4:]]:
        assert labels(found.layers[key], [27]) == {AroundWard.NOT_CLEAR}, key


def test_local_moran_sums_to_morans_i_of_the_area(corners):
    found, *_ = corners
    for measure in range(2):
        assert found.local_moran[measure].value.sum() / 99 == pytest.approx(found.area.moran[measure, measure])
        assert found.bivariate_moran[measure].value.sum() / 99 == pytest.approx(found.area.moran[measure, 1 - measure])


def test_local_lee_sums_to_lees_l_of_the_area(corners):
    found, *_ = corners
    assert found.local_lee.value.mean() == pytest.approx(found.area.lee[0, 1])
    assert found.area.lee[0, 1] == found.area.lee[1, 0]


def test_what_is_alike_next_door_shows_in_the_whole_area(corners):
    found, *_ = corners
    assert found.area.moran_p.max() == pytest.approx(2 / 1000)
    assert found.area.lee_p[0, 1] == pytest.approx(2 / 1000)


def test_gi_star_by_permutation_agrees_with_its_normal_approximation():
    counts = np.random.default_rng(3).poisson(100, (144, 2))
    found = run(counts, lattice(12, 12), permutations=20_000).gi_star[0]
    assert found.p == pytest.approx(2 * stats.norm.sf(np.abs(found.value)), abs=0.05)


def test_the_same_seed_gives_the_same_and_another_about_the_same():
    counts = np.random.default_rng(3).poisson(5, (49, 2))
    first, again, other = (run(counts, lattice(7, 7), seed=seed) for seed in (4, 4, 5))
    for key in KEYS:
        assert first.layers[key].p.tolist() == again.layers[key].p.tolist()
        assert first.layers[key].p == pytest.approx(other.layers[key].p, abs=0.06)
        assert first.layers[key].p.tolist() != other.layers[key].p.tolist()


def test_it_neither_heeds_nor_disturbs_the_global_generator():
    counts = np.random.default_rng(3).poisson(5, (25, 2))
    state = np.random.get_state()[1].tolist()  # noqa: NPY002
    run(counts, lattice(5, 5), permutations=99)
    assert np.random.get_state()[1].tolist() == state  # noqa: NPY002


def test_inputs_are_left_as_they_were():
    graph = Graph.from_arrays([0, 1, 2], [1, 0, 2], [1.0, 1.0, 0.0])
    before = graph.sparse.toarray().tolist(), graph.sparse.nnz
    counts = np.array([[1, 2], [3, 4], [5, 6]])
    run(counts, graph, permutations=99)
    assert (graph.sparse.toarray().tolist(), graph.sparse.nnz) == before
    assert counts.tolist() == [[1, 2], [3, 4], [5, 6]]


def nothing_said(found):
    for key in KEYS:
        one = found.layers[key]
        assert labels(one, range(len(one.p))) == {AroundWard.NOT_CLEAR}, key
        assert (one.p == 1).all()
        assert (one.p_corrected == 1).all()
        assert (one.value == 0).all()


@pytest.mark.parametrize("count", [0, 7])
def test_equal_counts_give_an_empty_answer(count):
    found = run(np.full((16, 2), count), lattice(4, 4), permutations=99)
    nothing_said(found)
    assert not found.area.moran.any()
    assert (found.area.lee_p == 1).all()


def test_counts_in_proportion_to_what_is_expected_give_an_empty_answer():
    counts = np.random.default_rng(3).integers(1, 50, (16, 2))
    nothing_said(run(counts, lattice(4, 4), expected=counts * 0.1, permutations=99))


def test_one_ward_gives_an_empty_answer():
    found = run([[3, 9]], Graph.from_arrays([0], [0], [0.0]), permutations=99)
    nothing_said(found)
    assert found.islands.tolist() == [True]


def test_two_wards_give_no_finding():
    found = run([[3, 9], [5, 1]], lattice(1, 2), permutations=99)
    for key in KEYS:
        assert labels(found.layers[key], [0, 1]) == {AroundWard.NOT_CLEAR}


def test_only_islands_give_an_empty_answer():
    found = run([[3, 9], [5, 1], [0, 4]], Graph.from_arrays([0, 1, 2], [0, 1, 2], [0.0] * 3), permutations=99)
    nothing_said(found)


def test_an_island_is_not_clear_and_leaves_the_others_as_they_are():
    links = sp.csr_array(np.pad(lattice(5, 5).toarray(), (0, 1)))
    focal, neighbour = links.nonzero()
    graph = Graph.from_arrays([*focal, 25], [*neighbour, 25], [1.0] * len(focal) + [0.0])
    counts = np.random.default_rng(3).poisson(5, (26, 2))
    counts[25] = 400
    found = run(counts, graph, permutations=999)
    assert found.islands.tolist() == [False] * 25 + [True]
    for key in KEYS:
        one = found.layers[key]
        assert (one.value[25], one.p[25], one.p_corrected[25]) == (0, 1, 1)
        assert labels(one, [25]) == {AroundWard.NOT_CLEAR}
        assert np.isfinite(one.value).all()


def test_a_measure_without_any_event_leaves_the_other_as_it_is():
    counts = np.full((64, 2), [0, 20])
    counts[[0, 1, 8, 9], 1] = 80
    found = run(counts, lattice(8, 8))
    assert labels(found.gi_star[1], [0]) == {AroundWard.HIGH}
    assert labels(found.gi_star[0], range(64)) == {AroundWard.NOT_CLEAR}
    assert labels(found.local_lee, range(64)) == {AroundWard.NOT_CLEAR}


def test_few_events_are_said():
    counts = np.full((9, 2), [0, 4])
    counts[0] = [8, 4]
    assert run(counts, lattice(3, 3), permutations=99).few_events == (True, False)


@pytest.mark.parametrize("alpha", [0, 1, np.nan])
def test_alpha_outside_0_to_1_is_refused(alpha):
    with pytest.raises(RefusedInputError, match="alpha: expected a share between 0 and 1"):
        run(np.ones((4, 2), dtype=int), lattice(2, 2), alpha=alpha)


def test_layers_are_explained_in_one_sentence_that_does_not_speak_of_overlap(corners):
    found, *_ = corners
    assert list(found.layers) == KEYS
    for one in found.layers.values():
        assert one.explanation.endswith(".")
        assert one.explanation.count(".") == 1
        assert "overlap" not in (one.explanation + one.title).lower()
        assert set(one.label) <= set(one.labels)


def test_equal_risks_seldom_show_a_label():
    """Uneven wards with equal risks: of 120 maps, about one in twenty of each kind may show a label."""
    rng = np.random.default_rng(11)
    people = np.exp(0.4 * rng.standard_normal(36))
    expected = np.outer(people / people.sum(), [120, 720])
    links = lattice(6, 6)
    maps = [run(rng.poisson(expected), links, expected=expected, permutations=1_999, seed=k) for k in range(120)]
    labelled = np.array([[(one.p_corrected <= 0.05).any() for one in found.layers.values()] for found in maps])
    small = np.array([[(one.p <= 0.05).mean() for one in found.layers.values()] for found in maps])
    # three standard errors of 120 maps above the 0.05 that is promised; a statistic that never speaks fails below
    assert labelled.mean(axis=0).max() <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 120)
    assert 0.01 <= labelled.mean() <= 0.075
    assert 0.04 <= small.mean() <= 0.06
