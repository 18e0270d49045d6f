"""Whether each ward is high on both measures in each of two windows, from one fit of both together.

With `level` a ward's relative risk over both windows and `change` the log ratio of its risks now and before, the counts
split exactly: their total is Poisson around the level, and how it falls on the two windows is binomial in the change.
So with independent priors the two are independent given the counts: the level is the overlap model's, fitted to both
windows pooled, and the change is that of `risk_changes`. A ward of which little is known is therefore taken to have
stayed as it was, and its class does not flip because one quarter came in and another went out.

Measured against two fits apart (docs/changes-benchmark.md): emerging overlaps are ranked far better from the first quarter
on, and persistent ones found twice as often; where nothing changes, no ward was named new or cleared.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.overlap import SOUND
from analysis.pooled_risks import PooledRisks
from analysis.risk_changes import NODES, RiskChanges, fit_risk_changes

Floats = NDArray[np.float64]

LESS = 0.75
"""A risk is less now if it is at most this part of what it was."""
_AT_ONCE = 256


@dataclass(frozen=True)
class WindowPair:
    """Probabilities of `n` wards, (n,) each. High is high on both measures."""

    now: Floats
    before: Floats
    persistent: Floats
    """High in both windows."""
    new: Floats
    """High now, not before."""
    cleared: Floats
    """High before, not now."""
    easing: Floats
    """High before, and at least one of the two risks less now (`LESS`), whether or not still high."""


def compare_windows(
    *,
    before: Floats | NDArray[np.int64],
    now: Floats | NDArray[np.int64],
    pooled: PooledRisks,
    threshold: float,
    expected: tuple[Floats, Floats] | None = None,
) -> WindowPair:
    """Say how probable it is that each ward was and is high on both.

    Parameters
    ----------
    before, now : ndarray
        (n, 2) counts of two windows with the same denominators.
    pooled : PooledRisks
        Of the two windows together, before the factor `SOUND`; it is applied here.
    threshold : float
        Relative risk above which a ward counts as high.
    expected : pair of ndarrays or None
        (n, 2) expected counts before and now, above 0; without them those of the same denominators in both windows.
    """
    if expected is None:
        changes = fit_risk_changes(before=before, now=now)
        share = now.sum(axis=0) / np.maximum((now + before).sum(axis=0), 1)
    else:
        changes = fit_risk_changes(before=before, now=now, exposure=expected[1] / expected[0])
        share = expected[1].sum(axis=0) / (expected[0] + expected[1]).sum(axis=0)
    rows = [slice(first, first + _AT_ONCE) for first in range(0, len(now), _AT_ONCE)]
    parts = [_compare_rows(changes, pooled, rows=part, share=share, threshold=threshold) for part in rows]
    high_before, high_now, both, easing = SOUND * np.concatenate(parts, axis=1)
    return WindowPair(
        now=high_now,
        before=high_before,
        persistent=both,
        new=high_now - both,
        cleared=high_before - both,
        easing=easing,
    )


def _compare_rows(changes: RiskChanges, pooled: PooledRisks, *, rows: slice, share: Floats, threshold: float) -> Floats:
    """Probability of high before, high now, high in both and easing, (4, r)."""
    risks = PooledRisks(pooled.log_risk[rows], pooled.deviate[rows], pooled.correlation[rows])
    cut_before, cut_now = _cuts(share, threshold=threshold)
    mass = changes.posterior(rows)
    wards = len(mass)

    def both_above(cut: Floats) -> Floats:
        return risks.both_above(np.broadcast_to(cut, (wards, *cut.shape)))

    was, is_now, stays = (both_above(cut) for cut in (cut_before, cut_now, np.maximum(cut_before, cut_now)))
    fallen = np.log(LESS) >= NODES
    less = fallen[:, None] | fallen[None, :]
    return np.stack([(mass * part).sum(axis=(1, 2)) for part in (was, is_now, stays, was * less)])


def _cuts(share: Floats, *, threshold: float) -> tuple[Floats, Floats]:
    """Log level, (2, k), above which the risk before and the risk now are above the threshold at each change.

    The level is the mean of the risks before and now, weighted by what each window expects.
    """
    weight = share[:, None]
    grown = np.log(1 - weight + weight * np.exp(NODES))
    return np.log(threshold) + grown, np.log(threshold) + grown - NODES
