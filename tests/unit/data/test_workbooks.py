import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from data.errors import RefusedInputError
from data.raw_tables import open_table
from data.settings import Population
from data.workbooks import open_workbook
from tests.unit.data.reading_samples import write_xlsx


def rows(path: Path, *, sheet: str | None = None, header_row: int = 1) -> list[list[str]]:
    return [list(row) for row in open_workbook(path, sheet=sheet, header_row=header_row).rows]


def test_cells_become_text_as_a_person_would_write_them(tmp_path: Path) -> None:
    cells = [
        dt.date(2025, 7, 14),
        dt.datetime.fromisoformat("2025-07-14T22:05"),
        3.0,
        2.5,
        12,
        "text ",
        None,
        True,
        -1.13312345678,
    ]
    path = write_xlsx(tmp_path, {"Data": [[f"h{n}" for n in range(len(cells))], cells]})
    assert rows(path) == [
        ["2025-07-14", "2025-07-14 22:05:00", "3", "2.5", "12", "text ", "", "True", "-1.13312345678"]
    ]


def test_every_row_under_the_headings_is_there(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, {"Data": [["title"], ["h"], ["a"], [], ["b"], ["c"]]})
    assert [row[:1] for row in rows(path, header_row=2)] == [["a"], [], ["b"], ["c"]]


def test_formatted_but_empty_rows_at_the_end_are_no_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["h"])
    sheet.append(["a"])
    sheet.cell(row=500, column=1).number_format = "0.00"
    book.save(tmp_path / "table.xlsx")
    assert rows(tmp_path / "table.xlsx") == [["a"]]


def test_calculated_values_are_taken_where_there_are_some(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, {"Data": [["h", "k"], ["a", "=1+1"]]})
    assert rows(path) == [["a", ""]]


def test_merged_headings_are_found_in_their_first_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Return", None, None], ["Code", "Counts", None], [None, "2023", "2024"], ["A", 1, 2]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:C2")
    book.save(tmp_path / "table.xlsx")
    grid = open_workbook(tmp_path / "table.xlsx", sheet=None, header_row=3)
    assert grid.headings == ("Code", "2023", "2024")
    assert grid.first_row == 4


def test_line_breaks_in_headings_are_blanks(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, {"Data": [["Ward\ncode"], ["A"]]})
    assert open_workbook(path, sheet=None, header_row=1).headings == ("Ward code",)


def test_the_sheet_must_be_named_where_there_are_several(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, {"One": [["h"], ["a"]], "Two ": [["h"], ["b"]]})
    with pytest.raises(RefusedInputError, match=r"the workbook has 2 sheets \('One', 'Two '\)"):
        rows(path)
    assert rows(path, sheet="two") == [["b"]]
    with pytest.raises(RefusedInputError, match="no sheet 'Three'; it has 'One', 'Two '"):
        rows(path, sheet="Three")


def test_an_empty_sheet_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RefusedInputError, match="no headings in row 1 of the sheet"):
        rows(write_xlsx(tmp_path, {"Data": []}))


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 protected"])
def test_what_is_no_workbook_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "table.xlsx").write_bytes(content)
    with pytest.raises(RefusedInputError, match="not an Excel workbook that can be opened"):
        rows(tmp_path / "table.xlsx")


@pytest.mark.parametrize("name", ["table.xls", "table.ods", "table.xlsb", "table.json", "table"])
def test_other_kinds_of_file_are_told_the_cure(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"anything")
    with pytest.raises(
        RefusedInputError, match=r"cannot be read here. Save it as CSV \(UTF-8\) or as an Excel workbook"
    ):
        open_table(tmp_path / name, Population(), wanted=[])


def test_a_folder_or_nothing_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "table.csv").mkdir()
    with pytest.raises(RefusedInputError, match="this is a folder"):
        open_table(tmp_path / "table.csv", Population(), wanted=[])
    with pytest.raises(RefusedInputError, match="there is no such file"):
        open_table(tmp_path / "none.csv", Population(), wanted=[])
