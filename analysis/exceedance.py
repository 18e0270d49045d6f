"""Probabilities, means and intervals of the wards' relative risks, mixed over the points of the hyperparameters.

At one point, a ward's two log relative risks have the margins of `count_margins` joined by the correlation of the
Gaussian approximation (a Gaussian copula, as in Rue, Martino and Chopin 2009, section 6.1, and Martins et al. 2013).
No draws are taken, so there is no Monte Carlo error here.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, owens_t

from analysis.count_likelihood import CountShape
from analysis.count_margins import CountMargins
from analysis.free_mixing import FreeMixing

Floats = NDArray[np.float64]
_Below = Callable[[Floats], tuple[Floats, Floats]]
"""Probability below a log relative risk, and the density there, row by row."""

_TAIL = 1e-14
_AT_ONCE = 64
"""Rows tabulated together: few enough to stay in the processor's cache. Even, so that a ward is not split."""
_QUANTILE_STEPS = 50
_QUANTILE_ERROR = 1e-5
_LEAST_H = 1e-10


@dataclass(frozen=True)
class LatentMixture:
    """The approximate posterior of the surfaces: `m` weighted points for `n` wards."""

    log_evidence: float
    """Log of the counts' probability, without the factors that hold no risk."""
    weight: Floats
    """(m,) sums to 1."""
    mode: Floats
    """(2 n, m), ward-major."""
    variance: Floats
    """(2 n, m)."""
    covariance: Floats
    """(n, m) between the measures of one ward."""
    shape: CountShape
    """(2 n, m) the likelihood of the counts around the mode."""
    tilt: Floats
    """(2 n, m) see `count_margins`."""


@dataclass(frozen=True)
class WardSummaries:
    """What is reported of each ward."""

    both: Floats
    """(n,) probability that both relative risks are above the threshold."""
    above: Floats
    """(n, 2) the same for each measure."""
    mean: Floats
    """(n, 2) posterior mean relative risk."""
    interval: Floats
    """(n, 2, 2) [ward, measure, lower or upper]."""


@dataclass(frozen=True)
class Beside:
    """A second model to average with."""

    model: FreeMixing
    weight: float
    """Its posterior probability."""


def summarise(
    mixture: LatentMixture, *, threshold: float, coverage: float = 0.95, beside: Beside | None = None
) -> WardSummaries:
    """Summarise every ward's posterior.

    Parameters
    ----------
    beside : Beside or None
        A second model: everything that is summarised is the average of both by their probabilities.
    threshold : float
        Relative risk that counts as high.
    coverage : float
        Share of the posterior inside the interval, with equal tails.
    """
    parts = [
        _summarise_rows(mixture, slice(first, first + _AT_ONCE), threshold=threshold, coverage=coverage, beside=beside)
        for first in range(0, mixture.mode.shape[0], _AT_ONCE)
    ]
    return WardSummaries(
        both=np.concatenate([part.both for part in parts]),
        above=np.concatenate([part.above for part in parts]),
        mean=np.concatenate([part.mean for part in parts]),
        interval=np.concatenate([part.interval for part in parts]),
    )


def _summarise_rows(
    mixture: LatentMixture, rows: slice, *, threshold: float, coverage: float, beside: Beside | None
) -> WardSummaries:
    variance = mixture.variance[rows]
    margins = CountMargins.around(
        mixture.mode[rows], variance=variance, shape=mixture.shape[rows], tilt=mixture.tilt[rows]
    )
    above = 1 - margins.below(np.log(threshold))[0]
    across = mixture.covariance[rows.start // 2 : rows.stop // 2]
    correlation = np.clip(across / np.sqrt(variance[0::2] * variance[1::2]), -1 + 1e-9, 1 - 1e-9)
    both = joint_exceedance(above[0::2], above[1::2], correlation=correlation)
    tails = [(1 - coverage) / 2, (1 + coverage) / 2]
    below = _averaged_below(margins, mixture.weight, beside, rows)
    low, high = (margins.mode - margins.left).min(axis=1), (margins.mode + margins.right).max(axis=1)
    interval = np.column_stack([_quantile(below, low, high, margins.mode @ mixture.weight, tail) for tail in tails])
    field = WardSummaries(
        both=_share(both @ mixture.weight),
        above=_share(above @ mixture.weight).reshape(-1, 2),
        mean=(margins.mean_exponential @ mixture.weight).reshape(-1, 2),
        interval=np.exp(interval).reshape(-1, 2, 2),
    )
    return field if beside is None else _averaged(field, beside, slice(rows.start // 2, rows.stop // 2))


def _averaged(field: WardSummaries, beside: Beside, wards: slice) -> WardSummaries:
    """Average what is linear in the posterior; the interval is of the average already."""
    share, model = beside.weight, beside.model
    return WardSummaries(
        both=(1 - share) * field.both + share * _share(model.both[wards]),
        above=(1 - share) * field.above + share * _share(model.above[wards]),
        mean=(1 - share) * field.mean + share * model.mean[wards],
        interval=field.interval,
    )


def _averaged_below(margins: CountMargins, weight: Floats, beside: Beside | None, rows: slice) -> _Below:
    def below(cut: Floats) -> tuple[Floats, Floats]:
        probability, density = (part @ weight for part in margins.below(cut[:, None]))
        if beside is None:
            return probability, density
        share = beside.weight
        other = beside.model.below(cut, rows)
        return (1 - share) * probability + share * other[0], (1 - share) * density + share * other[1]

    return below


def joint_exceedance(first: Floats, second: Floats, *, correlation: Floats) -> Floats:
    """Probability that both of two events happen, joined by a Gaussian copula.

    Parameters
    ----------
    first, second : ndarray
        Probability of each, any shape.
    correlation : ndarray
        Of the underlying bivariate normal, within (-1, 1).

    Notes
    -----
    Owen (1956), Annals of Mathematical Statistics 27:1075.
    """
    h, k = (_off_zero(ndtri(np.clip(p, _TAIL, 1 - _TAIL))) for p in (first, second))
    root = np.sqrt(1 - correlation**2)
    wings = owens_t(h, (k - correlation * h) / (h * root)) + owens_t(k, (h - correlation * k) / (k * root))
    joint = 0.5 * (ndtr(h) + ndtr(k)) - wings - 0.5 * (h * k < 0)
    return np.asarray(np.clip(joint, np.maximum(first + second - 1, 0), np.minimum(first, second)))


def _off_zero(h: Floats) -> Floats:
    """Owen's formula divides by `h`; this close to 0 the probability no longer changes."""
    return np.where(np.abs(h) < _LEAST_H, np.where(h < 0, -_LEAST_H, _LEAST_H), h)


def _share(probability: Floats) -> Floats:
    """Undo rounding beyond 0 and 1."""
    return np.asarray(np.clip(probability, 0.0, 1.0))


def _quantile(below: _Below, low: Floats, high: Floats, guess: Floats, tail: float) -> Floats:
    """Quantile of each row, (r,): Newton steps kept inside a shrinking bracket."""
    for _ in range(_QUANTILE_STEPS):
        probability, density = below(guess)
        if np.abs(probability - tail).max() < _QUANTILE_ERROR:
            break
        low, high = np.where(probability < tail, guess, low), np.where(probability < tail, high, guess)
        step = guess - (probability - tail) / np.maximum(density, 1e-12)
        guess = np.where((step > low) & (step < high), step, (low + high) / 2)
    return np.asarray(guess)
