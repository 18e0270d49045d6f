from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

import disclosure.data_power as data_power
from analysis.chance import ChanceFlags, FlagsByChance
from analysis.detection_curve import SmallestRisk
from analysis.power import Findable, Power, what_can_be_found
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience, permission
from disclosure.data_power import say_chance, say_power
from disclosure.permitted import Question

WITHOUT_EXACT_VALUES = [one for one in Audience if not permission(one, rule=Disclosure()).exact]
POWER = Power(
    findable=(
        Findable("a small ward", 1, 1, SmallestRisk(None, 17.3, None), 40),
        Findable("a typical ward", 1, 1, SmallestRisk(9.11, 8.15, 12.37), 40),
        Findable("a group of five adjoining wards", 5, 3, SmallestRisk(None, None, None), 0),
    ),
    largest=20.0,
    fits=80,
)
CHANCE = ChanceFlags(
    observed=1,
    expected_false=0.0712,
    equal_risks=FlagsByChance(mean=0.025, lower=0, upper=1, as_many=0.05, maps=40),
    unrelated=FlagsByChance(mean=0.575, lower=0, upper=3, as_many=0.2, maps=40),
)


def refuse(*_, **__):
    raise AssertionError("nothing is to be fitted")


def test_what_was_found_is_said_as_it_is():
    small, typical, group = say_power(POWER).places
    assert (typical.estimate, typical.lower, typical.upper) == (9.11, 8.15, 12.37)
    assert typical.sentence == (
        "A typical ward would be found 8 times of 10 if both its rates were about 9.1 times the area's (most likely between "
        "8.2 and 12)."
    )
    assert small.sentence == "A small ward may well be missed, even if both its rates were 20 times the area's."
    assert (group.tried, group.sentence) == (False, "The area has no group of five adjoining wards to try this with.")


def test_how_it_was_worked_out_is_said_with_the_number_of_trials():
    assert "40 of each kind" in say_power(POWER).notes[1]
    assert say_power(POWER).largest == POWER.largest


def test_the_flags_by_chance_are_said_as_they_are():
    shown = say_chance(CHANCE)
    assert [(row.mean, row.lower, row.upper) for row in shown.rows] == [(1, 1, 1), (0.575, 0, 3), (0.025, 0, 1)]
    assert shown.sentences[0] == "1 ward is flagged; about 0.1 of these may be false."
    assert "Counted on 40 simulated maps" in shown.notes[-1]


def test_whether_there_are_more_flags_than_coincidence_gives_is_said():
    def verdict(observed):
        return say_chance(replace(CHANCE, observed=observed)).sentences[3:]

    assert verdict(4) == ("So more wards are flagged than coincidence would flag.",)
    assert verdict(3) == ("So coincidence alone could flag as many.",)
    assert verdict(0) == ()


def test_the_view_finds_both_out_for_the_analyst_and_tells_progress(view, monkeypatch):
    def quick(**given):
        high = given["referrals"] + given["incidents"] > 40
        return SimpleNamespace(probability=np.where(high, 0.95, 0.0))

    monkeypatch.setattr(
        data_power, "what_can_be_found", lambda *given, **rest: what_can_be_found(*given, trials=1, fit=quick, **rest)
    )
    told = []
    power = view(Audience.ANALYST).power(Question(), progress=lambda done, of: told.append((done, of)))
    assert [place.tried for place in power.places] == [True] * 4
    assert told == [(done, 4) for done in range(5)]


def test_a_window_without_a_single_referral_is_answered_too(view, monkeypatch):
    flags_by_chance = data_power.flags_by_chance
    monkeypatch.setattr(data_power, "flags_by_chance", lambda *given, **rest: flags_by_chance(*given, maps=1, **rest))
    chance = view(Audience.ANALYST).chance(Question(concerns=("another",)))
    assert chance.sentences[0] == "No ward is flagged."
    assert len(chance.sentences) == 3


@pytest.mark.parametrize("audience", WITHOUT_EXACT_VALUES)
@pytest.mark.parametrize("method", ["power", "chance"])
def test_others_are_refused_before_anything_is_fitted(view, audience, method, monkeypatch):
    monkeypatch.setattr("disclosure.views.study_overlap", refuse)
    opened = view(audience)
    for asked in (Question(), Question(quarters=2), Question(quarters=12)):
        with pytest.raises(UsageError, match="from exact counts alone"):
            getattr(opened, method)(asked)


@pytest.mark.parametrize("method", ["power", "chance"])
def test_an_analyst_without_exact_values_is_refused_like_the_others(view, method):
    with pytest.raises(UsageError, match="from exact counts alone"):
        getattr(view(Audience.ANALYST, now={"disclosure": {"analyst_exact": False}}), method)(Question())
