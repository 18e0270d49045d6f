import numpy as np
import pytest
import scipy.sparse as sp
from scipy import stats

from analysis.field_parameters import FieldParameters
from analysis.overlap_inputs import OverlapData
from bench.overlap.models import product
from bench.overlap.reporting_model import ReportingSolver, reporting_probability
from bench.overlap.worlds import draw_map, worlds

FLAT = FieldParameters(sd=(20.0, 20.0), correlation=0.0, lam=0.0)


def solver_of(counts, *, spread):
    counts = np.asarray(counts, dtype=float)
    wards = len(counts)
    solver = ReportingSolver(OverlapData(counts, np.full((wards, 2), 4.0), sp.csr_array((wards, wards))))
    solver.at(np.array([0, 0, 0, 0, np.log(spread)]))
    return solver


def test_the_log_likelihood_is_the_negative_binomials():
    counts = np.array([[2, 9], [0, 5]])
    solver = solver_of(counts, spread=0.5)
    log_risk = np.array([0.3, -0.2, 0.1, 0.8])
    fitted, size = 4 * np.exp(log_risk), 4.0
    there = stats.nbinom.logpmf(counts.ravel(), size, size / (size + fitted)).sum()
    base = stats.nbinom.logpmf(counts.ravel(), size, 0.5).sum()
    levels = [solver._log_posterior(np.append(x, [0, 0]), FLAT)[0] for x in (log_risk, np.zeros(4))]
    prior = -0.5 * (log_risk**2).sum() / FLAT.sd[0] ** 2
    assert levels[0] - levels[1] == pytest.approx(there - base + prior)


def test_the_curvature_is_minus_the_second_difference():
    solver = solver_of([[2, 9], [0, 5]], spread=0.5)
    x, h = np.array([0.3, -0.2, 0.1, 0.8, 0, 0]), 1e-3
    for place in range(4):
        step = np.eye(6)[place] * h
        level = [solver._log_posterior(x + i * step, FLAT)[0] for i in (-1, 0, 1)]
        second = -(level[0] - 2 * level[1] + level[2]) / h**2
        assert second == pytest.approx(solver.weights(x)[place] + 1 / FLAT.sd[0] ** 2, rel=1e-4)


def test_where_reporting_is_not_overdispersed_it_says_nearly_what_the_product_says():
    quiet = next(world for world in worlds() if world.name == "smooth, associated; 20 wards")
    drawn = draw_map(quiet, rng=np.random.default_rng(4))
    assert np.abs(reporting_probability(drawn) - product(drawn).score).max() < 0.15


def test_what_stands_out_in_both_measures_of_one_ward_is_believed_more_than_what_stands_out_in_one():
    single = next(world for world in worlds() if world.name == "single wards; a year")
    drawn = draw_map(single, rng=np.random.default_rng(4))
    probability = reporting_probability(drawn)
    assert probability[drawn.truth].mean() > 0.3
    assert probability[~drawn.truth].max() < 0.5
