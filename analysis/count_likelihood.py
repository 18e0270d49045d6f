"""Overdispersed counts: how likely a count is given a ward's risk, when reporting differs from ward to ward.

A count is Poisson around its expected count times the relative risk times a gamma factor of mean 1 and standard
deviation `spread`, drawn for each ward and measure alone; without the factor it is negative binomial with shape
`size = 1 / spread**2` (Greenwood and Yule 1920). What shows in one measure of one ward alone can be reporting; what
both measures or neighbouring wards share must be risk.

As a function of the log relative risk the log likelihood is concave and its curvature positive everywhere.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CountShape:
    """The log likelihood of counts around a point, all that is beyond its value and slope there.

    At a distance `d` of the log relative risk it falls short of its tangent by

        total * (log(1 + share * (exp(d) - 1)) - share * d)

    which for Poisson counts is `fitted * (exp(d) - 1 - d)`.
    """

    total: Floats
    """Count plus size."""
    share: Floats
    """Fitted count over fitted count plus size, between 0 and 1."""

    @property
    def curvature(self) -> Floats:
        """Minus the second derivative at the point: the fitted count, were it Poisson."""
        return self.total * self.share * (1 - self.share)

    def __getitem__(self, rows: slice) -> "CountShape":
        """Take some rows."""
        return CountShape(total=self.total[rows], share=self.share[rows])

    def shortfall(self, away: Floats, *, rise: Floats) -> tuple[Floats, Floats]:
        """How far below its tangent, and the derivative of that, at distances with one more last axis.

        Parameters
        ----------
        away, rise : ndarray
            (..., nodes) the distances, and `expm1` of them.
        """
        total, share = self.total[..., None], self.share[..., None]
        grown = share * rise
        short = total * (np.log1p(grown) - share * away)
        slope = total * share * (1 - share) * rise / (1 + grown)
        return short, slope

    @classmethod
    def joined(cls, parts: list["CountShape"]) -> "CountShape":
        """Put parts side by side along the last axis."""
        return cls(
            total=np.concatenate([part.total for part in parts], axis=-1),
            share=np.concatenate([part.share for part in parts], axis=-1),
        )


class OverdispersedCounts:
    """The likelihood of one data set.

    Parameters
    ----------
    counts, expected : ndarray
        (r,) counts, and expected counts above 0; log relative risks are given alike.
    """

    def __init__(self, counts: Floats, *, expected: Floats) -> None:
        self._counts = counts
        self._expected = expected

    def constant(self, *, size: float) -> float:
        """Part of the log likelihood that holds no risk.

        Factors that hold neither risk nor size are left out.
        """
        return float((gammaln(self._counts + size) - gammaln(size) - self._counts * np.log(size)).sum())

    def log_likelihood(self, log_risk: Floats, *, size: float) -> float:
        """Log likelihood without `constant`."""
        with np.errstate(over="ignore"):  # a step too far is infinitely bad, and is halved
            grown = self._expected * np.exp(log_risk) / size
        return float((self._counts * log_risk - (self._counts + size) * np.log1p(grown)).sum())

    def slope(self, log_risk: Floats, *, size: float) -> Floats:
        """Derivative of the log likelihood, (r,)."""
        fitted = self._expected * np.exp(log_risk)
        return np.asarray((self._counts - fitted) * size / (size + fitted))

    def shape(self, log_risk: Floats, *, size: float) -> CountShape:
        """Give what is beyond the slope around log relative risks, (r,)."""
        fitted = self._expected * np.exp(log_risk)
        return CountShape(total=self._counts + size, share=fitted / (size + fitted))
