"""What runs where and when, and wards put into the four lists."""

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.provision import QuarterCoverage, coverage, find_gaps, runs_between

ROWS = pd.DataFrame(
    {
        "provision": [1, 1, 2, 3],
        "ward_code": ["A", "B", "A", "C"],
        "start": pd.to_datetime(["2024-04-01", "2024-04-01", "2024-07-01", "2025-01-01"]),
        "end": pd.to_datetime([None, None, "2024-09-30", "2025-01-01"]),
    }
)


def test_a_thing_runs_on_its_first_and_on_its_last_day_and_on_no_other_beyond() -> None:
    for day, runs in (
        (date(2024, 6, 30), False),
        (date(2024, 7, 1), True),
        (date(2024, 9, 30), True),
        (date(2024, 10, 1), False),
    ):
        assert bool(runs_between(ROWS, day, day).iloc[2]) is runs


def test_coverage_counts_each_ward_and_each_thing_once_a_quarter() -> None:
    quarters = ["2023/24 Q4", "2024/25 Q1", "2024/25 Q2", "2024/25 Q4"]
    assert coverage(ROWS, wards=["A", "B", "C"], quarters=quarters) == [
        QuarterCoverage("2023/24 Q4", 0, 0),
        QuarterCoverage("2024/25 Q1", 2, 1),
        QuarterCoverage("2024/25 Q2", 2, 2),
        QuarterCoverage("2024/25 Q4", 3, 2),
    ]
    assert [one.wards for one in coverage(ROWS, wards=["A"], quarters=quarters)] == [0, 1, 1, 1]


CODES = st.lists(st.sampled_from("ABCDEF"), unique=True)


@given(wards=CODES, flagged=CODES, provided=CODES)
def test_every_ward_is_in_one_list_and_no_list_has_another(
    wards: list[str], flagged: list[str], provided: list[str]
) -> None:
    gaps = find_gaps(wards, flagged=flagged, provided=provided)
    lists = (gaps.flagged_without, gaps.flagged_with, gaps.others_with, gaps.others_without)
    assert sorted(code for one in lists for code in one) == sorted(wards)
    assert {*gaps.flagged_without} == {*wards} & {*flagged} - {*provided}
    assert {*gaps.others_with} == {*wards} & {*provided} - {*flagged}
