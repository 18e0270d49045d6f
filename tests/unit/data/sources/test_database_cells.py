"""Values of a database become the texts that a file would hold."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest

from data.sources.database_cells import NoCellError, cell_text

UTC = dt.UTC


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", ""),
        ('Öst, "7"\n', 'Öst, "7"\n'),
        (True, "true"),
        (7, "7"),
        (-(10**40), "out of range"),
        (7.0, "7"),
        (0.1, "0.1"),
        (float("nan"), "nan"),
        (Decimal("5.00"), "5"),
        (Decimal("450000.25"), "450000.25"),
        (Decimal("1E+2"), "100"),
        (Decimal("1E+100000"), "1E+100000"),
        (Decimal("NaN"), "NaN"),
        (dt.date(2025, 3, 31), "2025-03-31"),
        (dt.datetime(2025, 3, 31, 0, 0), "2025-03-31"),  # noqa: DTZ001  # a timestamp without zone
        (dt.datetime(2025, 3, 31, 8, 5), "2025-03-31 08:05:00"),  # noqa: DTZ001
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    ],
)
def test_a_value_is_written_as_files_hold_it(value, text):
    assert cell_text(value) == text


def test_a_moment_is_of_the_day_that_it_was_in_britain():
    assert cell_text(dt.datetime(2025, 3, 31, 23, 30, tzinfo=UTC)) == "2025-04-01 00:30:00"
    assert cell_text(dt.datetime(2025, 1, 31, 23, 30, tzinfo=UTC)) == "2025-01-31 23:30:00"
    assert cell_text(dt.datetime(2025, 3, 31, 23, 0, tzinfo=UTC)) == "2025-04-01"


@pytest.mark.parametrize("value", [b"\x00", memoryview(b"x"), [1, 2], {"a": 1}, (1, "x"), dt.timedelta(1), object()])
def test_what_no_table_holds_is_refused(value):
    with pytest.raises(NoCellError, match=r"^$"):
        cell_text(value)


def test_bytes_of_an_outline_are_written_as_hex():
    assert cell_text(memoryview(b"\x01\xff"), outline=True) == "01ff"
