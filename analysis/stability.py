"""Whether a flag hangs on one choice: the study asked again under the other reasonable ones.

What surviving means depends on what is changed.

- With another denominator, window, neighbour rule or vintage the question is the same, so the flag survives if the ward
  is flagged again, by the same promise about false flags.
- At a lower threshold nearly anything that was flagged is flagged again, so that would say nothing. The flag survives if
  the ward, taken alone, is as sure as the promise asks of the flagged wards together: probability at least `1 - fdr`.
- At a higher threshold being flagged would be a stronger claim than the study made. The flag survives if being that high
  is at least as likely as not: probability at least one half.

Tried on 141 flags in 48 simulated maps of 176 wards (smooth, unrelated and heavy-tailed risks; 11 flags false): flagged
again at 1.25 were all; by the rule above 96 %, and 2 of the 6 others were false. Flagged again at 2 were 40 %; by the rule
above 82 %, and 5 of the 25 others were false. Of the flags lost with other neighbours 2 of 12 were false and with twice the
window 7 of 15; of those kept 9 of 129 and 4 of 126. So a flag that does not survive is more doubtful, but most often still
true.

The checks share the same counts. "5 of 6" is not a probability and not six independent confirmations.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.counting import CountSource
from analysis.question import Question
from analysis.refitting import Progress, tell_nobody
from analysis.study import AS_LIKELY_AS_NOT, NeighbourRule, Study, study_overlap
from analysis.variations import Variation, variations_of


class Ask(Protocol):
    """What `study_overlap` is: named so that a test can put something quick in its place."""

    def __call__(self, source: CountSource, *, question: Question, neighbour_rule: NeighbourRule) -> Study:
        """Answer a question."""
        ...


@dataclass(frozen=True)
class Check:
    """What became of the study's flags under one variation. All numbers are of wards, and 0 where it was not asked."""

    key: str
    words: str
    unavailable: str
    """Why it could not be asked; empty if it was."""
    flags: int = 0
    """Flagged under the variation."""
    kept: int = 0
    """Flagged in both."""
    lost: int = 0
    """Flagged in the study, modelled but not flagged under the variation."""
    new: int = 0
    """Flagged under the variation only."""
    checked: int = 0
    """Flags of the study that could be checked: `kept + lost`. Without a denominator there, a ward cannot be."""
    survived: int = 0
    """Of these, how many survived, as this module's text says."""


@dataclass(frozen=True)
class WardStability:
    """How one flagged ward fared."""

    ward_code: str
    survived: int
    checked: int
    lost_in: tuple[str, ...]
    """Keys of the variations that it did not survive."""
    not_checked: tuple[str, ...]
    """Keys of the variations that could not be asked, or not of this ward."""

    def in_words(self) -> str:
        """Say it, e.g. `5 of 6`."""
        return f"{self.survived} of {self.checked}" if self.checked else "could not be checked"

    def sentence(self) -> str:
        """Say it in a sentence that tells of no single check."""
        if not self.checked:
            return "Whether this finding hangs on how the question is asked could not be checked."
        return f"Asked in other reasonable ways, this finding stands in {self.in_words()}."


@dataclass(frozen=True)
class Stability:
    """How a study's flags fared under the other choices."""

    wards: tuple[WardStability, ...]
    """One a flagged ward, in the order of the study."""
    checks: tuple[Check, ...]
    """One a variation, those that could not be asked included."""

    @property
    def table(self) -> pd.DataFrame:
        """One row a variation, with the fields of `Check`."""
        return pd.DataFrame([asdict(check) for check in self.checks])

    def in_words(self, ward: WardStability) -> str:
        """Say of a ward what a councillor can follow."""
        words = {check.key: check.words for check in self.checks}
        lost = [words[key] for key in ward.lost_in]
        return f"{ward.sentence()} It does not stand {'; nor '.join(lost)}." if lost else ward.sentence()


@dataclass(frozen=True)
class _Outcome:
    """Of the study's flagged wards, which could be checked under a variation and which survived, (f,)."""

    check: Check
    checked: NDArray[np.bool_]
    survived: NDArray[np.bool_]


def check_stability(
    study: Study, *, source: CountSource, ask: Ask = study_overlap, progress: Progress = tell_nobody
) -> Stability:
    """Ask a study's question again under each variation that its data allow, and see which flags survive.

    Parameters
    ----------
    study
        The answer whose flags are checked.
    source
        What it was made from.
    ask
        Answers a question; anything but `study_overlap` is for tests.
    progress
        Called before the first and after each variation. At most five are fitted.

    Returns
    -------
    Stability
        Exact: like the study, it goes through `disclosure/` before anyone sees it.
    """
    variations = variations_of(study.question, source=source)
    outcomes = []
    for done, variation in enumerate(variations):
        progress(done, len(variations))
        outcomes.append(_outcome(study, variation, source=source, ask=ask))
    progress(len(variations), len(variations))
    codes = study.wards.loc[study.wards["flagged"], "ward_code"].astype(str)
    wards = tuple(_ward(code, place, outcomes) for place, code in enumerate(codes))
    return Stability(wards=wards, checks=tuple(outcome.check for outcome in outcomes))


def _outcome(study: Study, variation: Variation, *, source: CountSource, ask: Ask) -> _Outcome:
    before = study.wards["flagged"].to_numpy(dtype=bool)
    if variation.unavailable:
        check = Check(variation.key, variation.words, variation.unavailable)
        none = np.zeros(int(before.sum()), dtype=bool)
        return _Outcome(check, checked=none, survived=none)
    other = ask(source, question=variation.question, neighbour_rule=variation.neighbour_rule).wards
    after = other["flagged"].to_numpy(dtype=bool)
    modelled = other["probability_both"].notna().to_numpy()
    survived = _survives(other, study=study.question, variation=variation.question)
    check = Check(
        key=variation.key,
        words=variation.words,
        unavailable="",
        flags=int(after.sum()),
        kept=int((before & after).sum()),
        lost=int((before & modelled & ~after).sum()),
        new=int((after & ~before).sum()),
        checked=int((before & modelled).sum()),
        survived=int((before & survived).sum()),
    )
    return _Outcome(check, checked=modelled[before], survived=survived[before])


def _survives(other: pd.DataFrame, *, study: Question, variation: Question) -> NDArray[np.bool_]:
    if variation.threshold == study.threshold:
        return other["flagged"].to_numpy(dtype=bool)
    enough = 1 - study.fdr if variation.threshold < study.threshold else AS_LIKELY_AS_NOT
    return np.asarray(other["probability_both"].to_numpy(dtype=float) >= enough)


def _ward(code: str, place: int, outcomes: Sequence[_Outcome]) -> WardStability:
    checked = [outcome for outcome in outcomes if outcome.checked[place]]
    lost = tuple(outcome.check.key for outcome in checked if not outcome.survived[place])
    return WardStability(
        ward_code=code,
        survived=len(checked) - len(lost),
        checked=len(checked),
        lost_in=lost,
        not_checked=tuple(outcome.check.key for outcome in outcomes if not outcome.checked[place]),
    )
