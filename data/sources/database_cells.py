"""Cells of a database as texts, in the forms in which files hold them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

CLOCKS = "Europe/London"
"""Whose day it is when something happened: that of a moment with a time zone."""
_LONGEST_NUMBER = 30
"""Digits. No count and no coordinate has more; a database's number may have a hundred thousand."""


class NoCellError(Exception):
    """A value of a kind that no table holds."""


def cell_text(value: object, *, outline: bool = False) -> str | None:
    """Write a value as text.

    Days are `2025-03-31`; moments are given by the clocks of the United Kingdom; whole numbers have no `.0`.

    Parameters
    ----------
    outline
        Whether bytes are an outline (WKB), to be written as hex.

    Raises
    ------
    NoCellError
        If it is an array, JSON, an interval, bytes or the like. It does not say what it is.
    """
    if value is None or isinstance(value, str):
        return value
    if outline and isinstance(value, bytes | memoryview | bytearray):
        return bytes(value).hex()
    for kind, write in _FORMS:
        if isinstance(value, kind):
            return write(value)
    raise NoCellError


def _moment(value: dt.datetime) -> str:
    if value.tzinfo is not None:
        value = value.astimezone(ZoneInfo(CLOCKS)).replace(tzinfo=None)
    return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="seconds")


def _float(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def _decimal(value: Decimal) -> str:
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST_NUMBER:
        return str(value)[:_LONGEST_NUMBER]
    return str(int(value)) if value == value.to_integral_value() else format(value, "f")


def _whole(value: int) -> str:
    # Python refuses to write numbers of thousands of digits; this one is no count either way.
    return str(value) if value.bit_length() < 4 * _LONGEST_NUMBER else "out of range"


# In order: a truth is an int to Python, and a moment a day.
_FORMS: tuple[tuple[type, Callable[..., str]], ...] = (
    (bool, lambda value: "true" if value else "false"),
    (int, _whole),
    (float, _float),
    (Decimal, _decimal),
    (dt.datetime, _moment),
    (dt.date, lambda value: value.isoformat()),
    (UUID, str),
)
