from datetime import date

import pandas as pd
import pytest

from data.quarters import (
    months_of,
    months_since,
    parse_quarter,
    quarter_label,
    quarter_range,
    quarters_of,
    say_end,
    shift_quarter,
)


@pytest.mark.parametrize(
    ("date", "label"),
    [
        ("2025-03-31", "2024/25 Q4"), ("2025-04-01", "2025/26 Q1"), ("2025-06-30", "2025/26 Q1"),
        ("2025-07-01", "2025/26 Q2"),
        ("2025-12-31", "2025/26 Q3"), ("2026-01-01", "2025/26 Q4"), ("1999-12-31", "1999/00 Q3"),
    ],
)  # fmt: skip
def test_a_date_falls_into_its_quarter_of_the_year_to_march(date: str, label: str) -> None:
    assert quarters_of(pd.Series([pd.Timestamp(date)])).tolist() == [label]


def test_missing_dates_stay_missing() -> None:
    labels = quarters_of(pd.Series([pd.NaT, pd.Timestamp(2025, 7, 1)]))
    assert labels.isna().tolist() == [True, False]
    assert quarters_of(pd.Series([pd.NaT])).dtype == "str"


def test_a_label_is_read_and_written_alike() -> None:
    assert quarter_label(parse_quarter(" 2025/2026 q2 ")) == "2025/26 Q2"


@pytest.mark.parametrize("text", ["2025/27 Q2", "2025/26 Q5", "2025 Q2", "2025-26 Q2", ""])
def test_what_is_no_label_raises(text: str) -> None:
    with pytest.raises(ValueError, match="quarter"):
        parse_quarter(text)


def test_labels_sort_in_time_order_and_shift_over_the_year() -> None:
    eight = quarter_range("2025/26 Q2", 8)
    assert eight == sorted(eight)
    assert (eight[0], eight[-1]) == ("2023/24 Q3", "2025/26 Q2")
    assert shift_quarter("2025/26 Q4", 1) == "2026/27 Q1"
    assert shift_quarter("1999/00 Q4", 1) == "2000/01 Q1"


def test_a_quarter_is_said_in_months() -> None:
    assert months_of("2025/26 Q2") == "July to September 2025"
    assert months_of("2025/26 Q4") == "January to March 2026"
    assert say_end("2025/26 Q2") == "September 2025 (2025/26 Q2)"


@pytest.mark.parametrize(
    ("day", "months"),
    [(date(2026, 9, 15), -1), (date(2026, 10, 31), 0), (date(2026, 11, 1), 1), (date(2027, 10, 2), 12)],
)
def test_months_since_a_quarter_are_whole_ones(day: date, months: int) -> None:
    assert months_since("2026/27 Q2", on=day) == months
