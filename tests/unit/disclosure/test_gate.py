import dataclasses

import numpy as np
import pandas as pd
import pytest

from data.settings import Disclosure
from disclosure.audiences import Audience
from disclosure.gate import release, release_trend
from tests.studies import make_study, make_trend

RULE = Disclosure()
COARSE = [Audience.INSPECTOR, Audience.STEERING]


@pytest.mark.parametrize("audience", COARSE)
def test_a_coarse_audience_gets_words_bands_and_the_middle_of_the_words_band(audience):
    wards = release(make_study(), audience, RULE).wards
    assert wards["observed_referrals"].tolist() == ["10", "7 or fewer", "7 or fewer", "7 or fewer"]
    assert wards["observed_incidents"].tolist() == ["65", "25", "10", "10"]
    assert wards["relative_risk_referrals"].tolist()[:2] == ["high (1.5 or more)", "about the area's (0.67 to 1.5)"]
    assert wards["probability_both"].tolist()[:3] == [0.875, 0.3, 0.025]
    assert wards["certainty"].tolist() == ["highly likely", "unlikely", "remote chance", ""]


@pytest.mark.parametrize("audience", COARSE)
def test_a_coarse_audience_gets_no_column_from_which_a_count_follows(audience):
    columns = set(release(make_study(), audience, RULE).wards)
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
    analyst, inspector = (release(make_study(), one, strict) for one in (Audience.ANALYST, Audience.INSPECTOR))
    pd.testing.assert_frame_equal(analyst.wards, inspector.wards)
    assert not analyst.exact


def test_counts_of_several_years_are_withheld_as_they_are_sums_of_years_that_are_shown():
    released = release(make_study(quarters=12), Audience.INSPECTOR, RULE)
    assert set(released.wards["observed_referrals"]) == {"not given"}
    assert (released.total_referrals, released.total_incidents) == ("not given", "not given")
    assert released.wards["class"].tolist()[0] == "high on both"


def test_a_ward_without_a_denominator_is_named_and_has_no_probability():
    released = release(make_study(), Audience.INSPECTOR, RULE)
    last = released.wards.iloc[-1]
    assert released.no_denominator == ("Ward 3",)
    assert last["class"] == "no denominator"
    assert np.isnan(last["probability_both"])
    assert last["relative_risk_referrals"] == ""
    assert not last["flagged"]


def test_islands_are_named():
    assert release(make_study(), Audience.STEERING, RULE).islands == ("Ward 1",)


def test_the_flags_expected_to_be_false_are_those_of_the_flagged_wards():
    assert release(make_study(), Audience.ANALYST, RULE).flags_expected_false == pytest.approx(0.07)
    assert release(make_study(), Audience.STEERING, RULE).flags_expected_false == 0.1


def test_the_correlation_of_a_coarse_audience_is_rounded_and_may_be_unknown():
    assert release(make_study(), Audience.STEERING, RULE).correlation == (0.4, 0.1, 0.8)
    unknown = release(make_study(correlation=(np.nan,) * 3), Audience.STEERING, RULE).correlation
    assert np.isnan(unknown).all()


def test_flagged_wards_come_the_surest_first_and_equals_by_code():
    study = make_study()
    wards = study.wards.assign(flagged=[True, True, True, False], probability_both=[0.91, 0.97, 0.91, np.nan])
    released = release(dataclasses.replace(study, wards=wards), Audience.ANALYST, RULE)
    assert released.flagged["ward_name"].tolist() == ["Ward 1", "Ward 0", "Ward 2"]


def test_the_study_is_left_as_it_was():
    study = make_study()
    before = study.wards.copy()
    for audience in Audience:
        release(study, audience, RULE)
    pd.testing.assert_frame_equal(study.wards, before)


def test_the_trend_of_a_coarse_audience_has_no_rate_from_which_a_count_follows():
    trend = make_trend({"2024/25 Q4": [3, 12, 9, 2, 8]}, people=[2_000, 4_000, 5_000, 5_000, 5_000])
    shown = release_trend(trend, Audience.INSPECTOR, RULE).set_index("ward_code")
    assert shown["count"].tolist() == ["7 or fewer", "10", "10", "7 or fewer", "10"]
    assert np.isnan(shown.loc["W0", "rate"])
    assert shown.loc["W0", "rate_up_to"] == 35.0
    assert shown.loc["W1", "rate"] == 25.0
    assert np.isnan(shown.loc["W1", "rate_up_to"])


def test_the_area_rate_of_a_coarse_audience_is_that_of_the_rounded_count():
    trend = make_trend({"2024/25 Q4": [3, 2, 1, 4, 6, 2] * 3}, people=[5_000.0] * 18)
    exact = release_trend(trend, Audience.ANALYST, RULE)["area_rate"].iloc[0]
    coarse = release_trend(trend, Audience.STEERING, RULE)["area_rate"].iloc[0]
    assert exact == pytest.approx(10_000 * 54 / 90_000)
    assert coarse == round(10_000 * 55 / 90_000, 1)


def test_the_area_rate_is_missing_where_the_area_count_is_small_or_would_give_a_ward_away():
    trend = make_trend({"2023/24 Q4": [1, 2], "2024/25 Q4": [14, 0]}, people=[5_000.0, 5_000.0])
    assert release_trend(trend, Audience.STEERING, RULE)["area_rate"].isna().all()


def test_wards_without_people_have_a_count_and_no_rate():
    trend = make_trend({"2024/25 Q4": [20, 30, 3]}, people=[5_000.0, np.nan, 0.0])
    shown = release_trend(trend, Audience.STEERING, RULE).set_index("ward_code")
    assert shown["count"].tolist() == ["20", "30", "7 or fewer"]
    assert shown["rate"].isna().tolist() == [False, True, True]
    assert shown["rate_up_to"].isna().all()


def test_the_trend_of_the_analyst_is_exact_and_written_with_commas():
    trend = make_trend({"2024/25 Q4": [3, 1_234]}, people=[5_000.0, 5_000.0])
    shown = release_trend(trend, Audience.ANALYST, RULE)
    assert shown["count"].tolist() == ["3", "1,234"]
    assert shown["rate"].tolist() == [6.0, 2_468.0]
