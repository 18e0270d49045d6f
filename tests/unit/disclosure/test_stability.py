from dataclasses import replace

import pytest

from analysis.stability import Check, Stability, WardStability
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.permitted import Question
from disclosure.stability import release_stability
from tests.area_files import CODES, INCIDENTS, QUARTERS, middle

COARSE = [Audience.INSPECTOR, Audience.STEERING]
CHECKS = (
    Check("window", "with 8 quarters pooled", ""),
    Check("neighbours", "with the six nearest wards as neighbours", ""),
    Check("denominator", "with incidents per workday population", ""),
    Check("vintage", "with boundaries of another vintage", "There is one vintage only."),
)
WARD = WardStability("W1", survived=1, checked=2, lost_in=("window",), not_checked=("denominator", "vintage"))
MANY = ["ward_code,quarter,category,sector,count"] + [
    f"{code},{quarter},concern,education,{60 if code == CODES[0] else 4}" for code in CODES for quarter in QUARTERS
]
HOT = [*INCIDENTS, *(f"2024-{4 + day % 9:02d}-16,{middle(0)},race" for day in range(400))]
"""With `MANY` a first ward that is high on both beyond doubt."""
UNCHECKED = WardStability("W2", survived=0, checked=0, lost_in=(), not_checked=tuple(check.key for check in CHECKS))
STABILITY = Stability(wards=(WARD, UNCHECKED), checks=CHECKS)


def test_the_analyst_learns_which_way_the_finding_does_not_stand_and_which_was_not_asked():
    check = release_stability(STABILITY, Audience.ANALYST, Disclosure())["W1"]
    assert check.score == "1 of 2"
    assert check.sentence.endswith("It does not stand with 8 quarters pooled.")
    assert check.not_asked == (
        "Not tried with incidents per workday population: it is not known how many people that is in this ward.",
        "Not tried with boundaries of another vintage: there is one vintage only.",
    )


@pytest.mark.parametrize("audience", COARSE)
def test_others_get_the_score_and_nothing_that_depends_on_which_check_failed(audience):
    rule = Disclosure()
    other = replace(STABILITY, wards=(replace(WARD, lost_in=("neighbours",), not_checked=("window", "vintage")),))
    shown = release_stability(STABILITY, audience, rule)["W1"]
    assert shown.score == "1 of 2"
    assert shown.sentence == "Asked in other reasonable ways, this finding stands in 1 of 2."
    assert shown == release_stability(other, audience, rule)["W1"]


@pytest.mark.parametrize("audience", list(Audience))
def test_a_ward_that_could_not_be_checked_is_said_to_be_so(audience):
    check = release_stability(STABILITY, audience, Disclosure())["W2"]
    assert check.score == "could not be checked"
    assert "could not be checked" in check.sentence


def test_an_analyst_without_exact_values_gets_what_the_others_get():
    rule = Disclosure(analyst_exact=False)
    assert release_stability(STABILITY, Audience.ANALYST, rule) == release_stability(STABILITY, Audience.STEERING, rule)


def test_each_flagged_ward_is_checked_and_progress_is_told(view):
    opened = view(Audience.ANALYST, incidents=HOT, referrals=MANY)
    question = Question(quarters=4)
    flagged = opened.answer(question).flagged["ward_code"].tolist()
    assert flagged == [CODES[0]]
    told = []
    checks = opened.stability(question, progress=lambda done, of: told.append((done, of)))
    assert list(checks) == flagged
    assert told == [(done, 6) for done in range(7)]
    survived, asked = checks[CODES[0]].score.split(" of ")
    assert 0 <= int(survived) <= int(asked) == 3  # neither a workday population, nor more quarters, nor another vintage
    assert len(checks[CODES[0]].not_asked) == 3


@pytest.mark.parametrize("audience", COARSE)
def test_what_may_not_be_asked_is_not_checked(view, audience):
    with pytest.raises(UsageError, match="windows of 4 quarters"):
        view(audience).stability(Question(quarters=2))
