"""Flagging rules that might become the product's: tried here first, on the same maps as everything else."""

from analysis.flagging import largest_flagged_set
from bench.overlap.models import product
from bench.overlap.rivals import gamma_poisson_exceedance
from bench.overlap.verdicts import FDR, Method, Verdict
from bench.overlap.worlds import Map


def plain_average(drawn: Map) -> Verdict:
    """Average the joint posterior with the independent gamma-Poisson one: the floor any better rule starts from."""
    both = (product(drawn).score + gamma_poisson_exceedance(drawn).prod(axis=1)) / 2
    return Verdict(score=both, flagged=largest_flagged_set(both, fdr=FDR))


CANDIDATES: dict[str, Method] = {"joint and gamma-Poisson averaged": plain_average}
