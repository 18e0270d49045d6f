"""Which questions an audience may ask, and the refusal of the others."""

from collections.abc import Sequence

from analysis.question import Question
from analysis.windows import Window
from data.errors import UsageError
from data.settings import Analysis, Disclosure
from disclosure.audiences import Audience, permission
from disclosure.telling import is_told

__all__ = [
    "Question",
    "Window",
    "check_permitted",
    "default_question",
    "permitted_ends",
    "permitted_thresholds",
    "permitted_windows",
]
"""With the two types that a question is made of: screens ask, but do not reach into `analysis/`."""


USUAL_THRESHOLDS = (1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""Relative risks that people ask about; the analyst may ask about any."""


def permitted_windows(audience: Audience, *, rule: Disclosure, covered: int) -> list[int]:
    """Lengths of window, in quarters, that the audience may choose among `covered` quarters of data."""
    if permission(audience, rule=rule).any_window:
        return list(range(1, covered + 1))
    return [length for length in permission(audience, rule=rule).windows if length <= covered]


def permitted_ends(audience: Audience, *, rule: Disclosure, covered: Sequence[str], quarters: int) -> list[str]:
    """Last quarters that the audience may choose for a window of `quarters`, newest first."""
    ends = list(covered)[quarters - 1 :][::-1]
    if permission(audience, rule=rule).any_window:
        return ends
    return [end for end in ends if is_told(end, step=rule.window_step)]


def permitted_thresholds(audience: Audience, *, rule: Disclosure, analysis: Analysis) -> list[float]:
    """Thresholds that the audience may choose, the lowest first: each one more tells a little more of the counts."""
    if permission(audience, rule=rule).any_window:
        return sorted({*USUAL_THRESHOLDS, analysis.threshold})
    return [analysis.threshold]


def check_permitted(
    question: Question, audience: Audience, *, rule: Disclosure, analysis: Analysis, covered: Sequence[str]
) -> None:
    """Refuse a question that the audience may not ask.

    Raises
    ------
    UsageError
        Saying what may be asked instead.
    """
    if not permission(audience, rule=rule).categories and (question.concerns or question.sectors or question.strands):
        raise UsageError(f"The {audience} audience may not filter by category. Ask for all categories.")
    if not permission(audience, rule=rule).any_window and question.threshold != analysis.threshold:
        raise UsageError(
            f"The {audience} audience may have the threshold of the settings, {analysis.threshold:g}. Ask for it."
        )
    windows = permitted_windows(audience, rule=rule, covered=len(covered))
    if question.quarters not in windows and not permission(audience, rule=rule).any_window:
        allowed = permission(audience, rule=rule).windows
        raise UsageError(f"The {audience} audience {_say_lengths(windows, allowed=allowed, covered=len(covered))}")
    ends = permitted_ends(audience, rule=rule, covered=covered, quarters=question.quarters)
    outside = (
        question.last_quarter is not None and question.last_quarter in covered and question.last_quarter not in ends
    )
    # Where any window may be chosen, it is the data that do not reach so far: whoever chooses it says so.
    if outside and not permission(audience, rule=rule).any_window:
        raise UsageError(f"The {audience} audience {_say_ends(ends, quarters=question.quarters)}")


def _say_ends(ends: Sequence[str], *, quarters: int) -> str:
    if not ends:
        return f"may have no window of {quarters} quarters in these data. Load more quarters."
    return f"may have windows that end with {', '.join(ends)}. Choose one of these."


def _say_lengths(windows: Sequence[int], *, allowed: Sequence[int], covered: int) -> str:
    if not windows:
        there = "there is 1" if covered == 1 else f"there are {covered}"
        return f"needs {min(allowed)} quarters of referrals and incidents, and {there}. Load more quarters."
    return f"may have windows of {' or '.join(map(str, windows))} quarters. Choose one of these."


def default_question(analysis: Analysis, *, quarters: int | None = None, last_quarter: str | None = None) -> Question:
    """Ask what the settings ask when nobody chooses."""
    return Question(
        last_quarter=last_quarter,
        quarters=quarters or analysis.quarters,
        threshold=analysis.threshold,
        fdr=analysis.fdr,
        denominator=analysis.denominator,
        certainty=analysis.certainty,
        seed=analysis.seed,
    )
