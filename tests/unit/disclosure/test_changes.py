from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.change_classes import ChangeClass
from analysis.changes import Changes
from analysis.window_pairs import LESS
from analysis.windows import Window
from data.errors import UsageError
from data.quarters import quarter_range
from data.settings import Analysis, Break, Disclosure
from disclosure.audiences import VIEWERS, Audience
from disclosure.changes import (
    CHANGE_KEY,
    CHANGE_TITLE,
    FROM_BOTH_WINDOWS,
    OUTCOMES,
    check_comparable,
    release_changes,
)
from disclosure.permitted import Question
from tests.area_files import CODES, INCIDENTS, NAMES, POPULATION, REFERRALS, middle

COARSE = [Audience.INSPECTOR, Audience.STEERING]
NOW, BEFORE = Window("2025/26 Q4", 4), Window("2024/25 Q4", 4)
BREAK = Break(measure="referrals", quarter="2025/26 Q1", because="A new case system came into use.")
FOUR_YEARS = quarter_range("2025/26 Q4", 16)
SEVEN_YEARS = quarter_range("2025/26 Q4", 28)

YEAR_BEFORE = [f"{code},2023/24 Q{quarter},concern,education,1" for code in CODES for quarter in range(1, 5)]
TWO_YEARS = {
    "referrals": [REFERRALS[0], *YEAR_BEFORE, *REFERRALS[1:]],
    "incidents": [
        INCIDENTS[0],
        *(f"2023-{month:02d}-15,{middle(ward)},race" for month in range(4, 13) for ward in range(6)),
        *(f"2024-{month:02d}-15,{middle(ward)},race" for month in range(1, 4) for ward in range(6)),
        *INCIDENTS[1:],
    ],
}
"""The small area's year with one before it, in which no ward is above the others."""


def made(*, breaks=(BREAK,)) -> Changes:
    """A ward of each class, in the order of the classes."""
    rows = {
        "now": [0.9312, 0.8934, 0.6123, 0.0456, 0.0212, 0.5512, np.nan],
        "before": [0.0312, 0.9234, 0.9423, 0.9156, 0.0112, 0.4812, np.nan],
        "new": [0.9123, 0.0234, 0.0345, 0.0056, 0.0167, 0.2712, np.nan],
        "persistent": [0.0189, 0.8700, 0.5778, 0.0400, 0.0045, 0.2800, np.nan],
        "easing": [0.0101, 0.0602, 0.9203, 0.8804, 0.0055, 0.1012, np.nan],
        "cleared": [0.0123, 0.0534, 0.3645, 0.8756, 0.0067, 0.2012, np.nan],
        "neither": [0.0565, 0.0532, 0.0232, 0.0788, 0.9721, 0.2476, np.nan],
    }
    frame = pd.DataFrame({f"probability_{name}": values for name, values in rows.items()})
    frame.insert(0, "ward_code", [f"W{number}" for number in range(len(ChangeClass))])
    return Changes(
        question=Question(last_quarter=NOW.last),
        now=NOW,
        before=BEFORE,
        wards=frame.assign(change_class=[int(one) for one in ChangeClass]),
        breaks=breaks,
    )


RULE = Disclosure(window_step=4)
"""Windows of those without exact values end with a year to March."""


def refusal(question, audience, *, covered) -> str:
    with pytest.raises(UsageError) as refused:
        check_comparable(question, audience, rule=RULE, analysis=Analysis(), covered=covered)
    return str(refused.value)


def allowed(question, audience, *, covered) -> None:
    check_comparable(question, audience, rule=RULE, analysis=Analysis(), covered=covered)


@pytest.mark.parametrize("audience", list(Audience))
def test_every_audience_gets_one_class_a_ward_and_a_sentence_that_names_both_windows(audience):
    layer = release_changes(made(), audience, Disclosure()).layer
    assert (layer.key, layer.title) == (CHANGE_KEY, CHANGE_TITLE)
    assert layer.classes == tuple(one.phrase for one in ChangeClass)
    assert layer.codes == tuple(range(len(ChangeClass)))
    assert NOW.in_words() in layer.explanation
    assert BEFORE.in_words() in layer.explanation
    assert "80 in 100" in layer.explanation


@pytest.mark.parametrize("audience", list(Audience))
def test_a_known_break_is_said_to_every_audience_and_so_is_why_two_numbers_may_differ(audience):
    released = release_changes(made(), audience, Disclosure())
    assert len(released.cautions) == 1
    assert "A new case system came into use." in released.cautions[0]
    assert released.layer.notes == (*released.cautions, FROM_BOTH_WINDOWS)
    assert release_changes(made(breaks=()), audience, Disclosure()).layer.notes == (FROM_BOTH_WINDOWS,)


def test_the_analyst_gets_every_probability_with_its_word():
    wards = release_changes(made(), Audience.ANALYST, Disclosure()).wards
    for outcome in OUTCOMES:
        assert wards[f"probability_{outcome}"].equals(made().wards[f"probability_{outcome}"])
    new = wards.iloc[ChangeClass.NEW]
    assert (new["certainty_new"], new["certainty_before"]) == ("highly likely", "remote chance")
    assert wards.iloc[ChangeClass.NO_DENOMINATOR]["certainty_now"] == ""
    assert new["sentence"] == (
        "High on both in April 2025 to March 2026, but not in April 2024 to March 2025: highly likely, 91 in 100."
    )


