"""Dates as forces and councils write them: ISO, `YYYY-MM`, day first, Excel's own. Each value is read for itself.

A value that is only possible month first (`07/25/2025`) is not read: it shows that the others may be month first too.
Times and time zones are passed over; the date counts as it is written.
"""

import re
from dataclasses import dataclass

import pandas as pd

EARLIEST = pd.Timestamp(1990, 1, 1)
LONGEST_DATE = 60
"""Characters. A longer text is no date, and no pattern is tried on it."""
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?(?: ?Z| ?[+-]\d{2}:?\d{2}| UTC| GMT| BST)?)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +)?"
# In order: the first that fits counts. A year of two digits is of this century.
_FORMS = {
    "iso": rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}",
    "compact": rf"(?P<year>(?:19|20)\d{{2}})(?P<month>\d{{2}})(?P<day>\d{{2}}){_TIME}",
    "month": r"(?P<year>\d{4})-(?P<month>\d{1,2})",
    "day first": rf"(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}}|\d{{2}}){_TIME}",
    "named": rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]*(?P<month>[a-z]{{3,9}})\.?,?[ -]*"
    rf"(?P<year>\d{{4}}|\d{{2}}){_TIME}",
    "named month": r"(?P<month>[a-z]{3,9})\.?[ -]*(?P<year>\d{4}|\d{2})",
    "serial": r"(?P<serial>[2-7]\d{4})(?:\.\d+)?",
}
_COMPILED = {form: re.compile(pattern, re.IGNORECASE | re.ASCII) for form, pattern in _FORMS.items()}
_MONTH_NAME = re.compile(
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
_EXCEL_EPOCH = pd.Timestamp(1899, 12, 30)


@dataclass(frozen=True)
class ParsedDates:
    """Dates read from text, and how.

    All on the index of the texts. `dates` is missing where there is none; a month is its first day.
    """

    dates: "pd.Series[pd.Timestamp]"
    is_month: "pd.Series[bool]"
    """The text says a month and no day."""
    is_ambiguous: "pd.Series[bool]"
    """Read day first, but possible month first: `03/04/2025`."""
    is_month_first: "pd.Series[bool]"
    """Possible only month first, and therefore not read."""


def parse_dates(texts: "pd.Series[str]") -> ParsedDates:
    """Read each text as a date; what is impossible, or before 1990, or over a year ahead, becomes missing.

    Each distinct text is read once.
    """
    read = {text: _parse(text) for text in texts.dropna().unique()}
    dates = pd.to_datetime(texts.map({text: found[0] for text, found in read.items()})).astype("datetime64[us]")
    plausible = (dates >= EARLIEST) & (dates <= latest_plausible())
    months, ambiguous, month_first = (texts.isin([text for text in read if read[text][place]]) for place in (1, 2, 3))
    return ParsedDates(dates.where(plausible), months, ambiguous, month_first)


def latest_plausible() -> pd.Timestamp:
    """Give the last day that can stand in data: a year from today, so that a clock or a plan may be a little ahead."""
    return pd.Timestamp.now().normalize() + pd.DateOffset(years=1)


def _parse(text: str) -> tuple[pd.Timestamp | None, bool, bool, bool]:
    """Read one text: its date, then whether it is a month, ambiguous, or possible only month first."""
    if len(text) > LONGEST_DATE:
        return None, False, False, False
    for form, pattern in _COMPILED.items():
        found = pattern.fullmatch(text)
        if found:
            return _from_parts(form, found.groupdict())
    return None, False, False, False


def _from_parts(form: str, parts: dict[str, str | None]) -> tuple[pd.Timestamp | None, bool, bool, bool]:
    if form == "serial":
        return _EXCEL_EPOCH + pd.Timedelta(days=int(parts["serial"] or 0)), False, False, False
    year, month, day = int(parts["year"] or 0), _month(parts["month"] or ""), int(parts.get("day") or 1)
    year += 2000 if len(parts["year"] or "") == 2 else 0
    date = _date(year, month, day)
    swapped = form == "day first" and _date(year, day, month) is not None
    ambiguous = swapped and date is not None and day != month
    return date, form in {"month", "named month"}, ambiguous, swapped and date is None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _MONTHS[text[:3].lower()] if _MONTH_NAME.fullmatch(text.lower()) else 0


def _date(year: int, month: int, day: int) -> pd.Timestamp | None:
    try:
        return pd.Timestamp(year=year, month=month, day=day)
    except ValueError:
        return None
