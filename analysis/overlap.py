"""The overlap model: which wards are probably high on referrals and on incidents at once."""

from dataclasses import dataclass, replace
from typing import NamedTuple, TypedDict

import numpy as np
from libpysal.graph import Graph
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from analysis.exceedance import Beside, summarise
from analysis.field_memory import field_of
from analysis.flagging import largest_flagged_set
from analysis.free_mixing import fit_free_mixing
from analysis.hyperparameters import WeightedPoints
from analysis.model_parameters import ModelParameters
from analysis.overlap_inputs import OverlapData, check_inputs, check_rule

FREE_MIXING_PRIOR = 0.1
"""Probability of the model without space before the counts are seen."""
SOUND = 0.98
"""Two wards in a hundred are taken to have a record that says nothing of their risk: no flag is surer than this."""


class Estimate(NamedTuple):
    """A posterior mean with its 95 % interval."""

    mean: float
    lower: float
    upper: float


class _Hyperparameters(TypedDict):
    correlation: Estimate
    sd: tuple[Estimate, Estimate]
    lam: Estimate
    overdispersion: Estimate


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
    overdispersion: Estimate
    """Standard deviation of the factor, of mean 1, by which reporting differs from risk, one for both measures."""
    field_weight: float
    """Probability of the model with space, against the one without (`free_mixing`)."""
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

    Two models are averaged by their posterior probabilities. In the first, with nine tenths of the prior, counts are
    negative binomial around expected counts times relative risks, and the two log relative risks are a bivariate
    conditional autoregressive field with Leroux mixing plus two intercepts; it is fitted by nested Laplace
    approximation (`field_posterior`). In the second each ward's two risks come from a joint distribution that is free
    (`free_mixing`). All three probabilities are then multiplied by `SOUND`.

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
    The expected share of false flags is what the models themselves expect. What happens in worlds that neither
    assumes is measured in docs/overlap-benchmark.md.

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
    return fit_evidence(data, threshold=threshold, fdr=fdr, seed=seed)


def fit_evidence(data: OverlapData, *, threshold: float, fdr: float, seed: int) -> OverlapResult:
    """Estimate the same where counts need not be whole numbers: parts of counts that weigh less (`range_evidence`)."""
    if not _rarer_first(data):
        return _turned(_averaged(data.turned, threshold=threshold, fdr=fdr, seed=seed))
    return _averaged(data, threshold=threshold, fdr=fdr, seed=seed)


def _rarer_first(data: OverlapData) -> bool:
    """Whether the measure with less expected is the first.

    The models are the same for both measures, the quasi-random points are not: in one order whichever way they are
    given, the measures swapped give the results swapped.
    """
    first, second = zip(data.expected.sum(axis=0), data.counts.sum(axis=0), strict=True)
    return bool(first <= second)


def _turned(result: OverlapResult) -> OverlapResult:
    return replace(
        result,
        probability_referrals=result.probability_incidents,
        probability_incidents=result.probability_referrals,
        relative_risk=result.relative_risk[:, ::-1],
        interval=result.interval[:, ::-1],
        sd=result.sd[::-1],
    )


def _averaged(data: OverlapData, *, threshold: float, fdr: float, seed: int) -> OverlapResult:
    """Average the two models by their posterior probabilities, and flag."""
    field, free = field_of(data, seed=seed), fit_free_mixing(data, threshold=threshold)
    odds = free.log_evidence - field.mixture.log_evidence + logit(FREE_MIXING_PRIOR)
    wards = summarise(field.mixture, threshold=threshold, beside=Beside(free, weight=float(expit(odds))))
    both, above = SOUND * wards.both, SOUND * wards.above
    return OverlapResult(
        probability=both,
        flagged=largest_flagged_set(both, fdr=fdr),
        probability_referrals=above[:, 0],
        probability_incidents=above[:, 1],
        relative_risk=wards.mean,
        interval=wards.interval,
        field_weight=float(expit(-odds)),
        islands=np.asarray(data.adjacency.sum(axis=1) == 0),
        **_hyperparameters(field.points),
    )


def _hyperparameters(points: WeightedPoints) -> _Hyperparameters:
    each = [ModelParameters.from_theta(theta) for theta in points.theta]
    first, second = (_estimate(points, [one.field.sd[measure] for one in each]) for measure in (0, 1))
    return {
        "correlation": _estimate(points, [one.field.correlation for one in each]),
        "sd": (first, second),
        "lam": _estimate(points, [one.field.lam for one in each]),
        "overdispersion": _estimate(points, [one.spread for one in each]),
    }


def _estimate(points: WeightedPoints, at_each: list[float]) -> Estimate:
    values = np.array(at_each)
    lower, upper = points.quantiles(values, (0.025, 0.975))
    return Estimate(mean=points.mean(values), lower=lower, upper=upper)
