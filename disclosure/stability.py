"""How a study's flags fared under other reasonable choices, as one audience may have it."""

from dataclasses import dataclass

from analysis.stability import Check, Stability, WardStability
from data.settings import Disclosure
from disclosure.audiences import Audience, permission

NOT_A_PROBABILITY = (
    "All these ways count the same records, so this is not how likely the finding is: one that fails in one way is more "
    "doubtful, but most often still true."
)


@dataclass(frozen=True)
class WardCheck:
    """How one flagged ward fared, in words."""

    score: str
    """Such as `5 of 5`; `could not be checked` where no other way could be asked."""
    sentence: str
    """For anyone. With exact values it names the ways in which the finding does not stand."""
    not_asked: tuple[str, ...]
    """Sentences on the ways that could not be asked; none without exact values."""


def release_stability(stability: Stability, audience: Audience, rule: Disclosure) -> dict[str, WardCheck]:
    """Release the check of every flagged ward, by ward code.

    Notes
    -----
    Which check a finding fails narrows down the ward's counts, and some of the checks are questions that only the analyst
    may ask: the others get the score alone.
    """
    exact = permission(audience, rule=rule).exact
    return {one.ward_code: _exact(stability, one) if exact else _score_only(one) for one in stability.wards}


def _exact(stability: Stability, ward: WardStability) -> WardCheck:
    checks = {check.key: check for check in stability.checks}
    missing = [checks[key] for key in ward.not_checked]
    return WardCheck(
        score=ward.in_words(),
        sentence=stability.in_words(ward),
        not_asked=tuple(_not_asked(check) for check in missing),
    )


def _not_asked(check: Check) -> str:
    reason = check.unavailable or "It is not known how many people that is in this ward."
    return f"Not tried {check.words}: {reason[0].lower()}{reason[1:]}"


def _score_only(ward: WardStability) -> WardCheck:
    return WardCheck(score=ward.in_words(), sentence=ward.sentence(), not_asked=())
