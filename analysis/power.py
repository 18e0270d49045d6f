"""About what this much data can find: the smallest relative risk that is flagged 8 times of 10.

Overlaps of known size are planted in the study's own data and the model is fitted again: the counts of some wards are
replaced by Poisson counts at a chosen multiple of their expected counts, on both measures alike. All other wards keep what
was recorded. So the background is as uneven as it is, and reporting varies in it as it does, without a model of either.

Up to a thousand wards each map has one planted place. More would save fits, but overlaps vouch for each other: they teach
the model that the two measures go together. On the 176 real wards that `tests/reference/test_llr.py` reads, none of them
flagged, a typical ward alone had to have 9.3 times the area's rate (90 % interval 8.5 to 10.9; 100 trials), with two more
planted 6.4 (6.1 to 6.7; 100 trials). Larger areas take several places a map, far from each other and at most two wards in
a thousand. Each is judged as if it were alone, by leaving the wards of the others out of the set that the promise is about
(`flagging.largest_flagged_set`, on the probabilities of the fit), because sure flags leave room for doubtful ones.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from analysis.detection_curve import DetectionCurve, SmallestRisk
from analysis.flagging import largest_flagged_set
from analysis.overlap import fit_overlap
from analysis.planting import KINDS, Ground, Kind, Places
from analysis.refitting import Fit, ModelledWards, Progress, modelled_wards, tell_nobody
from analysis.study import Study

FOUND = 0.8
LARGEST_RISK = 20.0
_SHARE_PLANTED = 0.002
"""At most this share of the wards is planted in one map, beyond the first place."""
_ROUNDS = 8
"""At least so many maps are fitted, however large the area: risks to try are chosen from what the maps before taught."""

Planted = tuple[Kind, Places, float]
"""What is planted, where, and at which relative risk."""


@dataclass(frozen=True)
class Findable:
    """What it takes to be found for one kind of place."""

    name: str
    wards: int
    """How many adjoining wards it has."""
    needed: int
    """How many of them must be flagged for it to count as found."""
    smallest: SmallestRisk
    """The relative risk on both measures that is found 8 times of 10."""
    trials: int
    """How many were planted; 0 where the area has no such place."""

    def in_words(self, *, largest: float) -> str:
        """Say what a councillor can follow."""
        name = f"{self.name[0].upper()}{self.name[1:]}"
        if not self.trials:
            return f"The area has no {self.name.partition(' ')[2]} to try this with."
        if self.smallest.estimate is None:
            return f"{name} may well be missed, even if both its rates were {largest:g} times the area's."
        upper = f"{self.smallest.upper:.2g}" if self.smallest.upper else f"more than {largest:g}"
        return (
            f"{name} would be found 8 times of 10 if both its rates were about {self.smallest.estimate:.2g} times the area's "
            f"(most likely between {self.smallest.lower:.2g} and {upper})."
        )


@dataclass(frozen=True)
class Power:
    """About what this much data can find."""

    findable: tuple[Findable, ...]
    """One a kind of place: small, typical and large wards, and adjoining ones."""
    largest: float
    """The largest relative risk that was tried."""
    fits: int
    """How many simulated maps were fitted."""


def what_can_be_found(
    study: Study,
    *,
    wards: gpd.GeoDataFrame,
    trials: int = 40,
    kinds: Sequence[Kind] = KINDS,
    seed: int = 0,
    fit: Fit = fit_overlap,
    progress: Progress = tell_nobody,
) -> Power:
    """Find the smallest relative risk that is flagged 8 times of 10, for places of several kinds.

    Parameters
    ----------
    study
        The answer whose window, threshold and promise are meant.
    wards : GeoDataFrame
        The wards of the tables that it was made from.
    trials : int
        How often each kind is planted: as many fits for each kind up to a thousand wards (160 in all by default),
        fewer on larger areas. On the real wards and on the demonstration area forty gave 90 % intervals that end up to
        a fifth below and, where the curve is flat, up to three quarters above the estimate.
    seed : int
        Of places, risks and counts. The same study and seed give the same result.
    fit
        The model; anything but `fit_overlap` is for tests.
    progress
        Called before the first and after each fit with the trials done, and of how many.

    Returns
    -------
    Power
        Exact: like the study, it goes through `disclosure/` before anyone sees it.

    Notes
    -----
    It is about places like those of the area with the rest as it was recorded: another year's rest is another draw. The
    counts of the planted wards are Poisson; if reporting varies more, more is needed. The relative risk is against the
    area's rate as it is without what was planted.
    """
    modelled = modelled_wards(study, wards=wards)
    rng = np.random.default_rng(seed)
    # The sparser measure is what limits: its expected count is the size that matters.
    sparser = int(modelled.expected.sum(axis=0).argmin())
    ground = Ground(size=modelled.expected[:, sparser], neighbours=modelled.neighbours)
    curves = {kind: DetectionCurve(share=FOUND, largest=LARGEST_RISK) for kind in kinds if ground.fits(kind)}
    fits, total = 0, trials * len(curves)
    progress(0, total)
    while any(curve.trials < trials for curve in curves.values()):
        planted = _plant(ground, curves, trials=trials, room=_SHARE_PLANTED * len(modelled.counts), rng=rng)
        _learn(curves, planted, found=_found(modelled, planted, fit=fit, rng=rng))
        fits += 1
        progress(sum(curve.trials for curve in curves.values()), total)
    return Power(tuple(_findable(kind, curves.get(kind)) for kind in kinds), largest=LARGEST_RISK, fits=fits)


def _plant(
    ground: Ground, curves: dict[Kind, DetectionCurve], *, trials: int, room: float, rng: np.random.Generator
) -> list[Planted]:
    """Choose what to plant in one map: the kinds that were tried least first, each again while there is room."""
    wanted: list[Kind] = []
    at_once = -(-trials // _ROUNDS)
    behind = Counter({kind: min(trials - curve.trials, at_once) for kind, curve in curves.items()})
    while +behind:
        kind = behind.most_common(1)[0][0]
        if wanted and sum(one.wards for one in wanted) + kind.wards > room:
            break
        wanted.append(kind)
        behind[kind] -= 1
    return [(kind, place, curves[kind].next_risk(rng)) for kind, place in ground.choose(wanted, rng=rng)]


def _found(modelled: ModelledWards, planted: Sequence[Planted], *, fit: Fit, rng: np.random.Generator) -> list[bool]:
    """Fit one map with all that is planted, and say of each whether it is found as if it were alone."""
    counts = modelled.counts.copy()
    for _, place, risk in planted:
        counts[place] = rng.poisson(risk * modelled.expected[place])
    probability = modelled.refit(counts, fit=fit).probability
    of_any = np.concatenate([place for _, place, _ in planted])
    return [
        _is_found(probability, place, others=np.setdiff1d(of_any, place), needed=kind.needed, fdr=modelled.question.fdr)
        for kind, place, _ in planted
    ]


def _is_found(probability: NDArray[np.float64], place: Places, *, others: Places, needed: int, fdr: float) -> bool:
    alone = probability.copy()
    alone[others] = 0.0  # at the end of the order, where they are never flagged
    return int(largest_flagged_set(alone, fdr=fdr)[place].sum()) >= needed


def _learn(curves: dict[Kind, DetectionCurve], planted: Sequence[Planted], *, found: Sequence[bool]) -> None:
    for (kind, _, risk), was_found in zip(planted, found, strict=True):
        curves[kind].add(risk=risk, found=was_found)


def _findable(kind: Kind, curve: DetectionCurve | None) -> Findable:
    return Findable(
        name=kind.name,
        wards=kind.wards,
        needed=kind.needed,
        smallest=curve.smallest_risk() if curve else SmallestRisk(None, None, None),
        trials=curve.trials if curve else 0,
    )
