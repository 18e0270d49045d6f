"""How often something is found, by how large it is: the curve behind "found 8 times of 10".

The share found rises with the log of the relative risk as a logistic curve, of which two numbers are sought: the risk at
which the wanted share is found, and how steep the curve is. Their posterior on a grid gives the estimate and its interval,
and says where to try next, so that few trials are spent where the answer is plain. Unlike a fitted regression it exists
from the first trial on, and where everything or nothing was found.

O'Quigley, Pepe and Fisher (1990), Biometrics 46:33, choose doses of a trial in this way.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit, logit

Floats = NDArray[np.float64]

_RISKS, _STEEPNESSES = 120, 24
_BEYOND = 4.0
"""The sought risk may lie this many times above the largest that is tried: that is how "not found" is learnt."""
_STEEPNESS = (1.5, 40.0)
"""From found rarely to nearly always, a risk grows by the factor 6 with the first, by 7 % with the second."""
_TRIED = (0.3, 0.95)
"""Chances of being found at which the next trials are made, as they are thought to be."""


@dataclass(frozen=True)
class SmallestRisk:
    """The relative risk that is found with the wanted share."""

    estimate: float | None
    """Posterior median; None where it is above the largest risk that was tried."""
    lower: float | None
    upper: float | None
    """With `lower` a 90 % interval; None where that end is above the largest risk that was tried."""


class DetectionCurve:
    """What is known of one curve. It learns by `add`."""

    def __init__(self, *, share: float, largest: float) -> None:
        """Begin knowing only that the sought risk lies between 1 and some times `largest`."""
        self._largest = largest
        self._logit_share = float(logit(share))
        self._log_risk = np.linspace(0.0, np.log(_BEYOND * largest), _RISKS)[:, None]
        self._steepness = np.geomspace(*_STEEPNESS, _STEEPNESSES)[None, :]
        self._log_weight = np.zeros((_RISKS, _STEEPNESSES))
        self.trials = 0

    def add(self, *, risk: float, found: bool) -> None:
        """Learn from one trial."""
        height = self._logit_share + self._steepness * (np.log(risk) - self._log_risk)
        self._log_weight = self._log_weight + log_expit(height if found else -height)
        self.trials += 1

    def next_risk(self, rng: np.random.Generator) -> float:
        """Choose a risk to try, between 1 and the largest: near where something is to be learnt."""
        weight = self._weight()
        row, column = np.divmod(rng.choice(weight.size, p=weight.ravel()), weight.shape[1])
        chance = rng.uniform(*_TRIED)
        step = (float(logit(chance)) - self._logit_share) / self._steepness[0, column]
        return float(np.exp(np.clip(self._log_risk[row, 0] + step, 0.0, np.log(self._largest))))

    def chance_of_finding(self, risk: float) -> float:
        """Posterior mean chance that a risk is found."""
        height = self._logit_share + self._steepness * (np.log(risk) - self._log_risk)
        return float((self._weight() * expit(height)).sum())

    def smallest_risk(self) -> SmallestRisk:
        """Say which risk is found with the wanted share, and how sure that is."""
        cumulated = np.cumsum(self._weight().sum(axis=1))
        ends = [float(np.exp(np.interp(tail, cumulated, self._log_risk[:, 0]))) for tail in (0.5, 0.05, 0.95)]
        estimate, lower, upper = (end if end <= self._largest else None for end in ends)
        return SmallestRisk(estimate=estimate, lower=lower, upper=upper)

    def _weight(self) -> Floats:
        weight = np.exp(self._log_weight - self._log_weight.max())
        return np.asarray(weight / weight.sum())
