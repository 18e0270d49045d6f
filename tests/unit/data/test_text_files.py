from collections.abc import Sequence
from pathlib import Path

import pytest

from data.errors import RefusedInputError
from data.text_files import open_text


def grid(
    folder: Path, content: bytes, *, header_row: int = 1, wanted: Sequence[str] = ("code", "n")
) -> tuple[tuple[str, ...], list[list[str]]]:
    path = folder / "table.csv"
    path.write_bytes(content)
    opened = open_text(path, wanted=wanted, header_row=header_row)
    return opened.headings, [list(row) for row in opened.rows]


def test_headings_are_trimmed_and_rows_are_as_they_stand(tmp_path: Path) -> None:
    assert grid(tmp_path, b" code ,n\r\nA, 1\r\nB\r\nC,3,x\r\n") == (
        ("code", "n"),
        [["A", " 1"], ["B"], ["C", "3", "x"]],
    )


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_ending_is_read(tmp_path: Path, end: bytes) -> None:
    assert grid(tmp_path, end.join([b"code,n", b"A,1", b"B,2"]))[1] == [["A", "1"], ["B", "2"]]


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    assert grid(tmp_path, b'code,n\n"A, ""b""\nc",1\n')[1] == [['A, "b"\nc', "1"]]


def test_empty_lines_within_are_rows_and_at_the_end_are_not(tmp_path: Path) -> None:
    assert grid(tmp_path, b"code,n\nA,1\n\nB,2\n\n\n")[1] == [["A", "1"], [], ["B", "2"]]


def test_the_delimiter_is_the_one_that_finds_the_headings(tmp_path: Path) -> None:
    assert grid(tmp_path, b"code;n;a,b,c,d,e\nA;1;x\n")[0] == ("code", "n", "a,b,c,d,e")


def test_headings_may_stand_lower_down(tmp_path: Path) -> None:
    assert grid(tmp_path, b"Return,\n,\ncode,n\nA,1\n", header_row=3) == (("code", "n"), [["A", "1"]])


def test_a_blank_heading_takes_the_text_above_it(tmp_path: Path) -> None:
    assert grid(tmp_path, b"code,counts,\n,n,m\nA,1,2\n", header_row=2)[0] == ("code", "n", "m")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"code,n\nA\0,1\n", "bytes that no text has"),
        (b"PK\x03\x04rest", "an Excel workbook or a zip archive"),
        (b"\xd0\xcf\x11\xe0rest", "an old or password-protected Excel workbook"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"code,n\nA\x81,1\n", "neither UTF-8 nor Windows-1252"),
        (b'code,n\n"A,1\nB,2\n', "a quotation mark is not closed"),
        (b'code,n\n"A"b,1\n', "a quotation mark is not closed"),
    ],
)
def test_what_is_no_text_table_is_a_sentence(tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(RefusedInputError, match=what):
        grid(tmp_path, content)


@pytest.mark.parametrize("content", [b"code,n\nA,1\n", b"code,n\nA,1\n,,\n,,\n,,\n,,\n"])
def test_headings_that_are_not_in_their_row_are_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(RefusedInputError, match=r"no headings in row 5. Say in the settings"):
        grid(tmp_path, content, header_row=5)


def test_a_quotation_mark_that_the_next_one_closes_swallows_no_rows(tmp_path: Path) -> None:
    with pytest.raises(RefusedInputError, match=r"table\.csv, line 3: a quotation mark is not closed"):
        grid(tmp_path, b'code,n,m\nA,1,1\nB,"2,2\nC,3,3\nD,4",4\nE,5,5\n')


def test_a_note_over_several_lines_is_one_cell(tmp_path: Path) -> None:
    assert len(grid(tmp_path, b'code,n,m,o\nA,1,"seen,\nheard, told",2\n')[1]) == 1


def test_an_unclosed_quotation_mark_names_its_line_and_no_cell(tmp_path: Path) -> None:
    with pytest.raises(RefusedInputError) as refused:
        grid(tmp_path, b'code,n\nA,1\n"Zebedee,2\n')
    assert str(refused.value).startswith("table.csv, line 3: ")
    assert "Zebedee" not in str(refused.value)
