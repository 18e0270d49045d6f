"""What holds of every file: all rows are accounted for, numbers survive their spellings, people stay out unquoted."""

import datetime as dt
import string
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from data.dates import parse_dates
from data.errors import RefusedInputError
from data.numbers import parse_numbers
from data.person_values import kind_of_identifier, kind_of_value
from data.quarter_texts import parse_quarters
from data.quarters import quarter_label
from data.readers import read_incidents, read_referrals
from data.settings import Incidents, Referrals
from data.tables import Table

SECRET = "Zebedee Quux"
CODES = st.sampled_from(["E05010458", " e05010459 ", "E07000129", "Total", "", "Abbey"])
QUARTERS = st.sampled_from(["2025/26 Q2", "Q1 2025-26", "2025-08", "14/08/2025", "2025/27 Q1", "", "soon"])
COUNTS = st.sampled_from(["0", "3", "1,234", "-1", "2.5", "", "many", SECRET[:3]])
KINDS = st.sampled_from(["Islamist", "Incel ", "", "All"])
ROWS = st.lists(st.tuples(CODES, QUARTERS, KINDS, KINDS, COUNTS), max_size=12)
IN_REASON = st.dates(dt.date(1990, 1, 1), dt.date(2026, 1, 1))

# The machine that runs this may be busy; what is checked is not speed.
unhurried = settings(deadline=None)
one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)


def write(folder: Path, headings: str, rows: list[tuple[str, ...]]) -> Path:
    path = folder / "table.csv"
    lines = [headings, *(",".join(f'"{cell}"' for cell in row) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def or_refusal(read: Callable[[], Table[pd.DataFrame]]) -> Table[pd.DataFrame] | str:
    """Read, or give the sentence with which the file was refused."""
    try:
        return read()
    except RefusedInputError as refused:
        return str(refused)


@one_folder
@given(rows=ROWS)
def test_every_row_of_referrals_is_accounted_for_or_the_file_is_refused(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    path = write(tmp_path, "ward_code,quarter,category,sector,count", rows)
    table = or_refusal(lambda: read_referrals(path, Referrals()))
    if isinstance(table, str):
        assert table.startswith("table.csv")
        return
    assert sum(table.report.rows.values()) == table.report.rows_read == len(rows)
    assert table.report.used == len(table.rows)
    assert (table.rows["count"] >= 0).all()
    assert table.rows["source_row"].is_monotonic_increasing


@one_folder
@given(rows=ROWS)
def test_every_row_of_incidents_is_accounted_for_or_the_file_is_refused(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    path = write(tmp_path, "ward,when,strand,id,n", rows)
    mapped = Incidents(ward_code="ward", date="when", category="strand", id="id", count="n")
    table = or_refusal(lambda: read_incidents(path, mapped))
    if isinstance(table, str):
        assert table.startswith("table.csv")
        return
    assert sum(table.report.rows.values()) == table.report.rows_read == len(rows)
    assert table.report.used == len(table.rows)


@one_folder
@given(
    column=st.sampled_from(["ward_code", "quarter", "category", "sector", "count"]),
    text=st.text(alphabet=string.ascii_letters + string.digits + " @./+-'", max_size=30),
)
def test_no_message_repeats_a_cell(tmp_path: Path, column: str, text: str) -> None:
    secret = f"{text.strip()} zxq"
    row = {"ward_code": "E05010458", "quarter": "2025/26 Q2", "category": "Incel", "sector": "health", "count": "1"} | {
        column: secret
    }
    path = write(tmp_path, ",".join(row), [tuple(row.values()), ("E05010459", "2025/26 Q2", "Incel", "health", "1")])
    table = or_refusal(lambda: read_referrals(path, Referrals()))
    said = (
        [table] if isinstance(table, str) else [*table.report.notes, *(one.sentence() for one in table.report.findings)]
    )
    assert not any("zxq" in sentence for sentence in said)


@unhurried
@given(number=st.integers(0, 10**9))
def test_a_count_survives_its_spellings(number: int) -> None:
    spellings = [
        str(number),
        f"{number:,}",
        f"{number:,}".replace(",", " "),
        f"{number}.0",
        f"{number:e}" if number < 10 else str(number),
    ]
    assert set(parse_numbers(pd.Series(spellings, dtype="str"))) == {float(number)}


@unhurried
@given(day=IN_REASON)
def test_a_date_survives_its_spellings(day: dt.date) -> None:
    spellings = [
        day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d-%b-%Y}", f"{day:%d %B %Y}", f"{day:%Y%m%d}", f"{day}T23:59:59Z",
        f"{day:%d/%m/%Y} 00:00",
    ]  # fmt: skip
    assert set(parse_dates(pd.Series(spellings, dtype="str")).dates) == {pd.Timestamp(day)}


@unhurried
@given(days=st.lists(IN_REASON, min_size=1), telling=IN_REASON.filter(lambda day: day.day > 12))
def test_dates_survive_month_first_if_one_tells(days: list[dt.date], telling: dt.date) -> None:
    spellings = [f"{day:%m/%d/%Y}" for day in (*days, telling)]
    read = parse_dates(pd.Series(spellings, dtype="str"))
    assert read.dates.tolist() == [pd.Timestamp(day) for day in (*days, telling)]
    assert read.read_month_first


@unhurried
@given(day=IN_REASON)
def test_a_quarter_survives_its_spellings(day: dt.date) -> None:
    label = quarter_label(pd.Period(day, freq="Q-MAR"))
    years, number = label.split(" Q")
    spellings = [
        label,
        f"Q{number} {years}",
        years.replace("/", "-") + f" Quarter {number}",
        f"{day:%Y-%m}",
        day.isoformat(),
    ]
    assert set(parse_quarters(pd.Series(spellings, dtype="str")).labels) == {label}


@unhurried
@given(text=st.text(max_size=40))
def test_no_text_breaks_the_readers_of_cells(text: str) -> None:
    cells = pd.Series([text], dtype="str")
    assert len(parse_dates(cells).dates) == len(parse_numbers(cells)) == len(parse_quarters(cells).labels) == 1
    assert isinstance(kind_of_value(text), str | None)


@unhurried
@given(digits=st.lists(st.integers(0, 9), min_size=9, max_size=9), gap=st.sampled_from(["", " ", "-"]))
def test_an_nhs_number_is_known_by_its_check_digit_and_only_by_it(digits: list[int], gap: str) -> None:
    check = (11 - sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11) % 11
    assume(check < 10 and len({*digits, check}) > 1)
    # Ten digits that begin with 0 are a telephone number first.
    assume(digits[0] != 0)

    def written(last: int) -> str:
        text = "".join(map(str, [*digits, last]))
        return f"ref {text[:3]}{gap}{text[3:6]}{gap}{text[6:]}."

    assert kind_of_identifier(written(check)) == "an NHS number"
    assert kind_of_identifier(written((check + 1) % 10)) is None


@unhurried
@given(
    area=st.sampled_from(["LE", "B", "M", "SW", "EC"]),
    district=st.integers(1, 99),
    sector=st.integers(0, 9),
    unit=st.sampled_from(["AA", "WW", "BX"]),
)
@pytest.mark.parametrize("form", ["{0}{1} {2}{3}", "{0}{1}{2}{3}"])
def test_a_postcode_is_known_within_any_text(form: str, area: str, district: int, sector: int, unit: str) -> None:
    postcode = form.format(area, district, sector, unit)
    assert kind_of_identifier(f"near {postcode.lower()}, north") == "a postcode"
