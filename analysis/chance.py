"""How many flags chance alone would raise, to stand beside how many there are.

Three answers, because "by chance" can mean three things:

- by the model's own probabilities, how many of the flags are expected to be false;
- if every ward had the area's own risk, how many flags the method would raise. The events are dealt out afresh in
  proportion to the expected counts, as many as there were;
- if where incidents are many had nothing to do with where referrals are, how many flags it would raise. The referrals
  stay where they are, and each ward's incidents move, with their expected count, to another ward, so that the surface
  of incidents stays about as smooth (`smooth_shuffle`). No count is drawn from a model, so reporting that varies more
  than Poisson does is kept. A ward that comes to be high on both in this way is a coincidence, not an error.

On the demonstration area, with 13 flags of which 1.1 are expected to be false, unrelated incidents gave 0.6 flags a map (0 to
3 on 40 maps) and equal risks none on any. On the real wards that `tests/reference/test_llr.py` reads, where the referrals are
invented and nothing is flagged, neither gave a flag on any of 40.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from analysis.overlap import fit_overlap
from analysis.refitting import Fit, ModelledWards, Progress, modelled_wards, tell_nobody
from analysis.smooth_shuffle import SmoothShuffle
from analysis.study import Study

INCIDENTS = 1
_RANGE = (0.025, 0.975)
_HARDLY = 0.05


@dataclass(frozen=True)
class FlagsByChance:
    """How many flags were raised on simulated maps where there was nothing to find."""

    mean: float
    lower: int
    upper: int
    """With `lower` the range that holds 95 % of the maps."""
    as_many: float
    """Share of the maps with at least as many flags as the study, the study itself counted as one."""
    maps: int

    def in_words(self) -> str:
        """Say how many, e.g. `about 0.6 wards (0 to 3 on 95 of 100 such maps)`."""
        if self.upper == 0:
            return "hardly any wards"
        return f"{_about(self.mean)} wards ({self.lower} to {self.upper} on 95 of 100 such maps)"


@dataclass(frozen=True)
class ChanceFlags:
    """The flags of a study, and what chance would give."""

    observed: int
    expected_false: float
    """Sum of `1 - probability` over the flagged wards."""
    equal_risks: FlagsByChance
    unrelated: FlagsByChance

    def sentences(self) -> tuple[str, str, str]:
        """Say what a councillor can follow: of the flags that there are, of coincidence, and of nothing to find at all."""
        found = f"{_wards(self.observed)} flagged; {_about(self.expected_false)} of these may be false."
        return (
            found if self.observed else "No ward is flagged.",
            f"If where referrals are made had nothing to do with where incidents are, coincidence would flag "
            f"{self.unrelated.in_words()}.",
            f"If no ward truly differed from the area's rate, luck would flag {self.equal_risks.in_words()}.",
        )

    @property
    def beyond_coincidence(self) -> bool:
        """Whether more wards are flagged than on nearly every map of two surfaces that have nothing to do with each other."""
        return self.observed > self.unrelated.upper


def flags_by_chance(
    study: Study,
    *,
    wards: gpd.GeoDataFrame,
    maps: int = 40,
    seed: int = 0,
    fit: Fit = fit_overlap,
    progress: Progress = tell_nobody,
) -> ChanceFlags:
    """Count the flags that chance alone would raise.

    Parameters
    ----------
    study
        The answer whose flags are counted.
    wards : GeoDataFrame
        The wards of the tables that it was made from.
    maps : int
        Simulated maps of each kind: twice as many fits. Forty are the fewest of which a range of 95 % can be read.
    seed : int
        Of the simulated maps. The same study and seed give the same result.
    fit
        The model; anything but `fit_overlap` is for tests.
    progress
        Called before the first and after each fit.

    Returns
    -------
    ChanceFlags
        Exact: like the study, it goes through `disclosure/` before anyone sees it.
    """
    modelled = modelled_wards(study, wards=wards)
    rng = np.random.default_rng(seed)
    shuffle = SmoothShuffle(np.log(modelled.relative_risk[:, INCIDENTS]), neighbours=modelled.neighbours, rng=rng)
    flags = np.zeros((2, maps), dtype=np.int64)
    progress(0, flags.size)
    for number in range(maps):
        flags[0, number] = _flags(modelled, *_equal_risks(modelled, rng), fit=fit)
        progress(2 * number + 1, flags.size)
        flags[1, number] = _flags(modelled, *_unrelated(modelled, shuffle(rng)), fit=fit)
        progress(2 * number + 2, flags.size)
    found = study.wards[study.wards["flagged"]]
    observed = len(found)
    return ChanceFlags(
        observed=observed,
        expected_false=float((1 - found["probability_both"]).sum()),
        equal_risks=_summary(flags[0], observed=observed),
        unrelated=_summary(flags[1], observed=observed),
    )


def _equal_risks(modelled: ModelledWards, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Counts and expected counts, (n, 2) each, where every ward has the area's own risk."""
    dealt = [
        rng.multinomial(int(counts.sum()), expected / expected.sum())
        for counts, expected in zip(modelled.counts.T, modelled.expected.T, strict=True)
    ]
    return np.column_stack(dealt), modelled.expected


def _unrelated(modelled: ModelledWards, source: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Counts and expected counts, (n, 2) each, where each ward has the incidents of ward `source`."""
    counts, expected = modelled.counts.copy(), modelled.expected.copy()
    counts[:, INCIDENTS] = modelled.counts[source, INCIDENTS]
    expected[:, INCIDENTS] = modelled.expected[source, INCIDENTS]
    return counts, expected


def _flags(modelled: ModelledWards, counts: NDArray[np.int64], expected: NDArray[np.float64], *, fit: Fit) -> int:
    return int(modelled.refit(counts, expected=expected, fit=fit).flagged.sum())


def _summary(flags: NDArray[np.int64], *, observed: int) -> FlagsByChance:
    lower, upper = np.quantile(flags, _RANGE, method="inverted_cdf")
    return FlagsByChance(
        mean=float(flags.mean()),
        lower=int(lower),
        upper=int(upper),
        as_many=float((1 + (flags >= observed).sum()) / (1 + len(flags))),
        maps=len(flags),
    )


def _wards(number: int) -> str:
    return "1 ward is" if number == 1 else f"{number} wards are"


def _about(number: float) -> str:
    return "hardly any" if number < _HARDLY else f"about {round(number, 1):g}"
