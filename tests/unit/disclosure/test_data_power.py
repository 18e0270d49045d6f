from dataclasses import replace

import pytest

import disclosure.data_power as data_power
from analysis.chance import ChanceFlags, FlagsByChance
from analysis.detection_curve import SmallestRisk
from analysis.power import Findable, Power, what_can_be_found
from data.errors import UsageError
from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.data_power import FEWEST_WARDS, RISK_STEPS, release_chance, release_power, tell_chance, tell_power
from disclosure.gate import release
from disclosure.permitted import Question
from tests.studies import make_study

COARSE = [Audience.INSPECTOR, Audience.STEERING]
RULE = Disclosure()
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


def test_the_analyst_gets_what_was_found_as_it_is():
    small, typical, group = release_power(POWER, Audience.ANALYST, RULE).places
    assert (typical.estimate, typical.lower, typical.upper) == (9.11, 8.15, 12.37)
    assert typical.sentence == (
        "A typical ward would be found 8 times of 10 if both its rates were about 9.1 times the area's (most likely between "
        "8.2 and 12)."
    )
    assert small.sentence == "A small ward may well be missed, even if both its rates were 20 times the area's."
    assert (group.tried, group.sentence) == (False, "The area has no group of five adjoining wards to try this with.")


@pytest.mark.parametrize("audience", COARSE)
def test_others_get_it_in_steps_with_the_interval_rounded_outwards(audience):
    small, typical, _ = release_power(POWER, audience, RULE).places
    assert (typical.estimate, typical.lower, typical.upper) == (10.0, 8.0, 15.0)
    assert "about 10 times the area's (most likely between 8 and 15)" in typical.sentence
    assert (small.estimate, small.lower, small.upper) == (None, 15.0, None)


@pytest.mark.parametrize("audience", COARSE)
@pytest.mark.parametrize("risk", [1.0, 1.12, 1.3, 2.24, 6.99, 13.0, 19.99, 20.0])
def test_no_finer_number_than_a_step_reaches_others(audience, risk):
    one = replace(POWER.findable[1], smallest=SmallestRisk(risk, risk, risk))
    (place,) = release_power(replace(POWER, findable=(one,)), audience, RULE).places
    assert {place.estimate, place.lower, place.upper} <= set(RISK_STEPS)
    assert place.lower <= risk <= place.upper
    assert f"{place.estimate:g} times" in place.sentence


def test_the_analyst_gets_the_flags_by_chance_as_they_are():
    shown = release_chance(CHANCE, make_study(), audience=Audience.ANALYST, rule=RULE)
    assert [(row.mean, row.lower, row.upper) for row in shown.rows] == [(1, 1, 1), (0.575, 0, 3), (0.025, 0, 1)]
    assert shown.sentences[0] == "1 ward is flagged; about 0.1 of these may be false."


@pytest.mark.parametrize("audience", COARSE)
def test_others_get_of_the_flags_that_may_be_false_what_the_gate_gives(audience):
    study = make_study()
    shown = release_chance(CHANCE, study, audience=audience, rule=RULE)
    other = release_chance(replace(CHANCE, expected_false=0.4), study, audience=audience, rule=RULE)
    assert shown == other
    assert f"about {release(study, audience, RULE).flags_expected_false:g} of these" in shown.sentences[0]
    assert [row.mean for row in shown.rows] == [1, 0.5, 0]


def test_whether_there_are_more_flags_than_coincidence_gives_is_said():
    def verdict(observed):
        return release_chance(
            replace(CHANCE, observed=observed), make_study(), audience=Audience.ANALYST, rule=RULE
        ).sentences[3:]

    assert verdict(4) == ("So more wards are flagged than coincidence would flag.",)
    assert verdict(3) == ("So coincidence alone could flag as many.",)
    assert verdict(0) == ()


def test_an_analyst_without_exact_values_gets_what_the_others_get():
    rule, study = Disclosure(analyst_exact=False), make_study()
    assert release_power(POWER, Audience.ANALYST, rule) == release_power(POWER, Audience.STEERING, rule)
    alike = [release_chance(CHANCE, study, audience=one, rule=rule) for one in (Audience.ANALYST, Audience.STEERING)]
    assert alike[0] == alike[1]


@pytest.mark.parametrize("audience", COARSE)
@pytest.mark.parametrize("tell", [tell_power, tell_chance])
def test_of_a_few_wards_others_get_nothing_and_nothing_is_fitted(monkeypatch, audience, tell):
    monkeypatch.setattr(data_power, "what_can_be_found", refuse)
    monkeypatch.setattr(data_power, "flags_by_chance", refuse)
    few = make_study(referrals=[3] * FEWEST_WARDS, incidents=[9] * FEWEST_WARDS)  # the last has no denominator
    with pytest.raises(UsageError, match="fewer than 25 wards"):
        tell(few, wards=None, audience=audience, rule=RULE, progress=print)


@pytest.mark.parametrize("audience", list(Audience))
def test_the_wards_that_are_enough_are_those_that_were_modelled(monkeypatch, audience):
    monkeypatch.setattr(data_power, "what_can_be_found", lambda *_, **__: POWER)
    enough = make_study(referrals=[3] * (FEWEST_WARDS + 1), incidents=[9] * (FEWEST_WARDS + 1))
    shown = tell_power(enough, wards=None, audience=audience, rule=RULE, progress=print)
    assert shown == release_power(POWER, audience, RULE)


def test_the_view_finds_both_out_for_the_analyst_and_tells_progress(view, monkeypatch):
    monkeypatch.setattr(
        data_power, "what_can_be_found", lambda *given, **rest: what_can_be_found(*given, trials=1, **rest)
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


@pytest.mark.parametrize("audience", COARSE)
@pytest.mark.parametrize("method", ["power", "chance"])
def test_what_may_not_be_asked_is_refused_before_anything_is_fitted(view, audience, method, monkeypatch):
    monkeypatch.setattr("disclosure.views.study_overlap", refuse)
    opened = view(audience)
    with pytest.raises(UsageError, match="windows of 4 quarters"):
        getattr(opened, method)(Question(quarters=2))
    with pytest.raises(UsageError, match="threshold of the settings"):
        getattr(opened, method)(Question(threshold=2.0))
