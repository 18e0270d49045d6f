"""The other reasonable choices under which a study can be asked again.

Each says itself in words that follow both "it does not stand" and "not tried", without a term of statistics.
"""

from dataclasses import dataclass, replace

from analysis.counting import CountSource
from analysis.question import Question
from analysis.study import NeighbourRule
from analysis.windows import QUARTERS_A_YEAR
from geo.neighbours import nearest_wards, ward_neighbours

OTHER_THRESHOLDS = (1.25, 2.0)
USUAL_THRESHOLD = 1.5
LONG_VIEW = 12
"""Quarters of the long window, where twice the window is not covered."""


@dataclass(frozen=True)
class Variation:
    """A study asked again with one choice changed."""

    key: str
    """What is changed, in a word: `denominator`, `window`, `threshold 2`, `neighbours`, `vintage`."""
    words: str
    """How it is said: `with ...`."""
    question: Question
    neighbour_rule: NeighbourRule = ward_neighbours
    unavailable: str = ""
    """Why it cannot be asked of these data, as a sentence; empty if it can."""


def variations_of(question: Question, *, source: CountSource) -> tuple[Variation, ...]:
    """List the six other choices that a study is checked against, those that its data do not allow included.

    The other denominator of incidents; a longer window to the same last quarter (twice as long, or else three years);
    the thresholds 1.25 and 2 (1.5 in place of the study's own); the six nearest wards as neighbours, whether they touch
    or not; another vintage of the boundaries, which no snapshot holds yet.

    Parameters
    ----------
    question : Question
        As asked. Its last quarter must be named, as it is in a `Study`.
    """
    return (
        _denominator(question, source),
        _window(question, source),
        *(_threshold(question, threshold) for threshold in _other_thresholds(question.threshold)),
        Variation(
            "neighbours", "with a ward's six nearest wards as its neighbours, touching or not", question, nearest_wards
        ),
        Variation(
            "vintage",
            "on the ward boundaries of another year",
            question,
            unavailable="The data are held on the boundaries of one year only.",
        ),
    )


def _denominator(question: Question, source: CountSource) -> Variation:
    other = replace(question, denominator="residents" if question.denominator == "workday" else "workday")
    words = {
        "workday": "with incidents compared with how many people are there on a working day, not how many live there",
        "residents": "with incidents compared with how many people live there, not how many are there on a working day",
    }
    known = bool(((source.wards["residents"] > 0) & (source.wards[other.denominator] > 0)).any())
    missing = {
        "workday": "No numbers of people there on a working day were loaded.",
        "residents": "No numbers of residents were loaded.",
    }
    return Variation(
        "denominator", words[other.denominator], other, unavailable="" if known else missing[other.denominator]
    )


def _window(question: Question, source: CountSource) -> Variation:
    covered = source.covered
    available = covered.index(question.last_quarter) + 1 if question.last_quarter in covered else 0
    longer = [
        length
        for length in (2 * question.quarters, LONG_VIEW)
        if question.quarters < length <= available and source.holds(length)
    ]
    if longer:
        words = f"with {_length(longer[0])} counted together, not {_length(question.quarters)}"
        return Variation("window", words, replace(question, quarters=longer[0]))
    return Variation(
        "window",
        "with more time counted together",
        question,
        unavailable=f"The data up to {question.last_quarter} cover {_length(available)}, too little for that.",
    )


def _threshold(question: Question, threshold: float) -> Variation:
    """Say what is asked of a flag there (`analysis/stability.py`), which is not the same below and above the study's own."""
    if threshold < question.threshold:
        asked = f"but each ward having to be {1 - question.fdr:.0%} certain by itself"
    else:
        asked = "and an even chance of that being enough"
    words = f"with high meaning above {threshold:g} times the area's rate, {asked}"
    return Variation(f"threshold {threshold:g}", words, replace(question, threshold=threshold))


def _length(quarters: int) -> str:
    """Say a length of time in years where it is whole years, else in months."""
    years, rest = divmod(quarters, QUARTERS_A_YEAR)
    number, unit = (3 * quarters, "month") if rest or not years else (years, "year")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _other_thresholds(own: float) -> list[float]:
    """Two thresholds other than the study's own."""
    if own in OTHER_THRESHOLDS:
        return sorted({USUAL_THRESHOLD, *OTHER_THRESHOLDS} - {own})
    return list(OTHER_THRESHOLDS)
