"""The other reasonable choices under which a study can be asked again."""

from dataclasses import dataclass, replace

from analysis.study import EventTables, NeighbourRule, Question
from analysis.windows import quarters_covered
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


def variations_of(question: Question, *, tables: EventTables) -> tuple[Variation, ...]:
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
        _denominator(question, tables),
        _window(question, tables),
        *(_threshold(question, threshold) for threshold in _other_thresholds(question.threshold)),
        Variation("neighbours", "with the six nearest wards as neighbours", question, nearest_wards),
        Variation(
            "vintage",
            "with boundaries of another vintage",
            question,
            unavailable="The data are held on one vintage of the boundaries only.",
        ),
    )


def _denominator(question: Question, tables: EventTables) -> Variation:
    other = replace(question, denominator="residents" if question.denominator == "workday" else "workday")
    words = {"workday": "with incidents per workday population", "residents": "with incidents per resident"}
    known = bool(((tables.wards["residents"] > 0) & (tables.wards[other.denominator] > 0)).any())
    missing = {"workday": "No workday population was loaded.", "residents": "No residents were loaded."}
    return Variation(
        "denominator", words[other.denominator], other, unavailable="" if known else missing[other.denominator]
    )


def _window(question: Question, tables: EventTables) -> Variation:
    covered = quarters_covered(tables.referrals, tables.incidents)
    available = covered.index(question.last_quarter) + 1 if question.last_quarter in covered else 0
    longer = [length for length in (2 * question.quarters, LONG_VIEW) if question.quarters < length <= available]
    if longer:
        return Variation("window", f"with {longer[0]} quarters pooled", replace(question, quarters=longer[0]))
    return Variation(
        "window",
        "with a longer window",
        question,
        unavailable=f"The data cover {available} quarters up to {question.last_quarter}, too few for a longer window.",
    )


def _threshold(question: Question, threshold: float) -> Variation:
    """Say what is asked of a flag there (`analysis/stability.py`), which is not the same below and above the study's own."""
    if threshold < question.threshold:
        asked = f"the ward alone having to be {1 - question.fdr:.0%} sure of {threshold:g} times the area's rate"
    else:
        asked = f"{threshold:g} times the area's rate having to be at least as likely as not"
    return Variation(f"threshold {threshold:g}", f"with {asked}", replace(question, threshold=threshold))


def _other_thresholds(own: float) -> list[float]:
    """Two thresholds other than the study's own."""
    if own in OTHER_THRESHOLDS:
        return sorted({USUAL_THRESHOLD, *OTHER_THRESHOLDS} - {own})
    return list(OTHER_THRESHOLDS)
