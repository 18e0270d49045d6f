"""How far an approximation is from draws, and how much of that is the draws' own Monte Carlo error."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MEAN_ALLOWED, LARGEST_ALLOWED = 0.01, 0.05


def monte_carlo_error(above: Floats, *, effective: Floats) -> Floats:
    """Standard error of each ward's share of draws above the threshold.

    Parameters
    ----------
    above : ndarray
        (chains, draws, n) 1 or 0.
    effective : ndarray
        (n,) effective draws; not a number where all draws are alike.

    Notes
    -----
    Where all draws are alike the error is that of the rule of succession: one draw of the other kind among as many.
    """
    count = above.shape[0] * above.shape[1]
    share = (above.sum(axis=(0, 1)) + 0.5) / (count + 1)
    draws = np.where(np.isfinite(effective) & (effective > 0), effective, count)
    return np.asarray(np.sqrt(share * (1 - share) / draws))


@dataclass(frozen=True)
class Difference:
    """An approximation of `n` probabilities beside draws."""

    mean: float
    """Mean absolute difference."""
    by_chance: float
    """What the mean absolute difference would be by the draws' error alone, were the approximation exact."""
    largest: float
    ward: int
    """Where the difference is largest."""
    error_there: float
    """Monte Carlo standard error of that ward's probability."""
    draws_alike: float
    """Draws with which their own root mean square error is as large as the root mean square difference. That bounds the
    approximation's error from above, so that to be as right takes this many draws or more. No more than were drawn."""

    @property
    def within(self) -> bool:
        """Whether both differences are as small as they must be, Monte Carlo error included."""
        return self.mean <= MEAN_ALLOWED and self.largest <= LARGEST_ALLOWED


def difference(approximate: Floats, *, drawn: Floats, error: Floats, draws: int) -> Difference:
    """Compare (n,) probabilities.

    Parameters
    ----------
    drawn, error : ndarray
        (n,) shares of draws, and their Monte Carlo standard errors.
    draws : int
        How many draws these rest on.
    """
    apart = np.abs(approximate - drawn)
    ward = int(apart.argmax())
    noise = float(np.mean(error**2))
    return Difference(
        mean=float(apart.mean()),
        by_chance=float(error.mean() * np.sqrt(2 / np.pi)),
        largest=float(apart[ward]),
        ward=ward,
        error_there=float(error[ward]),
        draws_alike=draws * noise / max(noise, float(np.mean(apart**2))),
    )
