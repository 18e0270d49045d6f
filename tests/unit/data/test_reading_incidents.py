import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.errors import RefusedInputError
from data.input_files import Paths
from data.readers import read_incidents
from data.settings import Incidents
from data.tables import Table
from tests.unit.data.reading_samples import CODE_A, CODE_B, write_csv

HEADINGS = ("ref", "when", "x", "y", "strand", "officer notes")
TOWER = (-1.1331, 52.6364)
# Caister water tower, the worked example of Ordnance Survey's "A guide to coordinate systems in Great Britain".
CAISTER, CAISTER_METRES = (1.716073973, 52.658007833), (651_409.8, 313_177.4)


def read(paths: Paths, **settings: object) -> Table[pd.DataFrame]:
    return read_incidents(paths, Incidents.model_validate(settings))


def by_degrees(paths: Paths, **settings: object) -> Table[pd.DataFrame]:
    return read(paths, **{"date": "when", "longitude": "x", "latitude": "y", "category": "strand"} | settings)


def incident(
    date: str = "2025-07-14", x: object = TOWER[0], y: object = TOWER[1], *, ref: str = "", strand: str = "race"
) -> tuple[object, ...]:
    return ref, date, x, y, strand, "seen by Zebedee Quux"


def whats(table: Table[pd.DataFrame]) -> list[tuple[int | None, str]]:
    return [(finding.row, finding.what) for finding in table.report.findings]


def test_points_in_degrees_become_metres_on_the_national_grid(tmp_path: Path) -> None:
    table = by_degrees(write_csv(tmp_path, [incident(x=CAISTER[0], y=CAISTER[1])], headings=HEADINGS))
    assert list(table.rows) == [
        "date", "quarter", "category", "count", "ward_code", "ward_name", "district", "easting", "northing",
        "source_row", "source_file",
    ]  # fmt: skip
    row = table.rows.iloc[0]
    assert (row["easting"], row["northing"]) == pytest.approx(CAISTER_METRES, abs=5)
    assert row["date"] == pd.Timestamp(2025, 7, 14)
    assert (row["quarter"], row["category"], row["count"]) == ("2025/26 Q2", "race", 1)
    assert table.rows["ward_code"].isna().all()


def test_points_in_metres_stay_as_they_are(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [incident(x='"458,700"', y=304500.5)], headings=HEADINGS)
    table = read(path, date="when", easting="x", northing="y")
    assert table.rows[["easting", "northing"]].iloc[0].tolist() == [458700, 304500.5]
    assert table.rows["category"].isna().all()


def test_only_mapped_columns_are_read_and_the_others_are_listed(tmp_path: Path) -> None:
    table = by_degrees(write_csv(tmp_path, [incident(ref="A1")], headings=HEADINGS))
    assert table.report.columns_not_read == ("ref", "officer notes")
    assert "Zebedee" not in table.rows.to_csv()


def test_identifiers_count_once_and_are_not_handed_on(tmp_path: Path) -> None:
    rows = [incident(ref="A1"), incident(ref="A1 "), incident(), incident(), incident(ref="B2")]
    table = by_degrees(write_csv(tmp_path, rows, headings=HEADINGS), id="ref")
    assert table.report.rows == {"used": 4, "repeated": 1}
    assert whats(table) == [(3, "the row repeats row 2 and was not counted again")]
    assert "A1" not in table.rows.to_csv()


def test_a_repeat_of_a_row_that_was_not_kept_is_counted(tmp_path: Path) -> None:
    rows = [incident(ref="A1", strand="other"), incident(ref="A1")]
    table = by_degrees(write_csv(tmp_path, rows, headings=HEADINGS), id="ref", keep=["Race"])
    assert table.report.rows == {"used": 1, "not a kept category": 1}


def test_identical_rows_without_identifiers_are_all_counted(tmp_path: Path) -> None:
    table = by_degrees(write_csv(tmp_path, [incident()] * 3, headings=HEADINGS))
    assert table.report.rows == {"used": 3}


def test_categories_to_keep_are_found_whatever_their_capitals_and_a_lost_one_is_said(tmp_path: Path) -> None:
    rows = [incident(strand="Race "), incident(strand="religion"), incident(strand="")]
    table = by_degrees(write_csv(tmp_path, rows, headings=HEADINGS), keep=["race", "Relgion"])
    assert table.report.rows == {"used": 1, "not a kept category": 2}
    assert whats(table) == [(None, "no row has the category 'Relgion' that [incidents] keep names")]


def test_dates_in_mixed_formats_are_read_each_for_itself(tmp_path: Path) -> None:
    dates = ["2025-07-14", "2025-07", "14/07/2025", "03/04/2025", "14-Jul-2025", "2025-07-14T23:10:00", "45852"]
    table = by_degrees(write_csv(tmp_path, [incident(date) for date in dates], headings=HEADINGS))
    assert table.rows["date"].dt.strftime("%m-%d").tolist() == [
        "07-14",
        "07-01",
        "07-14",
        "04-03",
        "07-14",
        "07-14",
        "07-14",
    ]
    assert (
        "In the column 'when' 1 date could be read month first as well; they were read day first, as 1 other must be."
        in table.report.notes
    )
    assert any("Some dates are months" in note for note in table.report.notes)


