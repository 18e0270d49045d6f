from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.question import Question
from analysis.trend import ward_trend
from data.settings import Disclosure
from disclosure.trend import coarse_trend, exact_trend
from tests.cells import cells_of

RULE = Disclosure(window_step=4)
"""Years that end in March share no quarter: each is told as by the rule alone."""
COLUMNS = ["ward_code", "measure", "quarter", "area_rate", "count", "rate", "rate_up_to"]


@pytest.fixture
def coarse(tables):
    """The trend of the tables with some referrals a quarter of each of the first wards."""

    def trend(counts=(), *, rule=RULE, question=None, residents=None):
        referrals, wards = tables.referrals.copy(), tables.wards.copy()
        for place, count in enumerate(counts):
            code = wards["ward_code"].iloc[place]
            referrals.loc[referrals["ward_code"] == code, "count"] = count
        if residents is not None:
            wards["residents"] = residents
        cells = cells_of(replace(tables, referrals=referrals, wards=wards), rule=rule)
        return coarse_trend(cells, question=question or Question(), rule=rule)

    return trend


def of_ward(trend, place, *, measure="referrals", year="2025/26 Q4"):
    chosen = (trend["ward_code"] == f"X0590{place:04d}") & (trend["measure"] == measure) & (trend["quarter"] == year)
    return trend[chosen].iloc[0]


def test_a_small_count_has_no_rate_but_what_it_cannot_exceed(coarse):
    row = of_ward(coarse([12, 1]), 1)
    assert row["count"] == "7 or fewer"
    assert np.isnan(row["rate"])
    assert row["rate_up_to"] == 10_000 * 7 / 5_000


def test_another_count_has_the_rate_of_the_rounded_count(coarse):
    row = of_ward(coarse([12, 3]), 1)
    assert (row["count"], row["rate"]) == ("10", 10_000 * 10 / 5_000)
    assert np.isnan(row["rate_up_to"])


def test_a_range_that_is_no_rounded_count_has_a_rate_that_it_cannot_exceed(tables):
    referrals = tables.referrals.copy()
    referrals.loc[referrals["ward_code"] == "X05900000", "count"] = [0, 2, 3, 2, 5, 2, 3, 2]
    rule = Disclosure()
    trend = coarse_trend(cells_of(replace(tables, referrals=referrals), rule=rule), question=Question(), rule=rule)
    row = of_ward(trend, 0, year="2025/26 Q2")
    assert row["count"] == "1 to 12"
    assert np.isnan(row["rate"])
    assert row["rate_up_to"] == 10_000 * 12 / 5_000


def test_the_area_rate_is_that_of_the_total_as_it_is_shown(coarse):
    trend = coarse()
    assert of_ward(trend, 3)["area_rate"] == round(10_000 * 125 / (19 * 5_000), 1)


def test_the_area_rate_is_missing_where_the_total_may_not_be_shown(coarse):
    trend = coarse([0] * 20)
    assert trend[trend["measure"] == "referrals"]["area_rate"].isna().all()
    assert trend[trend["measure"] == "incidents"]["area_rate"].notna().all()


def test_wards_without_people_have_a_count_and_no_rate(coarse):
    row = of_ward(coarse([12] * 20), 19)
    assert row["count"] == "50"
    assert np.isnan(row["rate"])
    assert np.isnan(row["rate_up_to"])


def test_incidents_are_divided_by_what_the_question_says(coarse):
    trend = coarse(question=Question(denominator="workday"))
    assert of_ward(trend, 0, measure="incidents")["rate"] == 10_000 * 240 / 2_000
    assert of_ward(trend, 0)["rate"] == 10_000 * 50 / 5_000


def test_there_is_a_year_for_every_quarter_that_the_settings_name(coarse):
    assert coarse()["quarter"].unique().tolist() == ["2024/25 Q4", "2025/26 Q4"]
    assert coarse(rule=Disclosure(window_step=2))["quarter"].unique().tolist() == [
        "2024/25 Q4",
        "2025/26 Q2",
        "2025/26 Q4",
    ]


def test_both_trends_have_the_same_rows_in_the_same_order(coarse, tables):
    rows = ["ward_code", "measure", "quarter"]
    exact = exact_trend(tables, question=Question())
    every = coarse(rule=Disclosure())
    pd.testing.assert_frame_equal(exact[rows], every[rows])
    assert set(exact) == set(every) == set(COLUMNS)


def test_data_of_less_than_a_year_have_no_trend(tables):
    short = replace(tables, referrals=tables.referrals[tables.referrals["quarter"] < "2024/25 Q4"])
    assert coarse_trend(cells_of(short, rule=RULE), question=Question(), rule=RULE).empty
    assert list(coarse_trend(cells_of(short, rule=RULE), question=Question(), rule=RULE)) == COLUMNS


def test_the_exact_trend_is_that_of_the_analysis_written_with_commas(tables):
    tables = replace(tables, incidents=tables.incidents.assign(count=1_000))
    shown, exact = exact_trend(tables, question=Question()), ward_trend(tables, question=Question())
    pd.testing.assert_series_equal(shown["rate"], exact["rate"])
    pd.testing.assert_series_equal(shown["area_rate"], exact["area_rate"])
    assert set(shown.loc[shown["measure"] == "incidents", "count"]) == {"4,000"}
    assert of_ward(shown, 1)["count"] == "4"
    assert shown["rate_up_to"].isna().all()
