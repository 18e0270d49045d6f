"""A second model beside the field: any joint distribution of the two relative risks, each ward drawn from it alone.

No space, but no bell shape either: where most wards are alike and a few stand out on both measures, it learns just
that, which a Gaussian field takes for the tail of a bell. Counts are Poisson. The mixing distribution lives on a grid
of log relative risks around a base of two independent normals that is worth `BASE_WARDS` wards; its posterior by the
EM algorithm (Kiefer and Wolfowitz 1956, smoothed), its evidence by predictive recursion over random orders of the
wards (Newton 2002, Sankhya A 64:306; Martin and Tokdar 2011, Journal of the American Statistical Association
106:1462).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp
from scipy.stats import norm

from analysis.overlap_inputs import OverlapData

Floats = NDArray[np.float64]

BASE_WARDS = 50.0
BASE_MEAN, BASE_SD = -0.1, 0.4
_STEP = 0.15
_LOWEST, _HIGHEST = np.log(0.2), np.log(8.0)
_ROUNDS = 100
_ORDERS, _MANY_WARDS = 4, 1000


@dataclass(frozen=True)
class FreeMixing:
    """What the model says of `n` wards."""

    log_evidence: float
    """Log of the counts' probability, without the factors that hold no risk."""
    both: Floats
    """(n,) probability that both relative risks are above the threshold."""
    above: Floats
    """(n, 2) the same for each measure."""
    mean: Floats
    """(n, 2) posterior mean relative risk."""
    nodes: Floats
    """(k,) log relative risks, evenly spaced; the threshold is half-way between two."""
    mass: Floats
    """(2 n, k) posterior probability of each node, ward-major."""

    def below(self, cut: Floats, rows: slice) -> tuple[Floats, Floats]:
        """Probability below `cut`, (r,), for some rows of `mass`, and the density there.

        Each node's probability is spread evenly as far as half-way to the next.
        """
        mass = self.mass[rows]
        place = np.clip((cut - self.nodes[0]) / _STEP + 0.5, 0.0, self.nodes.size - 1e-9)
        node = place.astype(np.intp)
        each = np.arange(mass.shape[0])
        lower = np.concatenate([np.zeros((mass.shape[0], 1)), np.cumsum(mass, axis=1)], axis=1)[each, node]
        here = mass[each, node]
        return lower + (place - node) * here, here / _STEP


def fit_free_mixing(data: OverlapData, *, threshold: float) -> FreeMixing:
    """Fit the model. The order of the wards does not matter."""
    nodes = _nodes(threshold)
    (first, second), taken = _likelihoods(data, nodes)
    base = norm.pdf(nodes, BASE_MEAN, BASE_SD)
    base = np.outer(base, base) / base.sum() ** 2
    mixing = _estimate(first, second, base)
    joint = (first @ mixing) * second
    whole = joint.sum(axis=1, keepdims=True)
    mass = np.stack([first * (second @ mixing.T), joint], axis=1) / whole[:, None]
    high = nodes > np.log(threshold)
    both = ((first[:, high] @ mixing[np.ix_(high, high)]) * second[:, high]).sum(axis=1) / whole[:, 0]
    order = np.lexsort(np.column_stack([data.counts, data.expected]).T)
    return FreeMixing(
        log_evidence=_log_evidence(first[order], second[order], base) + float(taken.sum()),
        both=both,
        above=mass[..., high].sum(axis=-1),
        mean=mass @ np.exp(nodes),
        nodes=nodes,
        mass=mass.reshape(-1, nodes.size),
    )


def _nodes(threshold: float) -> Floats:
    middle = float(np.log(threshold))
    lowest, highest = min(_LOWEST, middle - 3 * _STEP), max(_HIGHEST, middle + 3 * _STEP)
    steps = np.arange(np.floor((lowest - middle) / _STEP), np.ceil((highest - middle) / _STEP))
    return np.asarray(middle + _STEP * (steps + 0.5))


def _likelihoods(data: OverlapData, nodes: Floats) -> tuple[list[Floats], Floats]:
    """Likelihood of each ward's counts at each node, by measure, and what was divided out, on the log scale."""
    logs = data.counts[..., None] * nodes - data.expected[..., None] * np.exp(nodes)
    largest = logs.max(axis=-1)
    scaled = np.exp(logs - largest[..., None])
    return [scaled[:, 0], scaled[:, 1]], largest.sum(axis=1)


def _estimate(first: Floats, second: Floats, base: Floats) -> Floats:
    mixing, wards = base, len(first)
    for _ in range(_ROUNDS):
        whole = ((first @ mixing) * second).sum(axis=1)
        seen = mixing * (first.T @ (second / whole[:, None]))
        mixing = (seen + BASE_WARDS * base) / (wards + BASE_WARDS)
    return mixing


def _log_evidence(first: Floats, second: Floats, base: Floats) -> float:
    orders = _ORDERS if len(first) <= _MANY_WARDS else 1
    rng = np.random.default_rng(0)
    shuffled = [rng.permutation(len(first)) for _ in range(orders)]
    totals = [_recursion(first[order], second[order], base) for order in shuffled]
    return float(logsumexp(totals) - np.log(orders))


def _recursion(first: Floats, second: Floats, base: Floats) -> float:
    mixing, total = base, 0.0
    for place, (one, other) in enumerate(zip(first, second, strict=True)):
        joint = mixing * np.outer(one, other)
        whole = float(joint.sum())
        total += float(np.log(whole))
        mixing = mixing + (joint / whole - mixing) / (place + 1 + BASE_WARDS)
    return total
