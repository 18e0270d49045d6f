"""Flagging rules beside the product's, on the same maps: what its parts are worth."""

from functools import lru_cache

from analysis.exceedance import summarise
from analysis.field_posterior import fit_field
from analysis.flagging import largest_flagged_set
from analysis.overlap_inputs import OverlapData
from bench.overlap.models import product
from bench.overlap.rivals import gamma_poisson_exceedance
from bench.overlap.verdicts import FDR, Floats, Method, Verdict
from bench.overlap.worlds import THRESHOLD, Map


@lru_cache(maxsize=1024)
def field_probability(drawn: Map) -> Floats:
    """(n,) what the model with space says of both, before it is averaged with the free mixing."""
    data = OverlapData(counts=drawn.counts.astype(float), expected=drawn.expected, adjacency=drawn.area.adjacency)
    return summarise(fit_field(data).mixture, threshold=THRESHOLD).both


def field_alone(drawn: Map) -> Verdict:
    """Flag by the model with space alone."""
    both = field_probability(drawn)
    return Verdict(score=both, flagged=largest_flagged_set(both, fdr=FDR))


def plain_average(drawn: Map) -> Verdict:
    """Average the joint posterior with the independent gamma-Poisson one: a floor that any better rule starts from."""
    both = (product(drawn).score + gamma_poisson_exceedance(drawn).prod(axis=1)) / 2
    return Verdict(score=both, flagged=largest_flagged_set(both, fdr=FDR))


CANDIDATES: dict[str, Method] = {
    "model with space alone": field_alone,
    "fit_overlap and gamma-Poisson averaged": plain_average,
}