def test_impossible_and_missing_dates_are_set_aside(tmp_path: Path) -> None:
    dates = ["2025-07-14", "", "31/02/2025", "2025-13", "2199-01-01", "1899-12-31", "soon"]
    table = by_degrees(write_csv(tmp_path, [incident(date) for date in dates], headings=HEADINGS))
    assert table.report.rows == {"used": 1, "no date": 6}
    assert not any("31/02" in finding.sentence() or "soon" in finding.sentence() for finding in table.report.findings)


@pytest.mark.parametrize(
    ("x", "y", "what"),
    [
        (TOWER[1], TOWER[0], "longitude and latitude have changed places"),
        (0, 0, "the coordinates are no place in Great Britain"),
        (2.35, 48.85, "the coordinates are no place in Great Britain"),
        (TOWER[0], "", "the coordinates are no place in Great Britain"),
        (458_700, 304_500, "the coordinates are no place in Great Britain"),
        ('"-1,1331"', '"52,6364"', "the coordinates are no place in Great Britain"),
    ],
)
def test_impossible_points_stay_as_rows_without_a_point(tmp_path: Path, x: object, y: object, what: str) -> None:
    table = by_degrees(write_csv(tmp_path, [incident(), incident(x=x, y=y)], headings=HEADINGS))
    assert table.report.rows == {"used": 2}
    assert table.rows["easting"].notna().tolist() == [True, False]
    assert table.rows["northing"].notna().tolist() == [True, False]
    assert whats(table) == [(3, what)]
    assert "Rows with impossible coordinates: 1." in table.report.notes


@pytest.mark.parametrize(("x", "y"), [(0, 0), (-1.13, 52.6), (1.3, 52.6), (458_700, 2_000_000), (-5, 304_500)])
def test_metres_off_the_grid_are_no_point(tmp_path: Path, x: float, y: float) -> None:
    path = write_csv(tmp_path, [incident(x=458_700, y=304_500), incident(x=x, y=y)], headings=HEADINGS)
    assert read(path, date="when", easting="x", northing="y").rows["easting"].notna().tolist() == [True, False]


def test_missing_points_are_counted_without_a_fault(tmp_path: Path) -> None:
    table = by_degrees(write_csv(tmp_path, [incident(), incident(x="", y="")], headings=HEADINGS))
    assert table.report.findings == ()
    assert table.report.notes == ("Rows with no coordinates: 1.",)


def test_columns_of_coordinates_that_are_all_impossible_are_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [incident(x=TOWER[1], y=TOWER[0])] * 25, headings=HEADINGS)
    with pytest.raises(RefusedInputError, match="not one of the points is a place in Great Britain") as refused:
        by_degrees(path)
    assert "52.6" not in str(refused.value)


def test_ward_counts_are_read_with_their_quarter(tmp_path: Path) -> None:
    rows = [("e05010458 ", "2025/26 Q1", "race", 4), (CODE_B, "2025/26 Q1", "race", '"1,004"'), ("Total", "", "", 1008)]
    path = write_csv(tmp_path, rows, headings=("ward", "quarter", "strand", "n"))
    table = read(path, quarter="quarter", ward_code="ward", category="strand", count="n")
    assert table.report.rows == {"used": 2, "totals row": 1}
    assert table.report.findings == ()
    assert table.rows["count"].tolist() == [4, 1004]
    assert table.rows["ward_code"].tolist() == [CODE_A, CODE_B]
    assert table.rows["date"].isna().all()
    assert table.rows["date"].dtype == "datetime64[us]"


def test_repeated_ward_counts_are_judged_only_where_the_whole_file_is_known(tmp_path: Path) -> None:
    headings = ("ward", "quarter", "n", "offence")
    rows = [(CODE_A, "2025/26 Q1", 4, "a"), (CODE_A, "2025/26 Q1", 4, "b")]
    mapped = {"quarter": "quarter", "ward_code": "ward", "count": "n"}
    assert read(write_csv(tmp_path, rows, headings=headings), **mapped).rows["count"].sum() == 8
    path = write_csv(tmp_path, [row[:3] for row in rows], headings=headings[:3])
    assert read(path, **mapped).report.rows == {"used": 1, "repeated": 1}
    path = write_csv(tmp_path, [rows[0][:3], (CODE_A, "2025/26 Q1", 5)], headings=headings[:3])
    with pytest.raises(RefusedInputError, match=r"rows 2 and 3: the same ward, time and category"):
        read(path, **mapped)


