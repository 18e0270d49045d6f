import pandas as pd
import pytest

from data.dates import latest_plausible, parse_dates


def parse(*texts: str | None) -> "pd.Series[pd.Timestamp]":
    return parse_dates(pd.Series(texts, dtype="str")).dates


@pytest.mark.parametrize(
    "text",
    [
        "2025-07-14", "2025-7-14", "2025/07/14", "20250714", "14/07/2025", "14/7/2025", "14.07.2025", "14-07-2025",
        "14/07/25",
        "14-Jul-2025", "14 July 2025", "14th July 2025", "14-JUL-25", "Mon 14 Jul 2025", "Monday, 14 July 2025",
        "2025-07-14T10:22", "2025-07-14 10:22:33", "2025-07-14T10:22:33.123Z", "2025-07-14T10:22:33+01:00",
        "14/07/2025 10:22", "14/07/2025 10:22:33 PM", "45852", "45852.5",
    ],
)  # fmt: skip
def test_reads_the_fourteenth_of_july(text: str) -> None:
    assert parse(text)[0] == pd.Timestamp(2025, 7, 14)


@pytest.mark.parametrize("text", ["2025-07", "Jul-25", "July 2025", "Jul 2025"])
def test_a_month_is_its_first_day(text: str) -> None:
    parsed = parse_dates(pd.Series([text], dtype="str"))
    assert parsed.dates[0] == pd.Timestamp(2025, 7, 1)
    assert parsed.is_month[0]


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2025", "2025-02-30", "2025-13", "00/07/2025", "14/07", "14 Jul", "14 Foo 2025", "soon", "2025",
        "1234", "2025/26",
        "1989-12-31", "1899-12-30", "01/01/1900", "2025-07-14-15", "99999", "2025-07-14 nonsense", "29/02/2025",
    ],
)  # fmt: skip
def test_what_is_no_date_in_reason_is_missing(text: str) -> None:
    assert parse(text).isna()[0]


def test_a_leap_day_is_a_date() -> None:
    assert parse("29/02/2024")[0] == pd.Timestamp(2024, 2, 29)


def test_the_last_day_in_reason_is_a_year_ahead() -> None:
    last = latest_plausible()
    dates = parse(last.strftime("%Y-%m-%d"), (last + pd.Timedelta(days=1)).strftime("%Y-%m-%d"))
    assert dates.notna().tolist() == [True, False]


def test_day_first_where_both_are_possible_and_says_so() -> None:
    parsed = parse_dates(pd.Series(["03/04/2025", "05/05/2025", "13/04/2025", "04/13/2025", None], dtype="str"))
    assert parsed.dates.dt.strftime("%m-%d").tolist()[:3] == ["04-03", "05-05", "04-13"]
    assert parsed.is_ambiguous.tolist() == [True, False, False, False, False]
    assert parsed.is_month_first.tolist() == [False, False, False, True, False]
    assert parsed.is_day_first.tolist() == [False, False, True, False, False]
    assert not parsed.read_month_first
    assert parsed.dates.isna().tolist() == [False, False, False, True, True]


def test_keeps_the_index_and_the_type_when_nothing_is_there() -> None:
    empty = parse_dates(pd.Series([None, None], index=[7, 9], dtype="str"))
    assert empty.dates.dtype == "datetime64[us]"
    assert empty.dates.index.tolist() == [7, 9]
    assert parse_dates(pd.Series([], dtype="str")).dates.dtype == "datetime64[us]"


def test_a_column_whose_telling_dates_are_all_month_first_is_read_month_first() -> None:
    texts = ["03/04/2025", "05/05/2025", "04/13/2025", "4/13/25 10:22 PM", "2025-04-03", "3 April 2025", "31/31/2025"]
    parsed = parse_dates(pd.Series(texts, dtype="str"))
    assert parsed.read_month_first
    assert parsed.dates.dt.strftime("%m-%d").tolist()[:6] == ["03-04", "05-05", "04-13", "04-13", "04-03", "04-03"]
    assert parsed.dates.isna().tolist() == [False] * 6 + [True]
