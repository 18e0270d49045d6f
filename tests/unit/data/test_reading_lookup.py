"""Lookups between vintages: plain ones, those of the ONS, and what is wrong with them."""

from pathlib import Path

import numpy as np
import pytest

from data.errors import RefusedInputError
from data.reading_lookup import read_lookup


def written(folder: Path, text: str) -> Path:
    path = folder / "lookup.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_shares_codes_and_names_are_read_and_repeated_rows_count_once(tmp_path: Path):
    text = "from_code,to_code,share,from_name,note\ne05 1,X1,0.25,Mill,a\ne05 1,X2,0.75,Mill,b\nE052,X2,,,\nE052,X2,,,again\n"
    rows = read_lookup(written(tmp_path, text)).rows
    assert rows[["from_code", "to_code"]].to_numpy().tolist() == [["E051", "X1"], ["E051", "X2"], ["E052", "X2"]]
    assert rows["share"].tolist()[:2] == [0.25, 0.75]
    assert np.isnan(rows["share"].iloc[2])
    assert rows["from_name"].tolist()[:2] == ["Mill", "Mill"]
    assert rows["to_name"].isna().all()


def test_the_columns_of_the_ons_lead_from_the_earlier_year_to_the_later(tmp_path: Path):
    rows = read_lookup(written(tmp_path, "WD23CD,WD23NM,WD98CD,WD98NM,LAD23CD\nB,Bee,A,Ay,L\n")).rows
    assert rows[["from_code", "from_name", "to_code", "to_name"]].to_numpy().tolist() == [["A", "Ay", "B", "Bee"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("old,new\nA,B\n", "it cannot be told from which wards to which it leads"),
        ("WD19CD,WD21CD,WD23CD\nA,B,C\n", "it cannot be told"),
        ("from_code,to_code\nA,\n", "row 2: there is no code"),
        ("from_code,to_code,share\nA,B,some\n", "row 2: the share is not a number from 0 to 1"),
        ("from_code,to_code,share\nA,B,1.5\nA,C,-0.5\n", "rows 2 and 3: the share is not"),
        ("from_code,to_code,share\nA,B,0.5\nA,C,0.4\n", "rows 2 and 3: the shares of the ward do not sum to 1"),
        ("from_code,to_code,share\nA,B,0.5\nA,C,\n", "other rows of the same ward have a share"),
        ("from_code,to_code,share\nA,B,0.5\nA,B,0.6\n", "row 3: the pair of wards stands twice"),
    ],
)
def test_what_is_no_lookup_is_refused_by_row_without_a_value(tmp_path: Path, text: str, said: str):
    with pytest.raises(RefusedInputError, match=said) as refused:
        read_lookup(written(tmp_path, text))
    assert "some" not in str(refused.value)