@pytest.mark.parametrize("audience", COARSE)
def test_the_others_get_the_class_and_no_number_that_depends_on_the_probabilities(audience):
    released = release_changes(made(), audience, Disclosure())
    assert list(released.wards) == ["ward_code", "change", "sentence"]
    other = made()
    shifted = other.wards.assign(
        **{column: other.wards[column] * 0.99 for column in other.wards if column.startswith("probability")}
    )
    again = release_changes(replace(other, wards=shifted), audience, Disclosure())
    assert released.wards.equals(again.wards)
    assert released.layer == again.layer
    assert released.wards["sentence"].iloc[ChangeClass.NEW] == (
        "Probably high on both in April 2025 to March 2026, but not in April 2024 to March 2025."
    )


def test_an_analyst_without_exact_values_gets_what_the_others_get():
    rule = Disclosure(analyst_exact=False)
    analyst, steering = (release_changes(made(), one, rule) for one in (Audience.ANALYST, Audience.STEERING))
    assert not analyst.exact
    assert analyst.wards.equals(steering.wards)


@pytest.mark.parametrize("audience", list(Audience))
def test_every_class_has_a_sentence_of_its_own_and_easing_says_by_how_much(audience):
    said = release_changes(made(), audience, Disclosure()).wards["sentence"]
    assert said.str.split(":").str[0].is_unique
    assert said.str.endswith(".").all()
    assert LESS == 0.75
    assert "a quarter lower" in said.iloc[ChangeClass.EASING]


def test_what_there_is_to_tell_is_named_and_the_rest_is_not():
    named = release_changes(made(), Audience.STEERING, Disclosure()).named()
    assert named == {"new": ["W0"], "persistent": ["W1"], "easing": ["W2"], "cleared": ["W3"]}


def test_what_is_released_does_not_change_the_comparison():
    changes, untouched = made(), made()
    wards = release_changes(changes, Audience.ANALYST, Disclosure()).wards
    wards["probability_new"] = 0.0
    assert changes.wards.equals(untouched.wards)


def test_the_analyst_may_compare_any_window_with_one_before_it():
    allowed(Question(quarters=3, last_quarter="2023/24 Q2"), Audience.ANALYST, covered=FOUR_YEARS)
    allowed(Question(quarters=8), Audience.ANALYST, covered=FOUR_YEARS)


def test_the_analyst_is_told_the_longest_window_that_can_be_compared():
    said = refusal(Question(quarters=12), Audience.ANALYST, covered=FOUR_YEARS)
    assert said == (
        "There is nothing to compare April 2023 to March 2026 with: the data begin with 2022/23 Q1. "
        "Choose a window of 8 quarters or fewer, or load earlier data."
    )
    first = refusal(Question(quarters=1, last_quarter="2022/23 Q1"), Audience.ANALYST, covered=FOUR_YEARS)
    assert first.endswith("Load earlier data.")


@pytest.mark.parametrize("audience", COARSE)
def test_the_others_may_compare_a_year_with_the_year_before(audience):
    for last in ("2025/26 Q4", "2024/25 Q4", "2023/24 Q4"):
        allowed(Question(last_quarter=last), audience, covered=FOUR_YEARS)
    allowed(Question(quarters=12), audience, covered=SEVEN_YEARS)


@pytest.mark.parametrize("audience", COARSE)
def test_the_others_are_told_which_of_their_years_have_a_year_before(audience):
    said = refusal(Question(last_quarter="2022/23 Q4"), audience, covered=FOUR_YEARS)
    assert said.endswith("Choose a window of 4 quarters that end with 2025/26 Q4 or 2024/25 Q4 or 2023/24 Q4.")
    said = refusal(Question(quarters=12, last_quarter="2022/23 Q4"), audience, covered=SEVEN_YEARS)
    assert "of 12 quarters that end with 2025/26 Q4 or 2024/25 Q4." in said
    assert refusal(Question(), audience, covered=FOUR_YEARS[-4:]).endswith("Load earlier data.")


@pytest.mark.parametrize("audience", COARSE)
@pytest.mark.parametrize(
    "question",
    [
        Question(quarters=2),
        Question(last_quarter="2025/26 Q3"),
        Question(threshold=2.0),
        Question(strands=("race",)),
    ],
    ids=["half a year", "a year that does not end in March", "another threshold", "one strand"],
)
def test_the_others_may_not_compare_what_they_may_not_ask(audience, question):
    refusal(question, audience, covered=FOUR_YEARS)
    allowed(question, Audience.ANALYST, covered=FOUR_YEARS)


def test_a_view_compares_with_the_breaks_of_the_settings_and_tells_of_progress(view):
    broken = {"analysis": {"breaks": [{"measure": "both", "quarter": "2024/25 Q1", "because": "It began anew."}]}}
    told = []
    opened = view(Audience.STEERING, now=broken, **TWO_YEARS)
    released = opened.changes(Question(), progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert released.wards["ward_code"].tolist() == CODES
    assert (released.before.last, released.now.last) == ("2023/24 Q4", "2024/25 Q4")
    assert "It began anew." in released.layer.notes[0]
    assert opened.why_no_changes(Question()) is None


@pytest.mark.parametrize("audience", VIEWERS)
def test_a_view_of_a_single_year_says_why_it_cannot_be_compared_and_refuses_alike(view, audience):
    opened = view(audience)
    why = opened.why_no_changes(Question())
    assert "the data begin with 2024/25 Q1" in why
    with pytest.raises(UsageError) as refused:
        opened.changes(Question())
    assert str(refused.value) == why


def test_a_ward_without_a_population_stays_in_its_place(view):
    nobody = [f"{CODES[2]},{NAMES[2]},North," if line.startswith(CODES[2]) else line for line in POPULATION]
    released = view(Audience.ANALYST, population=nobody, **TWO_YEARS).changes(Question())
    phrases = [released.layer.classes[code] for code in released.layer.codes]
    assert [phrase == ChangeClass.NO_DENOMINATOR.phrase for phrase in phrases] == [code == CODES[2] for code in CODES]
