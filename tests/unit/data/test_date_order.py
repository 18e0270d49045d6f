"""Columns of dates that could be day first or month first: how they are read, what is said, and what is refused."""

from pathlib import Path

import pandas as pd
import pytest

from data.errors import RefusedInputError
from data.readers import read_incidents, read_referrals
from data.settings import Incidents, Referrals
from data.tables import Table
from tests.unit.data.reading_samples import CODE_A, REFERRAL_HEADINGS, write_csv


def read(folder: Path, *files: list[str], column: str = "date") -> Table[pd.DataFrame]:
    """Read incidents of these dates, one list a file."""
    folder.mkdir(exist_ok=True)
    for number, dates in enumerate(files, start=1):
        rows = [(date, CODE_A, "race") for date in dates]
        write_csv(folder, rows, headings=(column, "ward_code", "strand"), name=f"{number}.csv")
    return read_incidents(
        folder, Incidents.model_validate({column: column, "ward_code": "ward_code", "category": "strand"})
    )


def test_a_month_first_file_is_read_month_first_and_said_to_be(tmp_path: Path) -> None:
    table = read(tmp_path, ["03/04/2025", "05/05/2025", *["07/25/2025"] * 3])
    assert table.report.rows == {"used": 5}
    assert table.rows["date"].dt.strftime("%m-%d").tolist() == ["03-04", "05-05", "07-25", "07-25", "07-25"]
    assert [finding.sentence() for finding in table.report.findings] == [
        "1.csv, column date: the dates were read month first: 3 dates can be read only so, none only day first, and 1 could "
        "be read either way. If that is wrong, write the column's dates as 2025-03-31 at the source and load it again."
    ]
    assert table.report.notes == ()


def test_a_file_that_does_not_tell_goes_with_the_others(tmp_path: Path) -> None:
    assert read(tmp_path, ["03/04/2025"], ["07/25/2025"]).rows["quarter"].tolist() == ["2024/25 Q4", "2025/26 Q2"]


def test_where_no_date_tells_that_is_said(tmp_path: Path) -> None:
    table = read(tmp_path, ["03/04/2025", "2025-07-25"])
    assert table.rows["quarter"].tolist() == ["2025/26 Q1", "2025/26 Q2"]
    assert table.report.notes == (
        "In the column 'date' 1 date could be read month first as well, and no other date shows which comes first; "
        "they were read day first.",
    )


@pytest.mark.parametrize(
    ("files", "what"),
    [
        (
            [["03/04/2025", "25/07/2025", "25/07/2025", "07/25/2025"]],
            "1.csv, column 'date': 1 date can be read only month first (the first in row 5), and 2 only day first",
        ),
        (
            [["25/07/2025"], ["03/04/2025", "07/25/2025", "07/26/2025"]],
            "2.csv, column 'date': 2 dates can be read only month first (the first in row 3), and 1 of the other files only",
        ),
        ([["25/07/2025", *["07/25/2025"] * 40]], "1.csv, column 'date': 40 dates can be read only month first"),
    ],
)
def test_both_kinds_in_one_column_are_refused(tmp_path: Path, files: list[list[str]], what: str) -> None:
    with pytest.raises(RefusedInputError) as refused:
        read(tmp_path, *files)
    assert str(refused.value).startswith(what)
    assert str(refused.value).endswith("Write all dates as 2025-03-31 at the source.")
    assert "07/25" not in str(refused.value)


def test_a_slip_among_many_is_set_aside_and_the_rest_is_day_first(tmp_path: Path) -> None:
    table = read(tmp_path, ["03/04/2025", "07/25/2025", *["25/07/2025"] * 30])
    assert table.report.rows == {"used": 31, "no date": 1}
    (finding,) = table.report.findings
    assert (finding.row, finding.what) == (3, "the date is possible only month first, and the column is day first")
    assert any("read day first, as 30 others must be." in note for note in table.report.notes)


def test_ends_of_quarters_written_month_first_are_quarters(tmp_path: Path) -> None:
    rows = [(CODE_A, quarter, "Islamist", "education", 2) for quarter in ("06/30/2025", "09/30/2025", "12/31/2025")]
    table = read_referrals(write_csv(tmp_path, rows, headings=REFERRAL_HEADINGS), Referrals())
    assert table.rows["quarter"].tolist() == ["2025/26 Q1", "2025/26 Q2", "2025/26 Q3"]
    assert "month first: 3 dates" in table.report.findings[0].what
    with_incidents = read(tmp_path / "incidents", ["06/30/2025", "03/01/2025"], column="quarter")
    assert with_incidents.rows["quarter"].tolist() == ["2025/26 Q1", "2024/25 Q4"]


def test_firsts_of_quarters_written_month_first_are_refused_with_what_to_write(tmp_path: Path) -> None:
    quarters = ("01/01/2025", "04/01/2025", "07/01/2025", "10/01/2025")
    rows = [(CODE_A, quarter, "Islamist", "education", 2) for quarter in quarters]
    with pytest.raises(RefusedInputError, match="month first, write them as 2025-04-01"):
        read_referrals(write_csv(tmp_path, rows, headings=REFERRAL_HEADINGS), Referrals())
