"""A candidate to average with: any joint distribution of the two relative risks, each ward drawn from it alone.

No space, but no bell shape either: where most wards are alike and a few stand out on both, it learns just that. The
mixing distribution lives on a grid of log relative risks around a base of two independent normals, worth
`BASE_WARDS` wards; its posterior expectation by the EM algorithm (a smoothed Kiefer and Wolfowitz 1956), its evidence
by predictive recursion over random orders of the wards (Newton 2002, Sankhya A 64:306; Martin and Tokdar 2011,
Journal of the American Statistical Association 106:1462).
"""

import numpy as np
from scipy.special import logsumexp
from scipy.stats import norm

from bench.overlap.verdicts import Floats
from bench.overlap.worlds import THRESHOLD, Map

BASE_WARDS = 20.0
_STEP = 0.15
_NODES = np.log(THRESHOLD) + _STEP * (np.arange(-13, 11) + 0.5)
"""The threshold lies between two nodes."""
_BASE = np.outer(*[norm.pdf(_NODES, -0.1, 0.6) / norm.pdf(_NODES, -0.1, 0.6).sum()] * 2)
_ROUNDS, _ORDERS = 150, 4


def _likelihoods(drawn: Map) -> tuple[list[Floats], Floats]:
    """Poisson likelihood of each ward's counts at each node, by measure, and what was divided out, on the log scale.

    Factors that hold no risk are left out, as the product's own evidence does.
    """
    parts, taken = [], np.zeros(len(drawn.counts))
    for counts, expected in zip(drawn.counts.T, drawn.expected.T, strict=True):
        logs = counts[:, None] * _NODES - expected[:, None] * np.exp(_NODES)
        largest = logs.max(axis=1)
        taken += largest
        parts.append(np.exp(logs - largest[:, None]))
    return parts, taken


def mixing_probability(drawn: Map) -> Floats:
    """(n,) probability that both relative risks are above the threshold."""
    (first, second), _ = _likelihoods(drawn)
    mixing, wards = _BASE, len(first)
    for _ in range(_ROUNDS):
        whole = ((first @ mixing) * second).sum(axis=1)
        mixing = (mixing * (first.T @ (second / whole[:, None])) + BASE_WARDS * _BASE) / (wards + BASE_WARDS)
    high = np.log(THRESHOLD) < _NODES
    above = ((first[:, high] @ mixing[np.ix_(high, high)]) * second[:, high]).sum(axis=1)
    return np.asarray(above / ((first @ mixing) * second).sum(axis=1))


def mixing_log_evidence(drawn: Map) -> float:
    """Log of the counts' probability, without the factors that hold no risk."""
    (first, second), taken = _likelihoods(drawn)
    rng = np.random.default_rng(0)
    totals = []
    for _ in range(_ORDERS):
        mixing, total = _BASE, float(taken.sum())
        for place, ward in enumerate(rng.permutation(len(first))):
            joint = mixing * np.outer(first[ward], second[ward])
            whole = joint.sum()
            total += float(np.log(whole))
            mixing = mixing + (joint / whole - mixing) / (place + 1 + BASE_WARDS)
        totals.append(total)
    return float(logsumexp(totals) - np.log(_ORDERS))
