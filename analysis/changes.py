"""What changed ward by ward since the window just before: new, persistent, easing, cleared, each with its probability.

The window asked about is compared with the one of the same length that ends where it begins. Windows that share quarters
would agree because they share them. Both are fitted together (`window_pairs`), so that a ward's class does not flip by
chance. The answer holds exact values: like a study, it goes through `disclosure/` before anyone sees it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.change_classes import ChangeClass, classify_changes
from analysis.counting import MEASURES, CountSource
from analysis.overlap import SOUND
from analysis.pooled_risks import PooledRisks
from analysis.question import Question
from analysis.refitting import Progress, tell_nobody
from analysis.series_breaks import breaks_crossed
from analysis.study import NeighbourRule, Study, study_overlap
from analysis.two_windows import TwoWindows
from analysis.window_pairs import WindowPair, compare_windows
from analysis.windows import Window, choose_window
from data.errors import UsageError
from data.settings import Break
from geo.neighbours import ward_neighbours

_STEPS = 2


@dataclass(frozen=True)
class Changes:
    """Two windows compared.

    `wards` has one row a ward in the order of the tables: `ward_code`, `probability_now`, `probability_before`,
    `probability_new`, `probability_persistent`, `probability_easing`, `probability_cleared`, `probability_neither`
    (missing without a denominator) and `change_class` (`change_classes.ChangeClass`, an int). New, persistent, cleared and
    neither sum to one; easing is the part of `probability_before` in which a risk is less now, whether or not the ward is
    still high.
    """

    question: Question
    now: Window
    before: Window
    wards: pd.DataFrame
    breaks: tuple[Break, ...]
    """Known breaks that this comparison crosses."""

    @property
    def cautions(self) -> tuple[str, ...]:
        """One sentence for each break, to stand beside everything that is said of this comparison."""
        return tuple(
            f"The {' and '.join(MEASURES) if found.measure == 'both' else found.measure} of {self.now.in_words()} are not "
            f"comparable with those of {self.before.in_words()}, as the series breaks in {found.quarter}: {found.because}"
            for found in self.breaks
        )


def changes_between(
    source: CountSource,
    *,
    question: Question,
    breaks: Sequence[Break] = (),
    earlier: Changes | None = None,
    neighbour_rule: NeighbourRule = ward_neighbours,
    progress: Progress = tell_nobody,
) -> Changes:
    """Compare the window of a question with the one just before it.

    Parameters
    ----------
    source, question, neighbour_rule
        As for `study_overlap`. `question.certainty` is the probability from which a class is named.
    breaks
        Known breaks of the series (`settings.analysis.breaks`). Those that the comparison crosses are in the answer.
    earlier
        The answer to the same question for an earlier last quarter, by which a ward keeps its class until it is plainly
        left (`change_classes`). Without it, each class stands on its own.
    progress
        Called before the fit and after each of its two steps.

    Raises
    ------
    UsageError
        If the data do not cover both windows, or `earlier` is no answer to the same question for an earlier quarter.
    RefusedInputError
        If no ward has a denominator.

    Notes
    -----
    `probability_now` is not the study's `probability_both` of the same window: it also knows the window before.
    """
    now = _window_with_one_before(source, question=question)
    _check_earlier(earlier, question=question, now=now)
    progress(0, _STEPS)
    both = TwoWindows(source, question=question, now=now)
    pooled = study_overlap(
        both,
        question=replace(question, last_quarter=now.last, quarters=2 * now.quarters),
        neighbour_rule=neighbour_rule,
    )
    progress(1, _STEPS)
    frame = _compared(pooled, both=both, threshold=question.threshold)
    frame["change_class"] = classify_changes(
        frame, certainty=question.certainty, earlier=None if earlier is None else earlier.wards
    )
    frame["change_class"] = _carefully(frame["change_class"].to_numpy(), both=both)
    progress(2, _STEPS)
    return Changes(
        question=replace(question, last_quarter=now.last),
        now=now,
        before=now.just_before,
        wards=frame,
        breaks=breaks_crossed(breaks, before=now.just_before, now=now),
    )


def _window_with_one_before(source: CountSource, *, question: Question) -> Window:
    covered = source.covered
    now = choose_window(covered, quarters=question.quarters, last=question.last_quarter)
    before = now.just_before
    if before.first < covered[0]:
        available = covered.index(now.last) + 1
        cure = f"Choose {available // 2} quarters or fewer, or load" if available > 1 else "Load"
        raise UsageError(
            f"There is nothing to compare {now.in_words()} with: the window before it begins with {before.first}, but the "
            f"data begin with {covered[0]}. {cure} earlier data."
        )
    return now


def _check_earlier(earlier: Changes | None, *, question: Question, now: Window) -> None:
    if earlier is None:
        return
    if replace(earlier.question, last_quarter=None) != replace(question, last_quarter=None):
        raise UsageError("The earlier comparison answers another question. Ask the same one of both quarters.")
    if earlier.now.last >= now.last:
        raise UsageError(
            f"The earlier comparison is to {earlier.now.last}, which is not before {now.last}. Give one of an earlier quarter."
        )


def _carefully(classes: NDArray[np.int64], *, both: TwoWindows) -> NDArray[np.int64]:
    """Leave a ward whose count is hidden in one of the windows without a class that says it was high on both there."""
    hidden_before, hidden_now = both.before.hidden.any(axis=1), both.now.hidden.any(axis=1)
    says_now = np.isin(classes, [ChangeClass.NEW, ChangeClass.PERSISTENT])
    says_before = np.isin(classes, [ChangeClass.PERSISTENT, ChangeClass.EASING, ChangeClass.CLEARED])
    doubtful = (says_now & hidden_now) | (says_before & hidden_before)
    return np.where(doubtful, int(ChangeClass.UNCERTAIN), classes)


def _compared(pooled: Study, *, both: TwoWindows, threshold: float) -> pd.DataFrame:
    inside = pooled.wards["probability_both"].notna().to_numpy()
    modelled = pooled.wards[inside]
    expected = modelled[[f"expected_{measure}" for measure in MEASURES]].to_numpy(dtype=float)
    part = both.part_now(inside)
    pair = compare_windows(
        before=both.before.counts[inside],
        now=both.now.counts[inside],
        pooled=_pooled_risks(modelled, threshold=threshold),
        threshold=threshold,
        expected=(expected * (1 - part), expected * part),
    )
    frame = pd.DataFrame({"ward_code": pooled.wards["ward_code"]})
    for column, values in _columns(pair).items():
        frame[column] = np.nan
        frame.loc[inside, column] = values
    return frame


def _columns(pair: WindowPair) -> dict[str, NDArray[np.float64]]:
    return {
        "probability_now": pair.now,
        "probability_before": pair.before,
        "probability_new": pair.new,
        "probability_persistent": pair.persistent,
        "probability_easing": pair.easing,
        "probability_cleared": pair.cleared,
        "probability_neither": 1 - pair.new - pair.persistent - pair.cleared,
    }


def _pooled_risks(wards: pd.DataFrame, *, threshold: float) -> PooledRisks:
    def both(what: str) -> NDArray[np.float64]:
        return wards[[f"{what}_{measure}" for measure in MEASURES]].to_numpy(dtype=float)

    return PooledRisks.fitted(
        interval=np.stack([both("relative_risk_low"), both("relative_risk_high")], axis=-1),
        above=both("probability") / SOUND,
        both=wards["probability_both"].to_numpy(dtype=float) / SOUND,
        threshold=threshold,
    )
