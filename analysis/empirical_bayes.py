"""Empirical-Bayes rates: rates of small wards, which are mostly chance, drawn towards the rate of the whole area."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EXPLANATION = (
    "The rate of each ward drawn towards the rate of the whole area, the further the fewer people there are, "
    "because the figures of a small ward are mostly chance."
)

_ROUNDING = 1e-9
"""Rates this close to the overall rate, relative to it, are equal to it."""


@dataclass(frozen=True)
class EmpiricalBayes:
    """Global empirical-Bayes estimates of one measure in `n` wards.

    Exact counts follow from them: they are shown only through the gate.
    """

    rate: Floats
    """(n,) events per unit of the denominator, drawn towards `overall` (Marshall 1991): what is mapped."""
    standardised: Floats
    """(n,) crude rate less `overall`, over the standard deviation it has for that denominator (Assuncao and Reis 1999):
    what is tested. Unlike `rate` it varies alike in large and small wards where all risks are equal."""
    overall: float
    """Events per unit of the denominator in the whole area."""
    variance: float
    """How much true rates vary between wards, by the method of moments; 0 where chance alone explains the counts."""


def empirical_bayes(counts: NDArray[np.int64] | Floats, *, denominator: Floats) -> EmpiricalBayes:
    """Estimate the overall rate, how much rates vary between wards, and the rate of each ward.

    Parameters
    ----------
    counts : (n,) array
        Events by ward.
    denominator : (n,) array
        People by ward, all above 0; or expected counts, and then rates are relative to the area's.

    Notes
    -----
    A negative estimate of the variance is taken as 0, as Marshall does, and all rates are then the overall rate. (esda
    2.9 leaves it negative, which makes low rates of high ones.) Without any event every rate is 0.

    Marshall (1991), Applied Statistics 40:283; Assuncao and Reis (1999), Statistics in Medicine 18:2147.
    """
    overall = float(counts.sum() / denominator.sum())
    away = counts / denominator - overall
    away[np.abs(away) <= _ROUNDING * overall] = 0
    if overall == 0:
        return EmpiricalBayes(rate=away, standardised=away, overall=0.0, variance=0.0)
    spread = float(denominator @ away**2 / denominator.sum())
    variance = max(0.0, spread - overall / float(denominator.mean()))
    total = variance + overall / denominator
    return EmpiricalBayes(
        rate=overall + variance / total * away,
        standardised=away / np.sqrt(total),
        overall=overall,
        variance=variance,
    )
