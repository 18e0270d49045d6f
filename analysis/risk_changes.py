"""How far each ward's two relative risks moved from one window to the next, given how its events fall on the two.

Given a ward's total over both windows, its count now is binomial, and how it splits holds nothing of how high the ward
is: the log ratio `change` of the risks is all that matters. Most wards do not change, and small counts split unevenly by
chance, so the changes of all wards share one prior, centred on none: a mixture of no change at all and of normal changes
of several sizes, of one measure alone, of both alike or of both apart. The shares in the mixture are estimated from all
wards together, with a prior of `PRIOR_WARDS` wards of which most do not change. That is the adaptive shrinkage of
Stephens (2017), Biostatistics 18:275, and Urbut et al. (2019), Nature Genetics 51:187, with an exact likelihood.

Neighbours do not help each other here: a change is taken to be of a ward, not of a region. Nor is a change of reporting
told from a change of risk where only one measure moves.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_expit
from scipy.stats import norm

Floats = NDArray[np.float64]

NODES = np.linspace(-2.0, 2.0, 21)
"""Log ratios of the risks (now over before) that are considered: the risk falls to a seventh, or grows sevenfold."""
SIZES = (0.3, 0.6, 1.2)
"""Standard deviations of the normal changes."""
PRIOR_WARDS, PRIOR_UNCHANGED = 20.0, 0.8
_ROUNDS = 200


@dataclass(frozen=True)
class RiskChanges:
    """What is known of the changes of `n` wards. Measure 0 is referrals, measure 1 is incidents."""

    prior: Floats
    """(k, k) estimated distribution of the changes of a ward over `NODES`, one axis a measure."""
    likelihood: Floats
    """(n, 2, k) of each ward's split at each change, largest 1."""

    def posterior(self, rows: slice = slice(None)) -> Floats:
        """(r, k, k) distribution of the changes of some wards; each sums to 1."""
        first, second = self.likelihood[rows, 0], self.likelihood[rows, 1]
        joint = first[:, :, None] * self.prior * second[:, None, :]
        return np.asarray(joint / joint.sum(axis=(1, 2), keepdims=True))


def fit_risk_changes(
    *, before: Floats | NDArray[np.int64], now: Floats | NDArray[np.int64], exposure: Floats | None = None
) -> RiskChanges:
    """Estimate the prior of the changes and each ward's likelihood.

    Parameters
    ----------
    before, now : ndarray
        (n, 2) counts of the two windows.
    exposure : ndarray or None
        (n, 2) expected count now over expected count before. Without it that of the totals, as expected counts follow from
        the same denominators in both windows: a change of the whole area is no change of any ward.
    """
    if exposure is None:
        exposure = np.broadcast_to(np.maximum(now.sum(axis=0), 1) / np.maximum(before.sum(axis=0), 1), now.shape)
    log_odds = NODES + np.log(exposure)[..., None]
    logs = now[..., None] * log_expit(log_odds) + before[..., None] * log_expit(-log_odds)
    likelihood = np.exp(logs - logs.max(axis=-1, keepdims=True))
    parts, base = _parts(), _base()
    each = np.stack([((likelihood[:, 0] @ part) * likelihood[:, 1]).sum(axis=1) for part in parts], axis=1)
    share = base
    for _ in range(_ROUNDS):
        seen = each * share
        seen = seen / seen.sum(axis=1, keepdims=True)
        share = (seen.sum(axis=0) + PRIOR_WARDS * base) / (len(seen) + PRIOR_WARDS)
    return RiskChanges(prior=np.tensordot(share, parts, axes=1), likelihood=likelihood)


def _parts() -> Floats:
    """Parts of the mixture, (c, k, k), each summing to 1: no change first."""
    still = (np.arange(NODES.size) == NODES.size // 2).astype(float)
    parts = [np.outer(still, still)]
    for size in SIZES:
        moved = norm.pdf(NODES, scale=size)
        moved = moved / moved.sum()
        parts += [np.outer(moved, still), np.outer(still, moved), np.diag(moved), np.outer(moved, moved)]
    return np.stack(parts)


def _base() -> Floats:
    others = 4 * len(SIZES)
    return np.append(PRIOR_UNCHANGED, np.full(others, (1 - PRIOR_UNCHANGED) / others))
