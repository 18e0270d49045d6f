import dataclasses

import numpy as np
import pandas as pd
import pytest

import disclosure.gate as gate
from analysis.study import study_counted
from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.districts import Districts
from disclosure.gate import release
from tests.studies import counted_by_rule, make_study

RULE = Disclosure()
COARSE = [Audience.INSPECTOR, Audience.STEERING]


@pytest.mark.parametrize("audience", COARSE)
def test_a_coarse_audience_gets_words_bands_and_the_middle_of_the_words_band(audience):
    wards = release(make_study(told_by=RULE), audience, RULE).wards
    assert wards["observed_referrals"].tolist() == ["10", "7 or fewer", "7 or fewer", "7 or fewer"]
    assert wards["observed_incidents"].tolist() == ["65", "25", "10", "10"]
    assert wards["relative_risk_referrals"].tolist()[:2] == ["high (1.5 or more)", "about the area's (0.67 to 1.5)"]
    assert wards["probability_both"].tolist()[:3] == [0.875, 0.3, 0.025]
    assert wards["certainty"].tolist() == ["highly likely", "unlikely", "remote chance", ""]


@pytest.mark.parametrize("audience", COARSE)
def test_a_coarse_audience_gets_no_column_from_which_a_count_follows(audience):
    columns = set(release(make_study(told_by=RULE), audience, RULE).wards)
    assert columns == {
        *("ward_code", "ward_name", "district", "flagged", "class", "certainty"),
        "probability_both",
        *("relative_risk_referrals", "relative_risk_incidents", "observed_referrals", "observed_incidents"),
    }


def test_the_analyst_gets_exact_values():
    study = make_study()
    released = release(study, Audience.ANALYST, RULE)
    for column in ("observed_referrals", "expected_incidents", "rate_referrals", "relative_risk_low_incidents"):
        pd.testing.assert_series_equal(released.wards[column], study.wards[column])
    assert released.exact
    assert (released.total_referrals, released.total_incidents) == ("16", "107")
    assert released.correlation == study.correlation


def test_the_analyst_gets_what_an_inspector_gets_where_the_partnership_says_so():
    strict = Disclosure(analyst_exact=False)
    analyst, inspector = (
        release(make_study(told_by=strict), one, strict) for one in (Audience.ANALYST, Audience.INSPECTOR)
    )
    pd.testing.assert_frame_equal(analyst.wards, inspector.wards)
    assert not analyst.exact


@pytest.mark.parametrize("audience", COARSE)
def test_what_no_rule_tells_of_one_count_is_said_as_the_range_that_it_is(audience):
    study = make_study(told_by=RULE)
    wide = dataclasses.replace(study.counted, most=study.counted.most + [[5, 10]] * 4)
    wards = release(dataclasses.replace(study, counted=wide), audience, RULE).wards
    assert wards["observed_referrals"].tolist() == ["8 to 17", *["12 or fewer"] * 3]
    assert wards["observed_incidents"].tolist() == ["63 to 77", "23 to 37", "8 to 22", "8 to 22"]


@pytest.mark.parametrize("audience", COARSE)
def test_a_total_that_may_not_be_said_is_not_given(audience):
    study = make_study(told_by=RULE)
    counted = dataclasses.replace(study.counted, said_totals=(None, 1_235))
    released = release(dataclasses.replace(study, counted=counted), audience, RULE)
    assert (released.total_referrals, released.total_incidents) == ("not given", "1,235")


def test_a_study_of_exact_counts_is_modelled_anew_from_what_the_rule_tells_of_each(monkeypatch):
    study, given = make_study(), {}

    def model(places, *, counted, **rest):
        given.update(places=places, counted=counted, **rest)
        return study_counted(places, counted=counted, **rest)

    monkeypatch.setattr(gate, "study_counted", model)
    released = release(study, Audience.STEERING, RULE)
    told = counted_by_rule(study.counted.counts, rule=RULE)
    for field in ("least", "most", "hidden"):
        np.testing.assert_array_equal(getattr(given["counted"], field), getattr(told, field))
    assert given["counted"].said_totals == told.said_totals
    exact = ("observed", "expected", "rate", "relative", "probability", "flagged", "overlap")
    assert not [column for column in given["places"] if column.startswith(exact)]
    assert (given["question"], given["window"]) == (study.question, study.window)
    # By its own figures the first ward was flagged; of a count of "10" and three of "7 or fewer" nobody can say so.
    assert study.wards["flagged"].any()
    assert not released.wards["flagged"].any()


