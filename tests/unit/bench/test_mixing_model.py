import numpy as np
import pytest
from scipy import stats

from bench.overlap import mixing_model
from bench.overlap.candidates import averaged
from tests.unit.bench.maps import map_of_squares


def test_the_evidence_of_one_ward_is_the_base_averaged_likelihood():
    drawn = map_of_squares([[3, 8]], columns=1)
    nodes, base = mixing_model._NODES, mixing_model._BASE
    by_hand = sum(
        base[i, j] * stats.poisson.pmf(3, 3 * np.exp(a)) * stats.poisson.pmf(8, 8 * np.exp(b))
        for i, a in enumerate(nodes)
        for j, b in enumerate(nodes)
    )
    without_risk = stats.poisson.logpmf(3, 1) + 1 + 3 * np.log(3) + stats.poisson.logpmf(8, 1) + 1 + 8 * np.log(8)
    assert mixing_model.mixing_log_evidence(drawn) == pytest.approx(np.log(by_hand) - without_risk)


@pytest.fixture
def few_stand_out():
    """A hundred squares; five that share no border are three times as high on both."""
    counts = np.random.default_rng(0).poisson(np.full((100, 2), [4, 20]))
    counts[[0, 22, 44, 66, 88]] = [13, 62]
    return map_of_squares(counts, columns=10)


def test_it_learns_that_a_few_wards_stand_out_and_the_rest_are_alike(few_stand_out):
    probability = mixing_model.mixing_probability(few_stand_out)
    assert probability[[0, 22, 44, 66, 88]].min() > 0.9
    assert np.delete(probability, [0, 22, 44, 66, 88]).max() < 0.3


def test_the_average_flags_them_all(few_stand_out):
    assert np.flatnonzero(averaged(few_stand_out).flagged).tolist() == [0, 22, 44, 66, 88]


def test_where_all_are_alike_nothing_is_flagged():
    counts = np.random.default_rng(0).poisson(np.full((64, 2), [2, 20]))
    assert not averaged(map_of_squares(counts, columns=8)).flagged.any()
