"""What changed ward by ward since the window just before, as one audience may have it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.change_classes import ChangeClass
from analysis.changes import Changes
from analysis.windows import Window, choose_window
from data.errors import UsageError
from data.settings import Analysis, Disclosure
from disclosure.audiences import Audience, permission
from disclosure.layers import Layer
from disclosure.permitted import Question, check_permitted, permitted_ends, permitted_windows
from disclosure.wording import PROBABILITY, say_in_hundred

CHANGE_KEY, CHANGE_TITLE = "change", "Change"
FROM_BOTH_WINDOWS = (
    "Judged from both windows together, so that it can differ from what is said of the newer window on its own."
)
"""Stands beside every change that is shown: two numbers that differ must not contradict each other silently."""
OUTCOMES = ("new", "persistent", "easing", "cleared", "now", "before")
"""What a ward's probabilities are of; each is a column `probability_` and, in words, `certainty_`."""

_SAID = {
    ChangeClass.NEW: "High on both in {now}, but not in {before}",
    ChangeClass.PERSISTENT: "High on both in {before}, and still in {now}",
    ChangeClass.EASING: "High on both in {before}, and one or both at least a quarter lower in {now}, though perhaps still high",
    ChangeClass.CLEARED: "High on both in {before}, but no longer in {now}",
    ChangeClass.NONE: "Not high on both, neither in {before} nor in {now}",
    ChangeClass.UNCERTAIN: "How {now} compares with {before} is too uncertain to say",
    ChangeClass.NO_DENOMINATOR: "No population is known for this ward, so that no change can be told",
}
_TOLD = (ChangeClass.NEW, ChangeClass.PERSISTENT, ChangeClass.EASING, ChangeClass.CLEARED)
_PROBABILITY_OF = {
    ChangeClass.NEW: "probability_new",
    ChangeClass.PERSISTENT: "probability_persistent",
    ChangeClass.EASING: "probability_easing",
    ChangeClass.CLEARED: "probability_cleared",
    ChangeClass.NONE: "probability_neither",
}


@dataclass(frozen=True)
class ReleasedChanges:
    """What one audience may have of a comparison of two windows.

    `wards` has a row a ward in ward order: `ward_code`, `change` (the class in words) and `sentence`. With `exact` also, for
    each of the `OUTCOMES`, `probability_` and the same in words, `certainty_` (missing and empty without a denominator).
    """

    audience: Audience
    exact: bool
    question: Question
    now: Window
    before: Window
    layer: Layer
    wards: pd.DataFrame
    cautions: tuple[str, ...]
    """A sentence for each known break between the windows; also among the layer's notes. Always to be said."""

    def named(self) -> dict[str, list[str]]:
        """Codes of the wards that are new, persistent, easing and cleared, in ward order: what there is to tell of."""
        return {
            one.name.lower(): self.wards.loc[self.wards["change"] == one.phrase, "ward_code"].tolist() for one in _TOLD
        }


def release_changes(changes: Changes, audience: Audience, rule: Disclosure) -> ReleasedChanges:
    """Release a comparison to an audience: to all the class of each ward, with exact values its probabilities too.

    Notes
    -----
    Of a pair of years the class tells about what the classes of the two years tell. That the audience may have both
    windows is for `check_comparable` to see to, before anything is computed.
    """
    exact = permission(audience, rule=rule).exact
    frame = changes.wards
    classes = [ChangeClass(code) for code in frame["change_class"]]
    wards = frame[["ward_code"]].assign(change=[one.phrase for one in classes])
    wards["sentence"] = _sentences(changes, classes=classes, exact=exact)
    if exact:
        _add_probabilities(wards, frame=frame)
    return ReleasedChanges(
        audience=audience,
        exact=exact,
        question=changes.question,
        now=changes.now,
        before=changes.before,
        layer=_layer(changes, classes=classes),
        wards=wards,
        cautions=changes.cautions,
    )


def check_comparable(
    question: Question, audience: Audience, *, rule: Disclosure, analysis: Analysis, covered: Sequence[str]
) -> None:
    """Refuse a question that cannot be compared with the window before, or of which the audience may not have both windows.

    Raises
    ------
    UsageError
        Saying what may be asked instead.
    """
    check_permitted(question, audience, rule=rule, analysis=analysis, covered=covered)
    now = choose_window(covered, quarters=question.quarters, last=question.last_quarter)
    if now.just_before.first < covered[0]:
        raise UsageError(
            f"There is nothing to compare {now.in_words()} with: the data begin with {covered[0]}. "
            f"{_what_may_be_compared(now, audience=audience, rule=rule, covered=covered)}"
        )
    before = replace(question, last_quarter=now.just_before.last)
    check_permitted(before, audience, rule=rule, analysis=analysis, covered=covered)


def _what_may_be_compared(now: Window, *, audience: Audience, rule: Disclosure, covered: Sequence[str]) -> str:
    available = covered.index(now.last) + 1
    if permission(audience, rule=rule).any_window:
        longest = available // 2
        cure = (
            f"Choose a window of {longest} quarter{'s' if longest > 1 else ''} or fewer, or load" if longest else "Load"
        )
        return f"{cure} earlier data."
    ends = {
        length: permitted_ends(audience, rule=rule, covered=covered[length:], quarters=length)
        for length in permitted_windows(audience, rule=rule, covered=len(covered) // 2)
    }
    offers = [f"{length} quarters that end with {' or '.join(last)}" for length, last in ends.items()]
    return f"Choose a window of {'; or of '.join(offers)}." if offers else "Load earlier data."


def _layer(changes: Changes, *, classes: Sequence[ChangeClass]) -> Layer:
    return Layer(
        key=CHANGE_KEY,
        title=CHANGE_TITLE,
        explanation=(
            f"Where referrals and recorded incidents are both high in {changes.now.in_words()}, and whether they were in "
            f"{changes.before.in_words()}: said where it is at least {say_in_hundred(changes.question.certainty)} probable."
        ),
        classes=tuple(one.phrase for one in ChangeClass),
        codes=tuple(int(one) for one in classes),
        notes=(*changes.cautions, FROM_BOTH_WINDOWS),
    )


def _sentences(changes: Changes, *, classes: Sequence[ChangeClass], exact: bool) -> list[str]:
    windows = {"now": changes.now.in_words(), "before": changes.before.in_words()}
    said = {one: text.format(**windows) for one, text in _SAID.items()}
    if not exact:
        return [f"{_probably(said[one]) if one in _PROBABILITY_OF else said[one]}." for one in classes]
    shares = {one: changes.wards[column].to_numpy() for one, column in _PROBABILITY_OF.items()}
    return [f"{said[one]}{_how_sure(shares, one, ward=ward)}." for ward, one in enumerate(classes)]


def _probably(said: str) -> str:
    """Say that it is no more than probable, to those who are not told how much."""
    return f"Probably {said[0].lower()}{said[1:]}"


def _how_sure(shares: dict[ChangeClass, NDArray[np.float64]], named: ChangeClass, *, ward: int) -> str:
    if named not in shares:
        return ""
    share = shares[named][ward]
    return f": {PROBABILITY.say(np.array([share]))[0]}, {say_in_hundred(share)}"


def _add_probabilities(wards: pd.DataFrame, *, frame: pd.DataFrame) -> None:
    for outcome in OUTCOMES:
        wards[f"probability_{outcome}"] = frame[f"probability_{outcome}"]
        wards[f"certainty_{outcome}"] = PROBABILITY.say(frame[f"probability_{outcome}"].to_numpy())
