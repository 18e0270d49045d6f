"""Quarters of the year to March: `2025/26 Q2` is July to September 2025.

Stored and shown as that label, which also sorts in time order; computed as `pandas.Period` with frequency
`Q-MAR`, whose fiscal year is the one that ends in March.
"""

from datetime import UTC, date, datetime

import pandas as pd

from data.quarter_labels import read_label, write_label

FREQUENCY = "Q-MAR"


def quarter_label(period: pd.Period) -> str:
    """Name a quarter, e.g. `2025/26 Q2`."""
    return write_label(period.qyear, period.quarter)


def parse_quarter(label: str) -> pd.Period:
    """Read a label such as `2025/26 Q2`.

    Raises
    ------
    ValueError
        If the text is not such a label, or its two years do not follow each other.
    """
    year, number = read_label(label)
    return pd.Period(year=year, quarter=number, freq=FREQUENCY)


def quarters_of(dates: "pd.Series[pd.Timestamp]") -> "pd.Series[str]":
    """Label each date with its quarter; missing dates stay missing."""
    places, distinct = pd.factorize(dates)
    labels = pd.array([quarter_label(pd.Period(day, freq=FREQUENCY)) for day in distinct], dtype="str")
    # A missing date has the place -1, which is nowhere, and so stays missing.
    return pd.Series(labels.take(places, allow_fill=True), index=dates.index)


def shift_quarter(label: str, by: int) -> str:
    """Name the quarter `by` quarters later (earlier when negative)."""
    return quarter_label(parse_quarter(label) + by)


def quarter_range(last: str, quarters: int) -> list[str]:
    """Name the `quarters` quarters that end with `last`, oldest first."""
    end = parse_quarter(last)
    return [quarter_label(end - back) for back in range(quarters - 1, -1, -1)]


def quarters_between(first: str, last: str) -> int:
    """Count the quarters from one to another, both included."""
    return int((parse_quarter(last) - parse_quarter(first)).n) + 1


def last_finished_quarter(today: date | None = None) -> str:
    """Name the last quarter that is over."""
    return quarter_label(pd.Period(today or datetime.now(UTC).date(), freq=FREQUENCY) - 1)


def months_of(label: str) -> str:
    """Say a quarter in months, e.g. `July to September 2025`."""
    period = parse_quarter(label)
    return f"{period.start_time:%B} to {period.end_time:%B %Y}"


def say_end(label: str) -> str:
    """Say when a quarter ends as people write it, with its label, e.g. `September 2025 (2025/26 Q2)`."""
    return f"{parse_quarter(label).end_time:%B %Y} ({label})"


def months_since(label: str, *, on: date) -> int:
    """Whole months from the end of a quarter to a day; negative before its end."""
    ended = parse_quarter(label).end_time
    return (on.year - ended.year) * 12 + on.month - ended.month - 1
