import pandas as pd
import pytest

from analysis.windows import (
    Window,
    choose_window,
    count_by_ward,
    count_by_ward_and_quarter,
    quarters_covered,
    select_events,
)
from data.errors import UsageError

COVERED = ["2024/25 Q3", "2024/25 Q4", "2025/26 Q1", "2025/26 Q2"]


def events(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["ward_code", "quarter", "category", "count"])


def test_a_window_runs_back_from_its_last_quarter_over_the_turn_of_the_year():
    window = Window("2025/26 Q2", 4)
    assert window.labels == COVERED
    assert window.first == "2024/25 Q3"
    assert window.years == 1.0
    assert window.in_words() == "October 2024 to September 2025"


def test_the_window_just_before_is_as_long_and_shares_no_quarter():
    before = Window("2025/26 Q2", 4).just_before
    assert before == Window("2024/25 Q2", 4)
    assert not set(before.labels) & set(COVERED)


def test_quarters_covered_are_those_that_all_tables_share():
    one = events(("A", "2024/25 Q1", "x", 1), ("A", "2025/26 Q2", "x", 1))
    other = events(("A", "2024/25 Q3", "x", 1), ("A", "2025/26 Q4", "x", 1))
    assert quarters_covered(one, other) == COVERED


def test_quarters_in_which_nothing_happened_are_covered_too():
    assert quarters_covered(events(("A", "2024/25 Q3", "x", 1), ("A", "2025/26 Q2", "x", 1))) == COVERED


@pytest.mark.parametrize(
    "tables",
    [
        (events(), events(("A", "2024/25 Q1", "x", 1))),
        (events(("A", "2024/25 Q1", "x", 1)), events(("A", "2024/25 Q2", "x", 1))),
    ],
    ids=["one is empty", "they do not overlap in time"],
)
def test_tables_that_share_no_quarter_cover_none(tables):
    assert quarters_covered(*tables) == []


def test_the_newest_window_is_chosen_if_none_is_named():
    assert choose_window(COVERED, quarters=2) == Window("2025/26 Q2", 2)


def test_a_window_that_reaches_before_the_data_is_refused_because_its_counts_would_be_too_low():
    with pytest.raises(UsageError, match="Choose 2 quarters or fewer"):
        choose_window(COVERED, quarters=3, last="2024/25 Q4")


def test_a_last_quarter_outside_the_data_is_refused_with_what_there_is():
    with pytest.raises(UsageError, match="from 2024/25 Q3 to 2025/26 Q2"):
        choose_window(COVERED, quarters=1, last="2030/31 Q1")


def test_no_shared_quarter_is_refused():
    with pytest.raises(UsageError, match="share no quarter"):
        choose_window([], quarters=1)


def test_select_events_keeps_the_quarters_and_categories_named_and_all_where_none_is():
    table = events(("A", "2024/25 Q3", "x", 1), ("A", "2024/25 Q4", "y", 2), ("A", "2025/26 Q1", "x", 4))
    assert select_events(table, quarters=COVERED[:2])["count"].sum() == 3
    assert select_events(table, quarters=COVERED, keep={"category": ["x"]})["count"].sum() == 5
    assert select_events(table, quarters=COVERED, keep={"category": []})["count"].sum() == 7


def test_counts_come_in_the_order_of_the_wards_with_zero_where_there_is_nothing():
    table = events(("B", "2024/25 Q3", "x", 2), ("A", "2024/25 Q3", "x", 1), ("B", "2024/25 Q4", "x", 3))
    assert count_by_ward(table, ward_codes=pd.Index(["C", "B", "A"])).tolist() == [0, 5, 1]
    by_quarter = count_by_ward_and_quarter(table, ward_codes=pd.Index(["B", "C"]), quarters=COVERED[:2])
    assert by_quarter.tolist() == [[2, 3], [0, 0]]
