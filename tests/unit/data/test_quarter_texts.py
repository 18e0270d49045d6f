import pandas as pd
import pytest

from data.quarter_texts import parse_quarters


def label(text: str) -> object:
    return parse_quarters(pd.Series([text], dtype="str")).labels[0]


@pytest.mark.parametrize(
    "text",
    [
        "2025/26 Q2", "2025-26 Q2", "2025–26 Q2", "2025/2026 Q2", "2025/26 Quarter 2", "2025/26 Qtr 2",
        "2025/26Q2", "2025/26, Q2",
        "25/26 Q2", "FY2025/26 Q2", "FY 25/26 Q2", "Q2 2025/26", "Q2 2025-26", "Quarter 2 2025/26",
        "Quarter 2 of 2025/26", "q2 2025/26",
        "2025-07", "2025-09-30", "01/08/2025", "August 2025", "45852",
    ],
)  # fmt: skip
def test_reads_july_to_september(text: str) -> None:
    assert label(text) == "2025/26 Q2"


@pytest.mark.parametrize(
    "text", ["2025/27 Q2", "2025/26 Q5", "2025/26 Q0", "2025/26", "Q2", "1889/90 Q1", "2190/91 Q1", "second quarter"]
)
def test_what_is_no_quarter_in_reason_is_missing(text: str) -> None:
    parsed = parse_quarters(pd.Series([text], dtype="str"))
    assert parsed.labels.isna()[0]
    assert not parsed.is_one_year[0]


@pytest.mark.parametrize("text", ["2025 Q2", "2025Q2", "2025-Q2", "Q2 2025", "Q2-2025", "2025 Quarter 2", "FY2025 Q2"])
def test_a_quarter_of_one_year_is_told_apart(text: str) -> None:
    parsed = parse_quarters(pd.Series([text], dtype="str"))
    assert parsed.labels.isna()[0]
    assert parsed.is_one_year[0]


@pytest.mark.parametrize(
    ("text", "expected"), [("1999/00 Q4", "1999/00 Q4"), ("1995/96 Q1", "1995/96 Q1"), ("2025-03-31", "2024/25 Q4")]
)
def test_turns_of_the_century_and_of_the_year(text: str, expected: str) -> None:
    assert label(text) == expected
