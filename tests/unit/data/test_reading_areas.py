"""Lookups to larger areas, told by their headings."""

import pytest

from data.errors import RefusedInputError
from data.reading_areas import read_area_lookup
from tests.national_wards import LOOKUP


def test_the_columns_are_told_from_the_headings_and_the_codes_cleaned(tmp_path):
    (tmp_path / "l.csv").write_text(LOOKUP.replace("E06000014", " e06000014 "), encoding="utf-8")
    lookup = read_area_lookup(tmp_path / "l.csv")
    assert lookup.year == 2024
    assert lookup.has("police force")
    assert lookup.has("csp")
    assert not lookup.has("county")
    assert lookup.rows.loc[1, ["district_code", "district_name"]].tolist() == ["E06000014", "York"]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "lad24cd,lad24nm\nE06000014,York\n", "pfa24cd,pfa24nm\nE23000009,X\n"])
def test_a_table_that_says_of_nothing_what_it_lies_in_is_refused_with_its_headings(tmp_path, text):
    (tmp_path / "l.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RefusedInputError, match=r"l\.csv: it cannot be told what lies in what\. The headings are '"):
        read_area_lookup(tmp_path / "l.csv")
