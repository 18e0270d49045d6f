"""The overlap model: which wards are probably high on referrals and on incidents at once."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from libpysal.graph import Graph
from numpy.typing import ArrayLike, NDArray

from analysis.exceedance import summarise
from analysis.flagging import largest_flagged_set
from analysis.hyperparameters import WeightedPoints, weighted_points
from analysis.laplace import LaplaceSolver
from analysis.latent_mixture import HyperparameterSurface, latent_mixture
from analysis.overlap_inputs import check_inputs, check_rule

_START = np.array([np.log(0.7), np.log(0.7), 0.3, 1.0])
_POINTS = 64
_MANY_WARDS, _POINTS_OF_MANY = 1000, 32
"""Many wards pin the hyperparameters down, so that fewer points say as much and a national map takes half the time."""
_SHARE_KEPT = 0.999
"""Points of the hyperparameters that together hold the last thousandth of the weight are left out of the wards'
summaries."""


class Estimate(NamedTuple):
    """A posterior mean with its 95 % interval."""

    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class OverlapResult:
    """What the overlap model says of `n` wards. Measure 0 is referrals, measure 1 is incidents."""

    probability: NDArray[np.float64]
    """(n,) probability that both relative risks are above the threshold, given the data."""
    flagged: NDArray[np.bool_]
    """(n,) the largest set whose expected share of false flags is at most `fdr`."""
    probability_referrals: NDArray[np.float64]
    """(n,) probability that the relative risk of referrals is above the threshold."""
    probability_incidents: NDArray[np.float64]
    """(n,) the same for incidents."""
    relative_risk: NDArray[np.float64]
    """(n, 2) posterior mean."""
    interval: NDArray[np.float64]
    """(n, 2, 2) 95 % interval of the relative risk: [ward, measure, lower or upper]."""
    correlation: Estimate
    """Correlation of the two log-risk surfaces."""
    sd: tuple[Estimate, Estimate]
    """Standard deviation that scales each log-risk surface."""
    lam: Estimate
    """How far neighbours are alike: 0 not at all, near 1 as much as an intrinsic CAR field."""
    islands: NDArray[np.bool_]
    """(n,) wards without neighbours: they borrow only from the area as a whole."""


def fit_overlap(
    *,
    referrals: ArrayLike,
    incidents: ArrayLike,
    expected_referrals: ArrayLike,
    expected_incidents: ArrayLike,
    neighbours: Graph,
    threshold: float = 1.5,
    fdr: float = 0.10,
    seed: int = 0,
) -> OverlapResult:
    """Estimate how probable it is that each ward's two relative risks are both above a threshold.

    Poisson counts with expected counts as offsets; the two log relative risks are a bivariate conditional
    autoregressive field with Leroux mixing plus two intercepts. Fitted by nested Laplace approximation; see
    `field_precision`, `field_parameters` (priors), `laplace`, `hyperparameters` and `exceedance` for each part.

    Parameters
    ----------
    referrals, incidents : array_like
        (n,) counts, one a ward.
    expected_referrals, expected_incidents : array_like
        (n,) expected counts, above 0: what each ward would have at the whole area's rate.
    neighbours : Graph
        Binary and symmetric contiguity of the same wards in the same order. Wards without neighbours are allowed.
    threshold : float
        Relative risk above which a ward counts as high.
    fdr : float
        Largest expected share of false flags among the flagged wards, between 0 and 1.
    seed : int
        Of the quasi-random points of the hyperparameters. The same input and seed give the same result.

    Returns
    -------
    OverlapResult
        Arrays in the order of the input.

    Raises
    ------
    RefusedInputError
        One sentence on what was expected, what came and what to do.

    Notes
    -----
    The expected share of false flags is what the model itself expects. It is what happens on average only where the
    model fits.

    Gelfand and Vounatsou (2003), Biostatistics 4:11; Leroux, Lei and Breslow (2000); MacNab (2011), Statistical
    Methods in Medical Research 20:1; Rue, Martino and Chopin (2009), Journal of the Royal Statistical Society B
    71:319.
    """
    check_rule(threshold=threshold, fdr=fdr)
    data = check_inputs(
        referrals=referrals,
        incidents=incidents,
        expected_referrals=expected_referrals,
        expected_incidents=expected_incidents,
        neighbours=neighbours,
    )
    solver = LaplaceSolver(data)
    surface = HyperparameterSurface(solver)
    size = _POINTS if data.wards <= _MANY_WARDS else _POINTS_OF_MANY
    points = weighted_points(surface, start=_START, seed=seed, size=size).heaviest(_SHARE_KEPT)
    mixture = latent_mixture(solver, surface, points)
    points = replace(points, weight=mixture.weight)
    wards = summarise(mixture, threshold=threshold)
    return OverlapResult(
        probability=wards.both,
        flagged=largest_flagged_set(wards.both, fdr=fdr),
        probability_referrals=wards.above[:, 0],
        probability_incidents=wards.above[:, 1],
        relative_risk=wards.mean,
        interval=wards.interval,
        correlation=_estimate(points, np.tanh(points.theta[:, 2])),
        sd=(_estimate(points, np.exp(points.theta[:, 0])), _estimate(points, np.exp(points.theta[:, 1]))),
        lam=_estimate(points, 1 / (1 + np.exp(-points.theta[:, 3]))),
        islands=np.asarray(data.adjacency.sum(axis=1) == 0),
    )


def _estimate(points: WeightedPoints, values: NDArray[np.float64]) -> Estimate:
    lower, upper = points.quantiles(values, (0.025, 0.975))
    return Estimate(mean=points.mean(values), lower=lower, upper=upper)
