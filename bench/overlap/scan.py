"""The multivariate spatial scan statistic of Kulldorff, Mostashari, Duczmal, Yih, Kleinman and Platt (2007),
Statistics in Medicine 26:1824: circles, Poisson, high rates, the log-likelihood ratios of the two measures added.

No coordinates of events and no elliptic windows; secondary clusters are the best of those that share no ward.
"""

import numpy as np
from numpy.typing import NDArray

from bench.overlap.verdicts import SIGNIFICANCE, Floats, Verdict
from bench.overlap.worlds import Map

LARGEST_SHARE = 0.25
"""Largest share of the residents inside a circle."""
REPLICAS = 199


def multivariate_scan(drawn: Map) -> Verdict:
    """Flag the wards of significant circles in which both measures are high."""
    expected, nearest = drawn.expected, drawn.area.nearest
    allowed = np.cumsum(drawn.residents[nearest], axis=1) <= LARGEST_SHARE * drawn.residents.sum()
    allowed[:, 0] = True
    ratios = log_likelihood_ratios(drawn.counts, expected=expected, nearest=nearest)
    total = np.where(allowed, ratios.sum(axis=2), 0.0)
    chance = _largest_by_chance(drawn, allowed=allowed)
    both = np.where((ratios > 0).all(axis=2), total, 0.0)
    flagged = np.zeros(expected.shape[0], dtype=bool)
    for ward, last in _best_apart(total, nearest):
        p = (1 + (chance >= total[ward, last]).sum()) / (1 + chance.size)
        if p > SIGNIFICANCE:
            break
        flagged[nearest[ward, : last + 1]] |= both[ward, last] > 0
    return Verdict(score=_best_of_each_ward(both, nearest), flagged=flagged)


def log_likelihood_ratios(counts: NDArray[np.int64], *, expected: Floats, nearest: NDArray[np.intp]) -> Floats:
    """Log-likelihood ratio of every circle, (n, n, measures): `[i, k]` holds the `k + 1` wards nearest to `i`.

    0 where the circle holds no more than is expected.
    """
    inside, fitted = np.cumsum(counts[nearest], axis=1), np.cumsum(expected[nearest], axis=1)
    outside, rest = counts.sum(axis=0) - inside, np.maximum(expected.sum(axis=0) - fitted, 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        within = np.where(inside > 0, inside * np.log(inside / fitted), 0.0)
        beyond = np.where(outside > 0, outside * np.log(outside / rest), 0.0)
    return np.asarray(np.where(inside > fitted, np.maximum(within + beyond, 0.0), 0.0))


def _largest_by_chance(drawn: Map, *, allowed: NDArray[np.bool_]) -> Floats:
    """Largest ratio of each replica with the same totals and equal risks; its seed is the map's own total."""
    rng = np.random.default_rng(int(drawn.counts.sum()))
    shares = drawn.expected / drawn.expected.sum(axis=0)
    largest = []
    for _ in range(REPLICAS):
        counts = np.column_stack([rng.multinomial(c.sum(), s) for c, s in zip(drawn.counts.T, shares.T, strict=True)])
        ratios = log_likelihood_ratios(counts, expected=drawn.expected, nearest=drawn.area.nearest)
        largest.append(ratios.sum(axis=2)[allowed].max())
    return np.array(largest)


def _best_apart(total: Floats, nearest: NDArray[np.intp]) -> list[tuple[int, int]]:
    """The best circle, the best of those that share no ward with it, and so on."""
    taken = np.zeros(total.shape[0], dtype=bool)
    found = []
    for place in np.argsort(-total, axis=None)[: 20 * total.shape[0]]:
        ward, last = (int(index) for index in np.unravel_index(place, total.shape))
        members = nearest[ward, : last + 1]
        if total[ward, last] > 0 and not taken[members].any():
            taken[members] = True
            found.append((ward, last))
    return found


def _best_of_each_ward(both: Floats, nearest: NDArray[np.intp]) -> Floats:
    """The best ratio per ward of the circles around it in which both measures are high."""
    # the largest of this and all larger circles around the same centre: those that hold the ward at this place
    holding = np.maximum.accumulate(both[:, ::-1], axis=1)[:, ::-1]
    best = np.zeros(both.shape[0])
    np.maximum.at(best, nearest, holding)
    return best
