"""The modelled wards of a study, ready to be fitted again with other counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import geopandas as gpd
import numpy as np
from libpysal.graph import Graph
from numpy.typing import ArrayLike, NDArray

from analysis.counting import MEASURES
from analysis.overlap import OverlapResult, fit_overlap
from analysis.question import Question
from analysis.study import NeighbourRule, Study
from geo.neighbours import ward_neighbours

Progress = Callable[[int, int], None]
"""Called with how many steps are done, and of how many."""


def tell_nobody(_done: int, _of: int) -> None:
    """Report progress to nobody."""


class Fit(Protocol):
    """What `fit_overlap` is: named so that a test can put something quick in its place."""

    def __call__(
        self,
        *,
        referrals: ArrayLike,
        incidents: ArrayLike,
        expected_referrals: ArrayLike,
        expected_incidents: ArrayLike,
        neighbours: Graph,
        threshold: float,
        fdr: float,
        seed: int,
    ) -> OverlapResult:
        """Fit the overlap model."""
        ...


@dataclass(frozen=True)
class ModelledWards:
    """What the model was given for the `n` wards of a study that have a denominator. Measure 0 is referrals."""

    counts: NDArray[np.int64]
    """(n, 2)."""
    expected: NDArray[np.float64]
    """(n, 2), above 0."""
    relative_risk: NDArray[np.float64]
    """(n, 2) as the study fitted it."""
    neighbours: Graph
    question: Question

    def refit(
        self,
        counts: NDArray[np.int64],
        *,
        expected: NDArray[np.float64] | None = None,
        fit: Fit = fit_overlap,
    ) -> OverlapResult:
        """Fit other counts, (n, 2), on the same wards by the same rule."""
        against = self.expected if expected is None else expected
        return fit(
            referrals=counts[:, 0],
            incidents=counts[:, 1],
            expected_referrals=against[:, 0],
            expected_incidents=against[:, 1],
            neighbours=self.neighbours,
            threshold=self.question.threshold,
            fdr=self.question.fdr,
            seed=self.question.seed,
        )


def modelled_wards(
    study: Study, *, wards: gpd.GeoDataFrame, neighbour_rule: NeighbourRule = ward_neighbours
) -> ModelledWards:
    """Take from a study what the model was given.

    Parameters
    ----------
    wards : GeoDataFrame
        The wards of the tables that the study was made from, in the same order.
    """
    inside = study.wards["expected_referrals"].notna().to_numpy()
    frame = study.wards[inside]

    def columns(what: str) -> NDArray[np.float64]:
        return np.column_stack([frame[f"{what}_{measure}"].to_numpy(dtype=float) for measure in MEASURES])

    return ModelledWards(
        counts=columns("observed").astype(np.int64),
        expected=columns("expected"),
        relative_risk=columns("relative_risk"),
        neighbours=neighbour_rule(wards[inside]),
        question=study.question,
    )
