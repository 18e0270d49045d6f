import math

import pandas as pd
import pytest

from data.numbers import are_counts, parse_numbers


def parse(text: str | None) -> float:
    return float(parse_numbers(pd.Series([text], dtype="str"))[0])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12), ("1,234", 1234), ("1 234", 1234), ("1'234", 1234), ("12,345,678.5", 12345678.5), ("-7", -7),
        ("\u22127", -7),
        ("5.0", 5), (".5", 0.5), ("1e3", 1000), ("+3", 3), ("0", 0),
    ],
)  # fmt: skip
def test_reads_numbers_as_they_are_written(text: str, number: float) -> None:
    assert parse(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "seven",
        "1,23",
        "12,34,567",
        "1,2345",
        "1.234,5",
        "c",
        "*",
        "-",
        "nan",
        "inf",
        "0x1A",
        "1_000",
        "12%",
        None,
    ],
)
def test_what_is_no_plain_number_is_missing(text: str | None) -> None:
    assert math.isnan(parse(text))


def test_counts_are_whole_and_not_negative() -> None:
    numbers = pd.Series([0.0, 3.0, 2.5, -1.0, 1e15, float("nan")])
    assert are_counts(numbers).tolist() == [True, True, False, False, False, False]
