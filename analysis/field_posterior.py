"""The model with space, fitted: the posterior of its hyperparameters and of the two surfaces."""

from dataclasses import dataclass, replace

from analysis.exceedance import LatentMixture
from analysis.hyperparameters import WeightedPoints, weighted_points
from analysis.laplace import LaplaceSolver
from analysis.latent_mixture import HyperparameterSurface, latent_mixture
from analysis.model_parameters import START, WILD_START
from analysis.overlap_inputs import OverlapData

_POINTS = 32
_FEW_WARDS, _POINTS_OF_FEW = 60, 512
"""Few wards leave the hyperparameters open, and cost little."""
_MANY_WARDS, _POINTS_OF_MANY = 1000, 16
"""Many wards pin the hyperparameters down, so that fewer points say as much and a national map takes half the time."""
_SHARE_KEPT, _SHARE_KEPT_OF_FEW = 0.99, 0.9999
"""Points of the hyperparameters that together hold the rest of the weight are left out of the wards' summaries."""


@dataclass(frozen=True)
class FieldPosterior:
    """What the model with space says, before anything is averaged with it."""

    mixture: LatentMixture
    """The surfaces at each point of the hyperparameters."""
    points: WeightedPoints
    """The same points with the same weights."""


def fit_field(data: OverlapData, *, seed: int = 0) -> FieldPosterior:
    """Fit negative-binomial counts around a bivariate CAR field with Leroux mixing by nested Laplace approximation.

    See `field_precision`, `field_parameters` and `model_parameters` (priors), `count_likelihood`, `laplace`,
    `mode_search`, `hyperparameters` and `latent_mixture` for each part.

    Parameters
    ----------
    seed : int
        Of the quasi-random points of the hyperparameters.
    """
    solver = LaplaceSolver(data)
    surface = HyperparameterSurface(solver)
    laid = weighted_points(surface, start=START, other_start=WILD_START, seed=seed, size=_size(data.wards))
    points = laid.heaviest(_SHARE_KEPT if data.wards > _FEW_WARDS else _SHARE_KEPT_OF_FEW)
    mixture = latent_mixture(solver, surface, points)
    return FieldPosterior(mixture=mixture, points=replace(points, weight=mixture.weight))


def _size(wards: int) -> int:
    if wards <= _FEW_WARDS:
        return _POINTS_OF_FEW
    return _POINTS if wards <= _MANY_WARDS else _POINTS_OF_MANY
