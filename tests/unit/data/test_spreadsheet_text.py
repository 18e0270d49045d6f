import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.spreadsheet_text import harmless_cell, harmless_table

RUN = ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "\n=1",
       "\uff1dcmd", "\uff0bcmd", "\uff0dcmd", "\uff20cmd",
       "  =1", "\u00a0=1", '"=1', '" =1', "\ufeff=1", "%0A=1", "|calc", "\u22121+1"]  # fmt: skip


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert harmless_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Castle", "-5", "+1,234.5", "7 or fewer", "St Anne's", "a=b", "'=1", "A-B", "1 - 5", "\u00c9vington"]
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless_cell(text) == text


@given(st.text())
def test_doing_it_twice_changes_nothing_more(text: str) -> None:
    assert harmless_cell(harmless_cell(text)) == harmless_cell(text)


@given(st.text(max_size=20))
def test_no_cell_of_text_starts_as_a_formula_does(text: str) -> None:
    assert not harmless_cell(text).lstrip(' \u00a0"').startswith(("=", "@", "\t", "\uff1d", "\uff20"))


def test_headings_and_every_column_of_text_are_made_harmless_and_numbers_stay() -> None:
    table = pd.DataFrame(
        {"=head": ["=1", "a"], "n": [-1.5, 2.0], "kind": pd.Categorical(["@x", "y"]), "none": [None, "+z+"]}
    )
    safe = harmless_table(table)
    assert list(safe.columns) == ["'=head", "n", "kind", "none"]
    assert safe["'=head"].tolist() == ["'=1", "a"]
    assert safe["n"].tolist() == [-1.5, 2.0]
    assert safe["kind"].tolist() == ["'@x", "y"]
    assert safe["none"].iloc[1] == "'+z+"
    assert table.columns[0] == "=head"


def test_a_spreadsheet_program_takes_none_of_them_for_a_formula() -> None:
    book = openpyxl.Workbook()
    for text in RUN:
        book.active.append([harmless_cell(text)])
    kept = io.BytesIO()
    book.save(kept)
    cells = [row[0] for row in openpyxl.load_workbook(kept).active.iter_rows()]
    assert all(cell.data_type == "s" for cell in cells)
