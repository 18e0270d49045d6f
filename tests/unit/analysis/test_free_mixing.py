import numpy as np
import pytest
import scipy.sparse as sp
from scipy.stats import poisson

from analysis.free_mixing import BASE_MEAN, BASE_SD, fit_free_mixing
from analysis.overlap_inputs import OverlapData


def data_of(counts, expected):
    counts = np.asarray(counts, dtype=float)
    return OverlapData(
        counts=counts,
        expected=np.broadcast_to(np.asarray(expected, dtype=float), counts.shape).copy(),
        adjacency=sp.csr_array((len(counts), len(counts))),
    )


def two_kinds(*, high, risk=3.0, wards=176, seed=0):
    """Most wards at the area's rate, some at `risk` times it on both."""
    rng = np.random.default_rng(seed)
    truth = np.arange(wards) < high
    expected = np.array([1.7, 20.0])
    return data_of(rng.poisson(np.where(truth[:, None], risk, 1.0) * expected), expected), truth


def test_it_learns_that_a_few_wards_stand_out_on_both():
    data, truth = two_kinds(high=8)
    found = fit_free_mixing(data, threshold=1.5)
    assert found.both[truth].mean() > 0.8
    assert found.both[~truth].mean() < 0.02


def test_where_all_are_alike_nothing_stands_out():
    data, _ = two_kinds(high=0)
    assert fit_free_mixing(data, threshold=1.5).both.max() < 0.2


def test_one_ward_alone_is_judged_by_the_base():
    found = fit_free_mixing(data_of([[3, 30]], [1.7, 20.0]), threshold=1.5)
    grid = np.linspace(-3, 3, 4001)
    prior = np.exp(-0.5 * ((grid - BASE_MEAN) / BASE_SD) ** 2)
    for measure, (count, expected) in enumerate([(3, 1.7), (30, 20.0)]):
        posterior = prior * poisson.pmf(count, expected * np.exp(grid))
        above = posterior[grid > np.log(1.5)].sum() / posterior.sum()
        # the mixing distribution has moved a little towards the one ward it saw
        assert found.above[0, measure] == pytest.approx(above, abs=0.03)


def test_probabilities_agree_with_one_another():
    found = fit_free_mixing(two_kinds(high=8)[0], threshold=1.5)
    np.testing.assert_allclose(found.mass.sum(axis=1), 1)
    assert np.all(found.both <= found.above.min(axis=1) + 1e-12)
    cut = np.full(found.mass.shape[0], np.log(1.5))
    below, density = found.below(cut, slice(None))
    np.testing.assert_allclose(below, 1 - found.above.ravel(), atol=1e-9)
    assert np.all(density >= 0)


def test_the_cumulative_runs_from_0_to_1():
    found = fit_free_mixing(two_kinds(high=8)[0], threshold=1.5)
    for cut, expected in ((-50.0, 0.0), (50.0, 1.0)):
        below, _ = found.below(np.full(found.mass.shape[0], cut), slice(None))
        np.testing.assert_allclose(below, expected, atol=1e-6)


def test_the_order_of_the_wards_does_not_matter():
    data, _ = two_kinds(high=8)
    order = np.random.default_rng(1).permutation(data.wards)
    shuffled = data_of(data.counts[order], data.expected[order])
    first, second = fit_free_mixing(data, threshold=1.5), fit_free_mixing(shuffled, threshold=1.5)
    assert second.log_evidence == pytest.approx(first.log_evidence, abs=1e-8)
    np.testing.assert_allclose(second.both, first.both[order], atol=1e-10)


def test_the_evidence_prefers_two_kinds_of_ward_where_there_are_two():
    """Against the counts' probability where all wards have the area's rate."""

    def gain(high):
        data, _ = two_kinds(high=high)
        alike = (data.counts * 0.0 - data.expected).sum()
        return fit_free_mixing(data, threshold=1.5).log_evidence - alike

    assert gain(8) > 10
    assert gain(0) < 0


@pytest.mark.parametrize("threshold", [0.05, 1.25, 2.0, 10.0])
def test_the_threshold_lies_between_two_nodes(threshold):
    found = fit_free_mixing(two_kinds(high=8)[0], threshold=threshold)
    place = (np.log(threshold) - found.nodes[0]) / 0.15
    assert place % 1 == pytest.approx(0.5, abs=1e-6)
    assert found.nodes[0] < np.log(threshold) < found.nodes[-1]


@pytest.mark.parametrize("counts", [np.zeros((9, 2)), np.full((9, 2), 1e9), [[0, 10**6], [10**6, 0]]])
def test_any_counts_give_probabilities(counts):
    found = fit_free_mixing(data_of(counts, [1.0, 1.0]), threshold=1.5)
    assert np.isfinite(found.log_evidence)
    assert np.all((found.both >= 0) & (found.both <= 1 + 1e-12))
