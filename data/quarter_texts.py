"""Quarters as exports write them, made labels such as `2025/26 Q2`.

Understood: `2025/26 Q2`, `2025-26 Q2`, `2025/2026 Q2`, `Q2 2025/26`, `2025/26 Quarter 2`, with or without `FY`; and a date or
a month that lies in the quarter (`2025-07`, `01/07/2025`, `July 2025`). `2025 Q2` says neither calendar year nor year to
March, so a file that has it is refused.
"""

import re
from dataclasses import dataclass

import pandas as pd

from data.dates import EARLIEST, LONGEST_DATE, ParsedDates, latest_plausible, parse_dates
from data.quarters import FREQUENCY, parse_quarter, quarter_label, quarters_of

_YEARS = r"(?:FY ?)?(?P<start>\d{4}|\d{2}) ?[/\u2013-] ?(?P<end>\d{4}|\d{2})"
_NUMBER = r"(?:Q|Qtr|Quarter) ?(?P<number>[1-4])"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (rf"{_YEARS}[ ,:-]*{_NUMBER}", rf"{_NUMBER}[ ,:-]*(?:of )?{_YEARS}")
)
_ONE_YEAR = re.compile(
    r"(?:(?:CY|FY) ?)?\d{4}[ ,:/-]*(?:Q|Qtr|Quarter) ?[1-4]|(?:Q|Qtr|Quarter) ?[1-4][ ,:/-]*(?:of )?(?:(?:CY|FY) ?)?\d{4}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ParsedQuarters:
    """Quarters read from text, on the index of the texts."""

    labels: "pd.Series[str]"
    """Label, or missing where the text is not a quarter in the years since 1990."""
    is_one_year: "pd.Series[bool]"
    """The text names one year only, so the quarter could be of the calendar year or of the year to March."""
    dates: ParsedDates
    """What the texts are as dates, where they are dates."""


def parse_quarters(texts: "pd.Series[str]", *, month_first: bool | None = None) -> ParsedQuarters:
    """Read each text as a quarter; each distinct text is read once. For `month_first` see `parse_dates`."""
    read = {text: _label(text) for text in texts.dropna().unique()}
    named = texts.map(read).astype("str")
    dates = parse_dates(texts.where(named.isna()), month_first=month_first)
    labels = named.fillna(quarters_of(dates.dates)).astype("str")
    one_year = texts.str.fullmatch(_ONE_YEAR.pattern, flags=re.IGNORECASE).fillna(False).astype(bool)
    return ParsedQuarters(labels, one_year & labels.isna(), dates)


def _label(text: str) -> str | None:
    if len(text) > LONGEST_DATE:
        return None
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if not found:
        return None
    # Two digits are a year of this century: `25/26 Q2`.
    start = int(found["start"]) + (2000 if len(found["start"]) == 2 else 0)
    try:
        quarter = parse_quarter(f"{start}/{found['end']} Q{found['number']}")
    except ValueError:
        return None
    first, last = pd.Period(EARLIEST, freq=FREQUENCY), pd.Period(latest_plausible(), freq=FREQUENCY)
    return quarter_label(quarter) if first <= quarter <= last else None
