"""The local statistics themselves, of any two measures: local Moran, Gi*, bivariate local Moran and local Lee.

The statistics are esda's, which takes z-scores with n - 1 (as GeoDa and spdep do for the bivariate one); Lee's takes
them with n (Lee 2001). The p-values are `neighbour_permutations`. Given the ward, local Moran and the bivariate one test
the same thing, whether its neighbours are unusual, so for one measure around a ward their p-values are the same; they
differ in what of the ward itself they set beside it.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from esda.getisord import G_Local
from esda.moran import Moran_Local_BV
from libpysal.graph import Graph
from numpy.typing import NDArray

from analysis.around_ward import PAIRS, SINGLES, LocalStatistic, decide
from analysis.neighbour_permutations import NeighbourPValues, neighbour_p_values

Floats = NDArray[np.float64]

_NAMES = ("referrals", "incidents")
_WORDS = ("referrals", "recorded incidents")
_ROUNDING = 1e-9
"""A z-score this close to 0 is 0: neither high nor low."""


@dataclass(frozen=True)
class Surroundings:
    """Two measures of `n` wards and of their neighbours, and how unusual the neighbours are."""

    z: Floats
    """(n, 2) z-scores with n - 1; all 0 where a measure does not vary."""
    around: Floats
    """(n, 2) mean z-scores of the neighbours; 0 where there are none."""
    neighbours: Graph
    """Binary."""
    weights: sp.csr_array
    """(n, n) rows sum to 1, or to 0 where a ward has no neighbour."""
    p: NeighbourPValues
    alpha: float

    @property
    def islands(self) -> NDArray[np.bool_]:
        """(n,) wards without neighbours."""
        return np.asarray(self.weights.sum(axis=1) == 0)


def surroundings_of(
    values: Floats, *, neighbours: Graph, alpha: float, permutations: int, rng: np.random.Generator
) -> Surroundings:
    """Standardise two measures, average them over the neighbours, and draw the permutations.

    Parameters
    ----------
    values : (n, 2) array
    neighbours : Graph
        Binary contiguity without loops, in the order of `values`.
    alpha : float
        Largest expected share of false labels among the labels of one map.
    """
    # a copy: the graph keeps its own matrix, and libpysal notes an island there as its own neighbour with weight 0
    adjacency = sp.csr_array(neighbours.sparse, dtype=np.float64, copy=True)
    adjacency.eliminate_zeros()
    weights = sp.csr_array(adjacency.multiply(1 / np.maximum(adjacency.sum(axis=1), 1)[:, None]))
    z = np.column_stack([_z_scores(column) for column in values.T])
    return Surroundings(
        z=z,
        around=_rounded(weights @ z),
        neighbours=neighbours,
        weights=weights,
        p=neighbour_p_values(z, adjacency=adjacency, permutations=permutations, rng=rng),
        alpha=alpha,
    )


def local_moran(here: Surroundings, *, measure: int) -> LocalStatistic:
    """Local Moran of one measure. Anselin (1995), Geographical Analysis 27:93."""
    return _decided(
        here,
        key=f"local_moran_{_NAMES[measure]}",
        title=f"Local Moran, {_WORDS[measure]}",
        explanation=f"Says whether the wards next to this one have a higher or lower rate of {_WORDS[measure]} than chance "
        "would give (second word), beside whether this ward's own rate is above or below average (first word).",
        value=_cross_product(here, own=measure, other=measure),
        p=here.p.around[:, measure],
        first=here.z[:, measure],
        second=here.around[:, measure],
    )


def bivariate_moran(here: Surroundings, *, measure: int) -> LocalStatistic:
    """Bivariate local Moran: `measure` in the ward, the other around it; the other way round it is another statistic.

    Anselin, Syabri and Smirnov (2002).
    """
    own, other = _WORDS[measure], _WORDS[1 - measure]
    return _decided(
        here,
        key=f"bivariate_moran_{_NAMES[measure]}",
        title=f"Bivariate local Moran, {own} here and {other} around",
        explanation=f"Says whether the wards next to this one have a higher or lower rate of {other} than chance would give "
        f"(second word), beside whether this ward's own rate of {own} is above or below average (first word); it does not "
        f"look at this ward's own {other}.",
        value=_cross_product(here, own=measure, other=1 - measure),
        p=here.p.around[:, 1 - measure],
        first=here.z[:, measure],
        second=here.around[:, 1 - measure],
    )


def gi_star(here: Surroundings, *, measure: int) -> LocalStatistic:
    """Gi* of one measure, as a z-score. Getis and Ord (1992); Ord and Getis (1995), Geographical Analysis 27:286.

    The ward is shuffled with its neighbours, as the expectation and the variance of Ord and Getis have it. (esda, GeoDa and
    spdep hold the ward still, which makes the p-value that of local Moran.)
    """
    z = np.where(here.islands, 0.0, _gi_star_z(here, measure=measure))
    return _decided(
        here,
        key=f"gi_star_{_NAMES[measure]}",
        title=f"Gi*, {_WORDS[measure]}",
        explanation=f"Says whether this ward and the wards next to it, taken together, have a higher or lower rate of "
        f"{_WORDS[measure]} than as many wards picked at random.",
        value=z,
        p=here.p.together[:, measure],
        first=_rounded(z),
        second=None,
    )


def local_lee(here: Surroundings) -> LocalStatistic:
    """Local Lee of both measures around the ward. Lee (2001), Journal of Geographical Systems 3:369, equation 22."""
    wards = len(here.z)
    return _decided(
        here,
        key="local_lee",
        title="Lee's L, referrals and recorded incidents around",
        explanation="Says whether referrals (first word) and recorded incidents (second word) are both high, both low or "
        "opposite in the wards next to this one, more than chance would give; it does not look at this ward itself.",
        value=here.around.prod(axis=1) * wards / max(wards - 1, 1),
        p=here.p.product,
        first=here.around[:, 0],
        second=here.around[:, 1],
    )


def _decided(
    here: Surroundings,
    *,
    key: str,
    title: str,
    explanation: str,
    value: Floats,
    p: Floats,
    first: Floats,
    second: Floats | None,
) -> LocalStatistic:
    corrected, label = decide(p=p, alpha=here.alpha, first=first, second=second)
    labels = SINGLES if second is None else PAIRS
    return LocalStatistic(
        key=key,
        title=title,
        explanation=explanation,
        labels=labels,
        value=value,
        p=p,
        p_corrected=corrected,
        label=label,
    )


def _cross_product(here: Surroundings, *, own: int, other: int) -> Floats:
    """(n,) own z-score times the neighbours' mean. esda's bivariate class serves both: its univariate one changes the
    warning filters of the whole process."""
    if not (here.z[:, own].any() and here.z[:, other].any()):
        return np.zeros(len(here.z))
    found = Moran_Local_BV(here.z[:, own], here.z[:, other], here.neighbours.transform("r"), permutations=0)
    return np.asarray(found.Is, dtype=np.float64)


def _gi_star_z(here: Surroundings, *, measure: int) -> Floats:
    z = here.z[:, measure]
    if not z.any():
        return np.zeros(len(z))
    # Gi* is a share of the total, so values must be positive; its z-score is the same wherever 0 is
    positive = z - z.min() + 1
    with np.errstate(divide="ignore", invalid="ignore"):  # 0/0 where a ward's neighbours are all other wards
        found = G_Local(positive, here.neighbours, transform="B", star=True, permutations=0)
    return np.nan_to_num(np.asarray(found.Zs, dtype=np.float64), posinf=0, neginf=0)


def _z_scores(values: Floats) -> Floats:
    if np.ptp(values) == 0:
        return np.zeros(len(values))
    return _rounded((values - values.mean()) / values.std(ddof=1))


def _rounded(z: Floats) -> Floats:
    return np.where(np.abs(z) <= _ROUNDING, 0.0, z)
