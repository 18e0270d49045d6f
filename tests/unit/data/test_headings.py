import pytest

from data.errors import RefusedInputError
from data.grids import column_letter
from data.headings import find_columns, find_provenance, look_like_headings, name_heading


def test_columns_are_found_exactly_before_they_are_found_roughly() -> None:
    headings = ["count", "Count", "ward code"]
    assert find_columns(headings, {"count": "Count", "code": "Ward\u00a0Code "}, file="f", section="s") == {
        "count": 1,
        "code": 2,
    }


def test_a_heading_that_stands_twice_is_refused_by_its_letters() -> None:
    with pytest.raises(RefusedInputError, match="the heading 'n' stands over columns A and C"):
        find_columns(["n", "m", "n"], {"count": "n"}, file="f", section="s")


def test_every_missing_column_is_said() -> None:
    with pytest.raises(RefusedInputError) as refused:
        find_columns(["wards", "m"], {"code": "ward", "count": "n"}, file="f.csv", section="s")
    assert "no column 'ward', which the settings name under [s] code. Did you mean 'wards'?" in str(refused.value)
    assert "no column 'n', which the settings name under [s] count." in str(refused.value)


def test_an_optional_column_may_be_absent() -> None:
    assert find_columns(["m"], {"count": "n"}, file="f", section="s", optional=frozenset({"count"})) == {}


@pytest.mark.parametrize(
    "cell", ["12", "1,234.5", "E05010458", "14/07/2025", "2025-07-14", "someone@example.org", "Sarah Jones", "x" * 90]
)
def test_a_row_with_a_value_in_it_is_no_row_of_headings(cell: str) -> None:
    assert not look_like_headings(["ward", cell])
    assert name_heading(["ward", cell], 1) == "B"


@pytest.mark.parametrize("heading", ["WD23CD", "Ward name", "Referrals 2025/26", "Mid-2022", "n", "% of all", "Q1", ""])
def test_usual_headings_are_headings(heading: str) -> None:
    assert look_like_headings([heading])


def test_the_reserved_heading_is_found_whatever_its_capitals() -> None:
    assert find_provenance(["a", " Provenance".strip()]) == {"provenance": 1}
    assert find_provenance(["a"]) == {}


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [column_letter(position) for position in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
