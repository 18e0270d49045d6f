"""Which time a file's name says it is of: `2026-10`, `202610`, `2026-10-15`, `20261015`, `Oct 2026`, `15 Oct 2026`, `Q2 2026-27`.

A name may part them with a blank, a hyphen, an underscore or a full stop. A day first in numbers (`15-10-2026`) is not
understood, nor is a quarter with one year (`Q2 2026`), which may be of the calendar year or of the year to March, nor `2011-12`.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_PART = r"[ ._-]*"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEARS = rf"(?:FY ?)?{_YEAR}[-_/ ](?P<end>\d{{4}}|\d{{2}})"
_NUMBER = r"Q(?:tr|uarter)? ?(?P<quarter>[1-4])"
_START, _STOP = r"(?<![a-z0-9])", r"(?![a-z0-9])"
# In order. What one form has taken is not looked at by those after it.
_FORMS = tuple(
    re.compile(_START + form + _STOP, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_YEARS}{_PART}{_NUMBER}",
        rf"{_NUMBER}{_PART}{_YEARS}",
        rf"{_YEAR}[-_. ](?P<month>\d{{2}})[-_. ](?P<day>\d{{2}})(?:T\d+)?",
        rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})(?:T\d+)?",
        rf"(?P<day>\d{{1,2}}){_PART}{_MONTH}{_PART}{_YEAR}",
        rf"{_MONTH}{_PART}{_YEAR}",
        rf"{_YEAR}{_PART}{_MONTH}",
        rf"{_YEAR}[-_.]?(?P<month>\d{{2}})",
    )
)
_MONTHS = tuple(name.casefold() for name in calendar.month_abbr)


@dataclass(frozen=True)
class NameDate:
    """The first and the last day of what a name says."""

    first: date
    last: date


def dates_in_name(name: str) -> set[NameDate]:
    """Find every time that a file's name says; none where it says nothing, or nothing that can be understood."""
    found = set()
    rest = name
    for form in _FORMS:
        for match in list(form.finditer(rest)):
            said = _read(match.groupdict())
            if said:
                found.add(said)
                rest = rest.replace(match[0], "\n" * len(match[0]))
    return found


def _read(parts: dict[str, str | None]) -> NameDate | None:
    year = int(parts["year"] or 0)
    try:
        if parts.get("quarter"):
            return _quarter(year, parts["end"] or "", int(parts["quarter"] or 0))
        month = _month(parts["month"] or "")
        if parts.get("day"):
            day = date(year, month, int(parts["day"] or 0))
            return NameDate(day, day)
        if parts["month"] == f"{(year + 1) % 100:02d}":
            return None  # `2011-12` may be the year to March as well
        return NameDate(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    except ValueError:
        return None


def _quarter(year: int, end: str, number: int) -> NameDate | None:
    """Read a quarter of the year to March."""
    if int(end) % 100 != (year + 1) % 100:
        return None
    year, month = (year, 3 * number + 1) if number < 4 else (year + 1, 1)
    return NameDate(date(year, month, 1), date(year, month + 2, calendar.monthrange(year, month + 2)[1]))


def _month(text: str) -> int:
    month = int(text) if text.isdigit() else _MONTHS.index(text[:3].casefold())
    if not 1 <= month <= 12:
        raise ValueError
    return month
