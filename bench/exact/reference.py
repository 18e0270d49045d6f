"""The probabilities of one map by NUTS, run until their Monte Carlo error is known to be small."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from numpyro.diagnostics import effective_sample_size, split_gelman_rubin

from bench.exact.comparison import monte_carlo_error
from bench.exact.model import LOG_RISK, Form, Reporting, overlap_model
from bench.exact.sampling import CHAINS, Cost, Sampler
from bench.exact.spectrum import spectrum
from bench.overlap.worlds import THRESHOLD, Map

Floats = NDArray[np.float64]

LARGEST_ERROR = 0.005
"""Monte Carlo standard error of a ward's probability above which sampling goes on."""
LARGEST_R_HAT = 1.01
LEAST_EFFECTIVE = 400
"""Effective draws of every unknown below which sampling goes on (Vehtari et al. 2021, Bayesian Analysis 16:667)."""
MOST_DIVERGENT = 0.001
"""Share of divergent draws above which sampling is not believed."""
MOST_BLOCKS = 16
STANDARD_DRAWS = CHAINS * 1000
"""Of the run that is usual: 4 chains of 1,000 draws each, after 1,000 of warm-up each."""
_AT_ONCE = 256


@dataclass(frozen=True)
class Reference:
    """What NUTS says of one map, and how well it is known."""

    probability: Floats
    """(n,) that both relative risks are above the threshold."""
    error: Floats
    """(n,) Monte Carlo standard error of it."""
    r_hat: float
    """Largest split R-hat of any log relative risk, level or hyperparameter."""
    effective: float
    """Fewest effective draws of any of these."""
    hyperparameters: dict[str, tuple[float, float]]
    """Posterior mean and standard deviation."""
    draws: int
    """After warm-up, all chains."""
    divergences: int
    steps: float
    """Gradients a draw."""
    cost: Cost

    @property
    def good(self) -> bool:
        """Whether the chains agree and the errors are small."""
        mixed = self.r_hat < LARGEST_R_HAT and self.effective >= LEAST_EFFECTIVE
        return mixed and self.divergences <= MOST_DIVERGENT * self.draws and float(self.error.max()) < LARGEST_ERROR

    def seconds(self, draws: float) -> float:
        """Processor time of the warm-up and as many draws on all chains together, compiling apart."""
        return self.cost.warmup + self.cost.sampling * draws / self.draws


def reference(drawn: Map, *, reporting: Reporting, form: Form, seed: int = 0) -> Reference:
    """Sample until the result is `good`, or `MOST_BLOCKS` are drawn."""
    model = overlap_model(drawn, spectrum(drawn.area.adjacency), reporting=reporting, form=form)
    sampler = Sampler(model, reporting=reporting, seed=seed)
    for _ in range(MOST_BLOCKS):
        sampler.extend()
        found = _read(sampler)
        if found.good:
            break
    return found


def _read(sampler: Sampler) -> Reference:
    draws = sampler.draws
    log_risk = draws.pop(LOG_RISK)
    above = (log_risk > np.log(THRESHOLD)).all(axis=-1).astype(np.float64)
    named = {f"{name}{i}": part for name, value in draws.items() for i, part in enumerate(_columns(value))}
    unknowns = [log_risk.reshape(*log_risk.shape[:2], -1), *(part[..., None] for part in named.values())]
    count = log_risk.shape[0] * log_risk.shape[1]
    return Reference(
        probability=above.mean(axis=(0, 1)),
        error=monte_carlo_error(above, effective=np.concatenate([_effective(part) for part in _parts(above)])),
        r_hat=max(float(split_gelman_rubin(part).max()) for some in unknowns for part in _parts(some)),
        effective=min(float(_effective(part).min()) for some in unknowns for part in _parts(some)),
        hyperparameters={name: (float(part.mean()), float(part.std())) for name, part in named.items()},
        draws=count,
        divergences=sampler.divergences,
        steps=sampler.steps / count,
        cost=sampler.cost,
    )


def _columns(value: NDArray[np.float32]) -> list[NDArray[np.float64]]:
    """Each number of a quantity apart, (chains, draws)."""
    return list(np.moveaxis(value.reshape(*value.shape[:2], -1).astype(np.float64), -1, 0))


def _parts(values: NDArray[np.floating]) -> Iterator[Floats]:
    """Some columns at a time: bounds the memory of the Fourier transforms."""
    for first in range(0, values.shape[-1], _AT_ONCE):
        yield values[..., first : first + _AT_ONCE].astype(np.float64)


def _effective(values: Floats) -> Floats:
    """Effective draws of each column; not a number where all draws are alike."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(effective_sample_size(values))
