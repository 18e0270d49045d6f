"""The ways in which overlaps are looked for today that take counts or rates ward by ward."""

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from analysis.flagging import largest_flagged_set
from bench.overlap.verdicts import FDR, Floats, Verdict
from bench.overlap.worlds import THRESHOLD, Map

_TOP = 0.8


def top_fifth(drawn: Map) -> Verdict:
    """Flag the wards in the top fifth on both crude rates."""
    rates = drawn.counts / drawn.expected
    ranks = stats.rankdata(rates, axis=0)
    return Verdict(
        score=ranks.min(axis=1) + 1e-6 * ranks.sum(axis=1),
        flagged=np.asarray((rates >= np.quantile(rates, _TOP, axis=0)).all(axis=1)),
    )


def poisson_tests_above_1(drawn: Map) -> Verdict:
    """Flag where both relative risks are significantly above 1, Benjamini-Hochberg."""
    return _poisson_tests(drawn, risk=1.0)


def poisson_tests_above_threshold(drawn: Map) -> Verdict:
    """Flag where both relative risks are significantly above the threshold, Benjamini-Hochberg."""
    return _poisson_tests(drawn, risk=THRESHOLD)


def _poisson_tests(drawn: Map, *, risk: float) -> Verdict:
    p = poisson_p(drawn.counts, expected=risk * drawn.expected).max(axis=1)
    # the p-value alone ties where it is 1
    score = -p + 1e-9 * np.minimum(*(drawn.counts / drawn.expected).T)
    return Verdict(score=score, flagged=stats.false_discovery_control(p) <= FDR)


def poisson_p(counts: NDArray[np.int64], *, expected: Floats) -> Floats:
    """One-sided p-value of each count: as many events or more, by chance."""
    return np.asarray(stats.poisson.sf(counts - 1, expected))


def gamma_poisson(drawn: Map) -> Verdict:
    """Flag by the product of two independent exceedance probabilities under empirical-Bayes gamma priors."""
    both = gamma_poisson_exceedance(drawn).prod(axis=1)
    return Verdict(score=both, flagged=largest_flagged_set(both, fdr=FDR))


def gamma_poisson_exceedance(drawn: Map) -> Floats:
    """(n, 2) probability that each relative risk is above the threshold, measure by measure, ward by ward."""
    columns = []
    for counts, expected in zip(drawn.counts.T, drawn.expected.T, strict=True):
        shape, rate = gamma_prior(counts, expected=expected)
        columns.append(stats.gamma.sf(THRESHOLD, shape + counts, scale=1 / (rate + expected)))
    return np.column_stack(columns)


def gamma_prior(counts: NDArray[np.int64], *, expected: Floats) -> tuple[float, float]:
    """Shape and rate of the gamma distribution of relative risks, by maximum likelihood of the negative binomial."""

    def loss(theta: Floats) -> float:
        shape, rate = np.exp(theta)
        return -float(stats.nbinom.logpmf(counts, shape, rate / (rate + expected)).sum())

    found = optimize.minimize(loss, np.log([2.0, 2.0]), method="L-BFGS-B", bounds=[(-4, 9), (-4, 9)])
    shape, rate = np.exp(found.x)
    return float(shape), float(rate)
