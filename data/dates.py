"""Dates as forces and councils write them: ISO, `YYYY-MM`, day first, Excel's own. Each value is read for itself.

`03/04/2025` alone does not say which comes first. It is read day first, unless dates of its column are possible only month
first (`07/25/2025`) and none only day first: then all of the column are read month first. Where both kinds stand in one
column, those that are possible only month first are not read; `data.date_order` says what becomes of such a column.
Times and time zones are passed over; the date counts as it is written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
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
    """Possible day first and month first, and two different days: `03/04/2025`."""
    is_month_first: "pd.Series[bool]"
    """Possible only month first: `07/25/2025`."""
    is_day_first: "pd.Series[bool]"
    """Possible only day first: `25/07/2025`."""
    read_month_first: bool
    """Whether what is ambiguous was read month first, as all that tells is."""


@dataclass(frozen=True)
class _Reading:
    """What one text can be."""

    day_first: pd.Timestamp | None = None
    """The date; of a text with a day and a month in numbers, the one that it is day first."""
    month_first: pd.Timestamp | None = None
    """The date that such a text is month first."""
    is_month: bool = False
    is_slashed: bool = False
    """A day and a month in numbers, before the year."""

    @property
    def is_ambiguous(self) -> bool:
        return None not in (self.day_first, self.month_first) and self.day_first != self.month_first

    @property
    def is_month_first(self) -> bool:
        return self.day_first is None and self.month_first is not None

    @property
    def is_day_first(self) -> bool:
        return self.is_slashed and self.day_first is not None and self.month_first is None


def parse_dates(texts: "pd.Series[str]", *, month_first: bool | None = None, years_ahead: int = 1) -> ParsedDates:
    """Read each text as a date; what is impossible, or before 1990, or over a year ahead, becomes missing.

    Each distinct text is read once.

    Parameters
    ----------
    texts
        A column.
    month_first
        Whether what is ambiguous is read month first, where that was found from more than these texts; by default they tell.
    years_ahead
        How far ahead of today a date may lie: what is planned lies further ahead than what was recorded.
    """
    places, distinct = pd.factorize(texts)
    # A missing text has the place -1: the last one, which is none.
    read = [*map(_parse, distinct.tolist()), _Reading()]

    def are(kind: Callable[[_Reading], bool]) -> "pd.Series[bool]":
        return pd.Series(np.array([kind(one) for one in read], dtype=bool)[places], index=texts.index)

    only_month_first, only_day_first = are(lambda one: one.is_month_first), are(lambda one: one.is_day_first)
    swaps = (only_month_first.any() and not only_day_first.any()) if month_first is None else month_first
    chosen = pd.to_datetime(pd.Series([one.month_first if swaps and one.is_slashed else one.day_first for one in read]))
    dates = (
        chosen.where((chosen >= EARLIEST) & (chosen <= latest_plausible(years_ahead)))
        .astype("datetime64[us]")
        .to_numpy()[places]
    )
    months, ambiguous = are(lambda one: one.is_month), are(lambda one: one.is_ambiguous)
    return ParsedDates(
        pd.Series(dates, index=texts.index),
        months,
        ambiguous,
        only_month_first,
        only_day_first,
        read_month_first=bool(swaps),
    )


def latest_plausible(years: int = 1) -> pd.Timestamp:
    """Give the last day that can stand in data: a year from today, so that a clock or a plan may be a little ahead."""
    return pd.Timestamp.now().normalize() + pd.DateOffset(years=years)


def _parse(text: str) -> _Reading:
    """Read one text by the first form that it has."""
    if len(text) > LONGEST_DATE:
        return _Reading()
    for form, pattern in _COMPILED.items():
        found = pattern.fullmatch(text)
        if found:
            return _from_parts(form, found.groupdict())
    return _Reading()


def _from_parts(form: str, parts: dict[str, str | None]) -> _Reading:
    if form == "serial":
        return _Reading(_EXCEL_EPOCH + pd.Timedelta(days=int(parts["serial"] or 0)))
    year, month, day = int(parts["year"] or 0), _month(parts["month"] or ""), int(parts.get("day") or 1)
    year += 2000 if len(parts["year"] or "") == 2 else 0
    date = _date(year, month, day)
    if form == "day first":
        return _Reading(date, _date(year, day, month), is_slashed=True)
    return _Reading(date, is_month=form in {"month", "named month"})


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _MONTHS[text[:3].lower()] if _MONTH_NAME.fullmatch(text.lower()) else 0


def _date(year: int, month: int, day: int) -> pd.Timestamp | None:
    try:
        return pd.Timestamp(year=year, month=month, day=day)
    except ValueError:
        return None