@pytest.mark.parametrize("audience", COARSE)
def test_the_figures_of_an_exact_study_reach_nobody_who_may_not_have_them(audience, monkeypatch):
    from_ranges = make_study(told_by=RULE)
    monkeypatch.setattr(gate, "study_counted", lambda *_, **__: from_ranges)
    other = make_study(correlation=(0.9, 0.8, 0.95))
    shifted = other.wards.assign(probability_both=0.5, relative_risk_referrals=9.9, flagged=True, observed_referrals=88)
    one = release(make_study(), audience, RULE)
    two = release(dataclasses.replace(other, wards=shifted), audience, RULE)
    pd.testing.assert_frame_equal(one.wards, two.wards)
    assert (one.layers, one.correlation) == (two.layers, two.correlation)


def test_the_analyst_gets_an_exact_study_without_another_fit(monkeypatch):
    monkeypatch.setattr(gate, "study_counted", lambda *_, **__: pytest.fail("modelled anew"))
    assert release(make_study(), Audience.ANALYST, RULE).wards["flagged"].tolist() == [True, False, False, False]


def test_a_ward_without_a_denominator_is_named_and_has_no_probability():
    released = release(make_study(told_by=RULE), Audience.INSPECTOR, RULE)
    last = released.wards.iloc[-1]
    assert released.no_denominator == ("Ward 3",)
    assert last["class"] == "no denominator"
    assert np.isnan(last["probability_both"])
    assert last["relative_risk_referrals"] == ""
    assert not last["flagged"]


def test_islands_are_named():
    assert release(make_study(told_by=RULE), Audience.STEERING, RULE).islands == ("Ward 1",)


def test_an_island_of_a_name_that_others_have_is_told_from_them_and_kept_from_their_district():
    study = make_study()
    wards = study.wards.assign(ward_name="St Mary's", district=["North", "Isles", "North", "South"])
    released = release(dataclasses.replace(study, wards=wards), Audience.ANALYST, RULE)
    assert released.islands == ("St Mary's (Isles)",)
    assert Districts(wards, names=["North"]).answer(released).islands == ()
    assert Districts(wards, names=["Isles"]).answer(released).islands == ("St Mary's (Isles)",)


def test_the_flags_expected_to_be_false_are_those_of_the_flagged_wards():
    assert release(make_study(), Audience.ANALYST, RULE).flags_expected_false == pytest.approx(0.07)
    assert release(make_study(told_by=RULE), Audience.STEERING, RULE).flags_expected_false == 0.1


def test_the_correlation_of_a_coarse_audience_is_rounded_and_may_be_unknown():
    assert release(make_study(told_by=RULE), Audience.STEERING, RULE).correlation == (0.4, 0.1, 0.8)
    unknown = release(make_study(told_by=RULE, correlation=(np.nan,) * 3), Audience.STEERING, RULE).correlation
    assert np.isnan(unknown).all()


def test_flagged_wards_come_the_surest_first_and_equals_by_code():
    study = make_study()
    wards = study.wards.assign(flagged=[True, True, True, False], probability_both=[0.91, 0.97, 0.91, np.nan])
    released = release(dataclasses.replace(study, wards=wards), Audience.ANALYST, RULE)
    assert released.flagged["ward_name"].tolist() == ["Ward 1", "Ward 0", "Ward 2"]


@pytest.mark.parametrize("audience", [Audience.ANALYST, Audience.STEERING])
def test_the_study_is_left_as_it_was(audience):
    study = make_study()
    before, counts = study.wards.copy(), study.counted.counts.copy()
    release(study, audience, RULE)
    pd.testing.assert_frame_equal(study.wards, before)
    np.testing.assert_array_equal(study.counted.counts, counts)
