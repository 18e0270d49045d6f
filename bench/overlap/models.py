"""The product's overlap model, and the exact-parameter reference beside it."""

from functools import lru_cache

import numpy as np

from analysis.exceedance import summarise
from analysis.flagging import largest_flagged_set
from analysis.hyperparameters import WeightedPoints
from analysis.laplace import LaplaceSolver
from analysis.latent_mixture import HyperparameterSurface, latent_mixture
from analysis.model_parameters import LOWER
from analysis.overlap import fit_overlap
from analysis.overlap_inputs import OverlapData
from bench.overlap.verdicts import FDR, Verdict
from bench.overlap.worlds import THRESHOLD, Map


@lru_cache(maxsize=1024)
def product(drawn: Map) -> Verdict:
    """Ask the product."""
    found = fit_overlap(
        referrals=drawn.counts[:, 0],
        incidents=drawn.counts[:, 1],
        expected_referrals=drawn.expected[:, 0],
        expected_incidents=drawn.expected[:, 1],
        neighbours=drawn.area.graph,
        threshold=THRESHOLD,
        fdr=FDR,
    )
    return Verdict(score=found.probability, flagged=found.flagged)


def known_parameters(drawn: Map) -> Verdict:
    """Fit the model with the hyperparameters that drew the map: about the best that can be done.

    Only where the map has them. The intercepts are still fitted.
    """
    if drawn.parameters is None:
        raise ValueError("This map was not drawn from the model's own field.")
    # counts of such a map are Poisson: the last is the least overdispersion there is
    theta = np.append(drawn.parameters.theta, LOWER[4])
    solver = LaplaceSolver(
        OverlapData(counts=drawn.counts.astype(float), expected=drawn.expected, adjacency=drawn.area.adjacency)
    )
    surface = HyperparameterSurface(solver)
    surface.log_density(theta)
    point = WeightedPoints(theta=theta[None], weight=np.ones(1))
    both = summarise(latent_mixture(solver, surface, point), threshold=THRESHOLD).both
    return Verdict(score=both, flagged=largest_flagged_set(both, fdr=FDR))