def test_a_date_that_is_not_in_its_quarter_is_said_and_a_quarter_stands_in_for_a_date(tmp_path: Path) -> None:
    rows = [
        ("2025-07-14", "2025/26 Q2", CODE_A),
        ("2025-07-14", "2025/26 Q1", CODE_A),
        ("", "2025/26 Q1", CODE_A),
        ("", "", CODE_A),
    ]
    path = write_csv(tmp_path, rows, headings=("when", "quarter", "ward"))
    table = read(path, date="when", quarter="quarter", ward_code="ward")
    assert table.rows["quarter"].tolist() == ["2025/26 Q2", "2025/26 Q2", "2025/26 Q1"]
    assert table.report.rows == {"used": 3, "no quarter": 1}
    assert (3, "the date is not in the quarter; the date counts") in whats(table)


def test_a_folder_is_one_input_in_natural_order(tmp_path: Path) -> None:
    for month in (10, 9, 11):
        write_csv(tmp_path, [incident(f"2025-{month:02d}-01")], headings=HEADINGS, name=f"month {month}.csv")
    (tmp_path / "read me.pdf").write_bytes(b"%PDF")
    (tmp_path / "~$month 9.xlsx").write_bytes(b"lock")
    said: list[str] = []
    settings = Incidents.model_validate({"date": "when", "longitude": "x", "latitude": "y"})
    table = read_incidents(tmp_path, settings, progress=said.append)
    assert table.report.files == ("month 9.csv", "month 10.csv", "month 11.csv")
    assert table.rows["source_file"].tolist() == list(table.report.files)
    assert table.rows["source_row"].tolist() == [2, 2, 2]
    assert said[0] == "Reading incidents, file 1 of 3: month 9.csv"
    assert len(said) == 3


def test_findings_name_the_file_and_the_row(tmp_path: Path) -> None:
    write_csv(tmp_path, [incident()], headings=HEADINGS, name="1.csv")
    write_csv(tmp_path, [incident(), incident("never")], headings=HEADINGS, name="2.csv")
    finding = by_degrees(str(tmp_path / "*.csv")).report.findings[0]
    assert finding.sentence().startswith("2.csv, row 3, column when: the date cannot be read")


def test_files_may_order_their_columns_differently(tmp_path: Path) -> None:
    first = write_csv(tmp_path, [incident()], headings=HEADINGS, name="1.csv")
    second = write_csv(tmp_path, [incident()[::-1]], headings=HEADINGS[::-1], name="2.csv")
    table = by_degrees([first, second])
    assert np.ptp(table.rows["easting"]) == 0


def test_every_file_must_have_the_mapped_columns(tmp_path: Path) -> None:
    write_csv(tmp_path, [incident()], headings=HEADINGS, name="1.csv")
    write_csv(tmp_path, [incident()], headings=("ref", "date", *HEADINGS[2:]), name="2.csv")
    with pytest.raises(
        RefusedInputError, match=r"^2\.csv: there is no column 'when', which the settings name under \[incidents\] date"
    ):
        by_degrees(tmp_path)


def test_one_empty_month_among_others_is_no_fault(tmp_path: Path) -> None:
    write_csv(tmp_path, [incident()], headings=HEADINGS, name="1.csv")
    write_csv(tmp_path, [], headings=HEADINGS, name="2.csv")
    write_csv(tmp_path, [], headings=HEADINGS, name="3.csv")
    assert by_degrees(tmp_path).report.used == 1


def test_a_copy_of_a_file_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [incident()], headings=HEADINGS)
    shutil.copy(path, tmp_path / "table (1).csv")
    with pytest.raises(RefusedInputError, match="have the same content"):
        by_degrees(tmp_path)


@pytest.mark.parametrize("pattern", ["none*.csv", "nothing.csv"])
def test_no_file_is_a_sentence(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(RefusedInputError, match=r"no file fits this pattern|there is no such file"):
        by_degrees(tmp_path / pattern)


def test_a_folder_without_tables_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RefusedInputError, match="the folder holds no"):
        by_degrees(tmp_path)


def test_mapped_columns_that_hold_people_are_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [incident(strand="victim aged 15")], headings=HEADINGS)
    with pytest.raises(RefusedInputError, match=r"column 'strand': its values look like a date or an age") as refused:
        by_degrees(path)
    assert "15" not in str(refused.value)
    with pytest.raises(RefusedInputError, match=r"column 'officer notes': the heading announces free text"):
        by_degrees(path, category="officer notes")


def test_a_strand_may_be_called_after_a_characteristic(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [incident()], headings=(*HEADINGS[:4], "Religion or ethnicity", "z"))
    assert by_degrees(path, category="Religion or ethnicity").report.used == 1


def test_invented_incidents_are_marked_though_unmapped(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [(*incident(), "invented")], headings=(*HEADINGS, "provenance"))
    table = by_degrees(path)
    assert table.invented
    assert "provenance" not in table.report.columns_not_read


def test_dates_ahead_of_today_are_said(tmp_path: Path) -> None:
    ahead = (pd.Timestamp.now() + pd.Timedelta(days=40)).strftime("%Y-%m-%d")
    table = by_degrees(write_csv(tmp_path, [incident(), incident(ahead)], headings=HEADINGS))
    assert table.report.rows == {"used": 2}
    assert whats(table) == [(3, "the date lies ahead of today")]
