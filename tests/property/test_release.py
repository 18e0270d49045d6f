"""What leaves the gate for audiences without exact values, whatever the counts."""

import dataclasses
import json

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data.settings import Disclosure
from disclosure.audiences import COARSE_WINDOWS, Audience
from disclosure.gate import release, release_trend
from tests.studies import make_study, make_trend

COARSE = st.sampled_from([Audience.INSPECTOR, Audience.STEERING])
RULES = st.builds(Disclosure, suppress_up_to=st.integers(1, 15), round_to=st.integers(1, 15))
WARDS = 12
COUNTS = st.lists(st.integers(0, 60), min_size=WARDS, max_size=WARDS)
OTHERS = st.lists(st.integers(0, 1_000), min_size=WARDS, max_size=WARDS)


def everything(released):
    """All that a release holds, as text."""
    whole = {field.name: getattr(released, field.name) for field in dataclasses.fields(released)}
    wards = whole.pop("wards").to_json(orient="split")
    layers = {key: dataclasses.asdict(layer) for key, layer in whole.pop("layers").items()}
    return json.dumps([wards, layers, whole], default=repr, sort_keys=True)


def swap_small(counts, other, rule):
    """Other small counts in the place of the small ones, keeping their sum as it is shown."""
    small = [place for place, count in enumerate(counts) if count <= rule.suppress_up_to]
    swapped = list(counts)
    for place in small:
        swapped[place] = other[place] % (rule.suppress_up_to + 1)
    return swapped


@given(COUNTS, OTHERS, COARSE, RULES, st.sampled_from(COARSE_WINDOWS))
def test_counts_that_differ_within_the_suppressed_range_are_released_the_same(counts, other, audience, rule, quarters):
    first = release(make_study(referrals=counts, incidents=counts, quarters=quarters), audience, rule)
    swapped = swap_small(counts, other, rule)
    second = release(make_study(referrals=swapped, incidents=swapped, quarters=quarters), audience, rule)
    # The area's rounded total may tell sums apart, never a ward's count: tests/property/test_suppression.py.
    blank = {"total_referrals": "", "total_incidents": ""}
    assert everything(dataclasses.replace(first, **blank)) == everything(dataclasses.replace(second, **blank))


@given(COUNTS, COARSE, RULES)
def test_no_number_of_a_ward_is_a_count_and_no_text_a_small_one(counts, audience, rule):
    released = release(make_study(referrals=counts, incidents=counts), audience, rule).wards
    numeric = set(released.select_dtypes("number"))
    assert numeric == {"probability_both"}
    middles = {0.025, 0.125, 0.3, 0.5, 0.7, 0.875, 0.975}
    assert set(released["probability_both"].dropna()) <= middles
    for said in (*released["observed_referrals"], *released["observed_incidents"]):
        assert said == f"{rule.suppress_up_to} or fewer" or int(said.replace(",", "")) > rule.suppress_up_to


@given(COUNTS, OTHERS, COARSE, RULES)
def test_a_trend_tells_no_small_counts_apart(counts, other, audience, rule):
    people = [3_000.0 + 100 * ward for ward in range(WARDS)]
    trends = [
        release_trend(make_trend({"2025/26 Q4": one}, people=people), audience, rule).drop(columns="area_rate")
        for one in (counts, swap_small(counts, other, rule))
    ]
    pd.testing.assert_frame_equal(*trends)


@given(COUNTS, COARSE, RULES)
def test_the_area_rate_of_a_trend_is_that_of_a_total_which_may_be_shown(counts, audience, rule):
    trend = make_trend({"2025/26 Q4": counts}, people=[100.0] * WARDS)
    rate = release_trend(trend, audience, rule)["area_rate"].iloc[0]
    total = rate * WARDS * 100 / 10_000
    assert np.isnan(rate) or np.isclose(total % rule.round_to, [0, rule.round_to], atol=0.01).any()
