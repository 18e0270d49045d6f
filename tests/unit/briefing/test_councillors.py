"""The table of councillors: names by ward, what is refused with its place, and nothing lost without a word."""

from pathlib import Path

import pytest

from briefing.councillors import Councillors, councillors_of, read_councillors
from data.errors import RefusedInputError
from data.limits_settings import Limits
from data.settings import load_settings
from tests.area_files import SETTINGS

A, B, C = "E05010458", "E05010459", "E05010460"


def write(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "councillors.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def read(folder: Path, *lines: str, encoding: str = "utf-8") -> Councillors:
    return read_councillors(write(folder, *lines, encoding=encoding))


def refusal(folder: Path, *lines: str) -> str:
    with pytest.raises(RefusedInputError) as raised:
        read(folder, *lines)
    return str(raised.value)


def test_names_are_given_by_ward_in_the_order_of_the_file(tmp_path):
    found = read(tmp_path, "ward_code,councillor", f"{B},Zoë Ó Briain", f"{A},A. Smith", f"{B},Bo Li")
    assert found.of(B) == ("Zoë Ó Briain", "Bo Li")
    assert found.of(A) == ("A. Smith",)
    assert found.of(C) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_files_as_spreadsheets_write_them_are_read(tmp_path, encoding):
    found = read(tmp_path, "Councillor;Ward_Code;party", " Zoë  Smith ; e05010458 ;Blue", ";;", encoding=encoding)
    assert found.by_ward == {A: ("Zoë Smith",)}


def test_party_and_address_are_not_kept(tmp_path):
    found = read(tmp_path, "ward_code,councillor,party,email", f"{A},A. Smith,Purple,a.smith@example.org")
    assert "Purple" not in repr(found)
    assert "example.org" not in repr(found)


def test_a_ward_whose_seat_is_empty_has_no_name_and_is_there(tmp_path):
    found = read(tmp_path, "ward_code,councillor", f"{A},")
    assert found.of(A) == ()
    assert found.mismatches([A]) == ()


def test_wards_that_there_are_not_are_named_and_those_that_are_missing_counted(tmp_path):
    found = read(tmp_path, "ward_code,councillor", f"{A},A. Smith", f"{C},C. Smith", f"{C},D. Smith")
    strange, without = found.mismatches([A, B])
    assert "councillors.csv, row 3: there is no ward E05010460" in strange
    assert "1 ward is not in it" in without


def test_a_row_that_repeats_another_is_said_and_taken_once(tmp_path):
    found = read(tmp_path, "ward_code,councillor", f"{A},A. Smith", f"{A},A. Smith")
    assert found.of(A) == ("A. Smith",)
    assert found.notes == ("councillors.csv, row 3: the row repeats an earlier one and was not taken again.",)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",Jane Secret", "row 3, column ward_code: the ward code is blank"),
        ("Castle,Jane Secret", "row 3, column ward_code: this is no ward code"),
        ("E07000130,Jane Secret", "row 3, column ward_code: this is no ward code"),
        (f"{B},Secret, Jane", "row 3, column councillor: the row has more cells"),
        (f"{B},{'Secret ' * 20}", "row 3, column councillor: the name has more than 80 characters"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place_and_without_the_name(tmp_path, row, said):
    sentence = refusal(tmp_path, "ward_code,councillor", f"{A},A. Smith", row, row)
    assert sentence.startswith(f"councillors.csv, {said}")
    assert "1 more row" in sentence
    assert "Secret" not in sentence


@pytest.mark.parametrize("heading", ["ward_code,name", "code,councillor", "E05010458,Jane Secret"])
def test_a_table_without_its_columns_is_refused_without_repeating_it(tmp_path, heading):
    sentence = refusal(tmp_path, heading, f"{A},A. Smith")
    assert "'ward_code' and 'councillor'" in sentence
    assert "Secret" not in sentence


def test_a_table_without_rows_is_refused(tmp_path):
    assert "no councillor in it" in refusal(tmp_path, "ward_code,councillor", ",")


def test_what_steers_the_reader_goes_out_of_a_name_and_what_is_endless_is_refused(tmp_path):
    found = read(tmp_path, "ward_code,councillor", f"{A},Jane\u202e\u200b Smith\x07")
    assert found.of(A) == ("Jane Smith",)
    path = write(tmp_path, "ward_code,councillor", f"{A},{'x' * 300}")
    with pytest.raises(RefusedInputError, match="more characters than are read"):
        read_councillors(path, limits=Limits(cell_characters=200))


def test_no_such_file_is_refused(tmp_path):
    with pytest.raises(RefusedInputError, match="no such file"):
        read_councillors(tmp_path / "none.csv")


def test_the_table_is_found_from_the_place_of_the_settings(tmp_path):
    write(tmp_path, "ward_code,councillor", f"{A},A. Smith")
    path = tmp_path / "settings.toml"
    path.write_text(f'{SETTINGS}[briefing]\ncouncillors = "councillors.csv"\n', encoding="utf-8")
    found = councillors_of(load_settings(path))
    assert found is not None
    assert found.of(A) == ("A. Smith",)
    path.write_text(SETTINGS, encoding="utf-8")
    assert councillors_of(load_settings(path)) is None
