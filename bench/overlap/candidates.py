"""Flagging rules that might become the product's: tried here first, on the same maps as everything else."""

from scipy.special import expit, logit

from analysis.flagging import largest_flagged_set
from bench.overlap.mixing_model import mixing_log_evidence, mixing_probability
from bench.overlap.models import product
from bench.overlap.reporting_model import reporting_fit, reporting_probability
from bench.overlap.rivals import gamma_poisson_exceedance
from bench.overlap.verdicts import FDR, Method, Verdict
from bench.overlap.worlds import Map

INNER = 0.8
"""Share of the promised level at which a candidate flags: what is left covers worlds that its model does not hold."""

MIXING_PRIOR = 0.1
"""Weight of the free mixing distribution before the counts are seen."""


def plain_average(drawn: Map) -> Verdict:
    """Average the joint posterior with the independent gamma-Poisson one: the floor any better rule starts from."""
    both = (product(drawn).score + gamma_poisson_exceedance(drawn).prod(axis=1)) / 2
    return Verdict(score=both, flagged=largest_flagged_set(both, fdr=FDR))


def half_level(drawn: Map) -> Verdict:
    """Flag by the product's own probabilities at half the promised level."""
    both = product(drawn).score
    return Verdict(score=both, flagged=largest_flagged_set(both, fdr=FDR / 2))


def negative_binomial(drawn: Map) -> Verdict:
    """Let reporting be overdispersed, by how much being estimated; flag at the level that is promised."""
    both = reporting_probability(drawn)
    return Verdict(score=both, flagged=largest_flagged_set(both, fdr=FDR))


def negative_binomial_inside(drawn: Map) -> Verdict:
    """The same, flagged at a level inside the promise: the model expects 8 % false where 10 % is promised."""
    both = reporting_probability(drawn)
    return Verdict(score=both, flagged=largest_flagged_set(both, fdr=INNER * FDR))


def averaged(drawn: Map) -> Verdict:
    """Average the field with negative-binomial reporting and the free mixing distribution by their evidence."""
    field = reporting_fit(drawn)
    odds = mixing_log_evidence(drawn) - field.log_evidence + logit(MIXING_PRIOR)
    weight = float(expit(odds))
    both = (1 - weight) * field.both + weight * mixing_probability(drawn)
    return Verdict(score=both, flagged=largest_flagged_set(both, fdr=INNER * FDR))


CANDIDATES: dict[str, Method] = {
    "joint and gamma-Poisson averaged": plain_average,
    "fit_overlap, level 0.05": half_level,
    "negative-binomial reporting": negative_binomial,
    "negative-binomial reporting, level 0.08": negative_binomial_inside,
    "averaged with a free mixing, level 0.08": averaged,
}
