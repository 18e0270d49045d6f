import pandas as pd

from data.coverage import incomplete_quarters, whole_quarters
from data.quarters import quarters_of


def monthly(first: str, last: str, count: int = 10) -> pd.DataFrame:
    dates = pd.Series(pd.date_range(first, last, freq="MS"))
    return pd.DataFrame({"date": dates, "quarter": quarters_of(dates), "count": count})


def test_a_first_and_a_last_quarter_with_months_missing_are_left_out_and_named():
    events = monthly("2020-11", "2022-10")
    assert whole_quarters(events)[0] == "2020/21 Q4"
    assert whole_quarters(events)[-1] == "2022/23 Q2"
    assert incomplete_quarters(events) == {
        "2020/21 Q3": "begin in November 2020",
        "2022/23 Q3": "end in October 2022",
    }


def test_whole_quarters_are_all_kept():
    assert whole_quarters(monthly("2024-04", "2024-09")) == ["2024/25 Q1", "2024/25 Q2"]
    assert incomplete_quarters(monthly("2024-04", "2024-09")) == {}


def test_a_quiet_month_at_the_end_is_not_a_missing_one_where_events_are_rare():
    assert incomplete_quarters(monthly("2024-04", "2024-08", count=2)) == {}


def test_a_quarter_in_the_middle_without_events_is_whole():
    events = pd.concat([monthly("2024-04", "2024-06"), monthly("2024-10", "2024-12")])
    assert whole_quarters(events) == ["2024/25 Q1", "2024/25 Q2", "2024/25 Q3"]


def test_where_only_quarters_are_known_all_count_as_whole():
    events = monthly("2020-11", "2022-10")
    undated = events.assign(date=pd.Series(pd.NaT, index=events.index, dtype="datetime64[us]"))
    assert whole_quarters(undated)[0] == "2020/21 Q3"
    assert whole_quarters(events.drop(columns="date"))[0] == "2020/21 Q3"


def test_no_events_cover_nothing():
    assert whole_quarters(monthly("2024-04", "2024-06").iloc[:0]) == []
