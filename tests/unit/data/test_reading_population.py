from pathlib import Path

import pandas as pd
import pytest

from data.errors import RefusedInputError
from data.readers import read_population
from data.settings import Population
from data.tables import Table
from tests.unit.data.reading_samples import CODE_A, CODE_B, CODE_C, write_csv, write_xlsx

HEADINGS = ("ward_code", "residents")


def read(path: Path, **settings: object) -> Table[pd.DataFrame]:
    return read_population(path, Population.model_validate(settings))


def whats(table: Table[pd.DataFrame]) -> list[tuple[int | None, str]]:
    return [(finding.row, finding.what) for finding in table.report.findings]


def test_gives_canonical_columns_with_workday_missing_where_it_is_not_mapped(tmp_path: Path) -> None:
    table = read(write_csv(tmp_path, [(f"{CODE_A.lower()} ", '"1,234"'), (CODE_B, "5184.0")], headings=HEADINGS))
    assert list(table.rows) == [
        "ward_code",
        "ward_name",
        "district",
        "residents",
        "workday",
        "source_row",
        "source_file",
    ]
    assert table.rows["ward_code"].tolist() == [CODE_A, CODE_B]
    assert table.rows["residents"].tolist() == [1234, 5184]
    assert table.rows["workday"].isna().all()
    assert table.rows["workday"].dtype == "float64"


def test_takes_names_districts_and_workday_population_and_lists_the_rest(tmp_path: Path) -> None:
    headings = ("code", "Ward", "LAD", "all", "workers", "households")
    path = write_csv(
        tmp_path, [(CODE_A, '"Barlestone, Nailstone and Osbaston"', "Hinckley", 10, 7, 4)], headings=headings
    )
    table = read(path, code="code", name="Ward", district="LAD", residents="all", workday="workers")
    assert table.rows.iloc[0, :5].tolist() == [CODE_A, "Barlestone, Nailstone and Osbaston", "Hinckley", 10, 7]
    assert table.report.columns_not_read == ("households",)


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("", "the number of residents is blank"),
        ("-", "the number of residents is not a number"),
        ("0", "the number of residents is zero or negative"),
        ("-12", "the number of residents is zero or negative"),
    ],
)
def test_a_number_that_is_none_is_missing_and_the_ward_stays(tmp_path: Path, cell: str, what: str) -> None:
    table = read(write_csv(tmp_path, [(CODE_A, 10), (CODE_B, cell)], headings=HEADINGS))
    assert table.report.rows == {"used": 2}
    assert table.rows["residents"].isna().tolist() == [False, True]
    assert whats(table) == [(3, what)]


def test_totals_and_notes_are_set_aside(tmp_path: Path) -> None:
    rows = [(CODE_A, 10), (CODE_B, 20), ("Total", 31), ("", 30), ("Source: ONS", "")]
    table = read(write_csv(tmp_path, rows, headings=HEADINGS))
    assert table.report.rows == {"used": 2, "totals row": 2, "note row": 1}
    assert (4, "the total differs from the sum of the rows") in whats(table)


def test_an_identical_row_counts_once_and_a_different_one_is_refused(tmp_path: Path) -> None:
    table = read(write_csv(tmp_path, [(CODE_A, 10), (CODE_B, ""), (CODE_A, "10.0"), (CODE_B, "")], headings=HEADINGS))
    assert table.report.rows == {"used": 2, "repeated": 2}
    with pytest.raises(RefusedInputError, match=r"table\.csv, rows 2 and 4: the same ward with different numbers"):
        read(write_csv(tmp_path, [(CODE_A, 10), (CODE_C, 1), (CODE_A, 11)], headings=HEADINGS))


def test_reads_a_workbook_by_sheet(tmp_path: Path) -> None:
    sheets = {
        "Notes": [["mid-2022"]],
        "Mid-2022 Persons": [["Mid-2022"], [], ["ward_code", "residents"], [CODE_A, 1234]],
    }
    table = read(write_xlsx(tmp_path, sheets), sheet="mid-2022 persons", header_row=3)
    assert table.rows["residents"].tolist() == [1234]
    assert table.rows["source_row"].tolist() == [4]


def test_an_invented_population_says_so(tmp_path: Path) -> None:
    path = write_csv(tmp_path, [(CODE_A, 10, "invented")], headings=(*HEADINGS, "provenance"))
    assert read(path).invented
