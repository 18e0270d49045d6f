import pytest

from analysis.question import Question
from analysis.trend import ward_trend


def test_each_point_is_a_year_that_ends_with_its_quarter(tables):
    trend = ward_trend(tables, question=Question())
    first = trend[(trend["ward_code"] == "X05900000") & (trend["measure"] == "referrals")]
    assert first["quarter"].tolist() == ["2024/25 Q4", "2025/26 Q1", "2025/26 Q2", "2025/26 Q3", "2025/26 Q4"]
    assert first["count"].tolist() == [48] * 5
    assert first["rate"].tolist() == pytest.approx([96.0] * 5)


def test_years_that_do_not_overlap_are_counted_back_from_the_newest_quarter(tables):
    trend = ward_trend(tables, question=Question(), step=4)
    assert trend["quarter"].unique().tolist() == ["2024/25 Q4", "2025/26 Q4"]


def test_the_area_rate_leaves_out_wards_without_a_denominator(tables):
    trend = ward_trend(tables, question=Question())
    area = trend[trend["measure"] == "referrals"]["area_rate"].iloc[0]
    assert area == pytest.approx((48 + 18 * 4) / (19 * 5_000) * 10_000)


def test_less_than_a_year_of_data_gives_no_trend(tables):
    short = tables.referrals[tables.referrals["quarter"] >= "2025/26 Q2"]
    assert ward_trend(type(tables)(tables.wards, short, tables.incidents), question=Question()).empty
